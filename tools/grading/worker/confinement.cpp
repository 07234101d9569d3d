#include "grading/worker/confinement.hpp"

#include <fcntl.h>
#include <grp.h>
#include <linux/prctl.h>
#include <sched.h>
#include <seccomp.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <cerrno>
#include <initializer_list>
#include <stdexcept>

namespace gradbook {
namespace {

// What computing needs. Names, for not every processor has them all.
constexpr const char* kAllowed[] = {
    // memory
    "brk", "madvise", "membarrier", "mincore", "mmap", "mprotect", "mremap", "msync", "munmap",
    // files that are open, and looking at others
    "access", "chdir", "close", "close_range", "dup", "dup2", "dup3", "epoll_create",
    "epoll_create1", "epoll_ctl", "epoll_pwait", "epoll_wait", "eventfd2", "faccessat",
    "faccessat2", "fadvise64", "fstat", "fstatfs", "getcwd", "getdents64", "lseek", "lstat",
    "newfstatat", "pipe", "pipe2", "poll", "ppoll", "pread64", "preadv", "pselect6", "pwrite64",
    "pwritev", "read", "readlink", "readlinkat", "readv", "select", "stat", "statfs", "statx",
    "write", "writev",
    // itself, its threads and children
    "arch_prctl", "execve", "exit", "exit_group", "futex", "get_robust_list", "getcpu", "getegid",
    "geteuid", "getgid", "getgroups", "getpgid", "getpgrp", "getpid", "getppid", "getresgid",
    "getresuid", "getrlimit", "getrusage", "getsid", "gettid", "getuid", "restart_syscall", "rseq",
    "sched_get_priority_max", "sched_get_priority_min", "sched_getaffinity", "sched_getparam",
    "sched_getscheduler", "sched_yield", "set_robust_list", "set_tid_address", "setrlimit", "umask",
    "wait4", "waitid",
    // its own signals and timers
    "alarm", "getitimer", "pause", "rt_sigaction", "rt_sigpending", "rt_sigprocmask",
    "rt_sigreturn", "rt_sigsuspend", "rt_sigtimedwait", "setitimer", "sigaltstack",
    // time, chance, the machine
    "clock_getres", "clock_gettime", "clock_nanosleep", "getrandom", "gettimeofday", "nanosleep",
    "sysinfo", "time", "times", "uname"};

// Those that may do more than that, by their arguments
constexpr int kHarmlessFcntl[] = {F_DUPFD, F_DUPFD_CLOEXEC, F_GETFD, F_SETFD, F_GETFL, F_SETFL};
constexpr unsigned long kHarmlessIoctl[] = {TCGETS, TIOCGWINSZ, FIONREAD};
constexpr int kHarmlessPrctl[] = {PR_SET_NAME, PR_GET_NAME, PR_SET_VMA, PR_GET_DUMPABLE};
constexpr unsigned kWriting = O_ACCMODE | O_CREAT | O_TRUNC | (__O_TMPFILE & ~O_DIRECTORY);
constexpr unsigned kNewNamespace = CLONE_NEWNS | CLONE_NEWCGROUP | CLONE_NEWUTS | CLONE_NEWIPC |
                                   CLONE_NEWUSER | CLONE_NEWPID | CLONE_NEWNET;

void add(scmp_filter_ctx filter, std::uint32_t action, const char* name,
         std::initializer_list<scmp_arg_cmp> where = {}) {
  const int number = seccomp_syscall_resolve_name(name);
  if (number < 0) return;  // this processor has none
  const int error = seccomp_rule_add_array(filter, action, number,
                                           static_cast<unsigned>(where.size()), where.begin());
  if (error != 0) throw std::runtime_error(std::string("seccomp does not take ") + name);
}

void allow(scmp_filter_ctx filter, const char* name,
           std::initializer_list<scmp_arg_cmp> where = {}) {
  add(filter, SCMP_ACT_ALLOW, name, where);
}

}  // namespace

Confinement::Confinement(const Options& options)
    : options_(options), filter_(seccomp_init(SCMP_ACT_ERRNO(EPERM))) {
  if (filter_ == nullptr) throw std::runtime_error("seccomp cannot be had");
  for (const char* name : kAllowed) allow(filter_, name);
  for (const int what : kHarmlessFcntl)
    allow(filter_, "fcntl", {SCMP_A1_32(SCMP_CMP_EQ, static_cast<std::uint32_t>(what))});
  for (const unsigned long what : kHarmlessIoctl)
    allow(filter_, "ioctl", {SCMP_A1_32(SCMP_CMP_EQ, static_cast<std::uint32_t>(what))});
  for (const int what : kHarmlessPrctl)
    allow(filter_, "prctl", {SCMP_A0_32(SCMP_CMP_EQ, static_cast<std::uint32_t>(what))});

  // Files are read
  allow(filter_, "open", {SCMP_A1_32(SCMP_CMP_MASKED_EQ, kWriting, O_RDONLY)});
  allow(filter_, "openat", {SCMP_A2_32(SCMP_CMP_MASKED_EQ, kWriting, O_RDONLY)});

  // Its own limits; those of others have a pid in front
  allow(filter_, "prlimit64", {SCMP_A0_32(SCMP_CMP_EQ, 0)});

  // Threads; children where they can be found again; in no namespaces of their own. What a call
  // points to cannot be looked at, so that clone3 has to be absent: then libraries take clone.
  add(filter_, SCMP_ACT_ERRNO(ENOSYS), "clone3");
  if (options.may_fork) {
    allow(filter_, "fork");
    allow(filter_, "vfork");
    allow(filter_, "clone", {SCMP_A0_32(SCMP_CMP_MASKED_EQ, kNewNamespace, 0)});
  } else {
    allow(filter_, "clone",
          {SCMP_A0_32(SCMP_CMP_MASKED_EQ, kNewNamespace | CLONE_THREAD, CLONE_THREAD)});
  }
}

Confinement::~Confinement() { seccomp_release(filter_); }

bool Confinement::apply() const {
  if (options_.user != 0) {
    const gid_t group = options_.user;
    if (setgroups(0, nullptr) != 0 || setresgid(group, group, group) != 0 ||
        setresuid(options_.user, options_.user, options_.user) != 0)
      return false;
  }
  if (options_.processes > 0) {
    const rlimit both{options_.processes, options_.processes};
    setrlimit(RLIMIT_NPROC, &both);
  }

  // Signals to itself, as abort() sends them. The pid is known only now.
  const auto self = static_cast<std::uint32_t>(getpid());
  try {
    allow(filter_, "kill", {SCMP_A0_32(SCMP_CMP_EQ, self)});
    allow(filter_, "tgkill", {SCMP_A0_32(SCMP_CMP_EQ, self)});
  } catch (const std::runtime_error&) {
    errno = EINVAL;
    return false;
  }
  errno = -seccomp_load(filter_);
  return errno == 0;
}

}  // namespace gradbook
