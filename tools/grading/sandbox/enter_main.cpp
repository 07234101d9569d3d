// Walks into a room: does to itself what the words say, one after the other, and becomes the
// command.
//
//   enter_room WORD… -- COMMAND…
//
// --of PID             the gradbook that wants it: without it among our ancestors nobody does
// --group DIR          makes a subgroup of this cgroup; the words below are about it
// --set FILE VALUE     writes one of its files; --try does so too, but may fail
// --events FILE        opens one of its files for the command, as file descriptor 4
// --limit NAME VALUE   an rlimit: as, cpu, fsize, nproc
// --own-root           gives the process a root that is a mount point, which bubblewrap needs in a
// chroot
// --read P, --write P  hides all files but these (Landlock)
// --tmp DIR            where temporary files go
// --uid N              becomes this user, without any other group
// --together           all that the command ever starts ends with it (a PID namespace)
//
// Whoever enters dies with its parent, inherits file descriptors 0 to 3 alone and a cleared
// environment.
#include <fcntl.h>
#include <grp.h>
#include <linux/seccomp.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <map>
#include <string>
#include <vector>

#include "grading/sandbox/landlock.hpp"

namespace {

constexpr int kEvents = 4;
constexpr int kFailed = 126;  // what a shell says of a program that it cannot start

[[noreturn]] void give_up(const std::string& what) {
  std::fprintf(stderr, "enter_room: %s: %s\n", what.c_str(), strerror(errno));
  std::exit(kFailed);
}

bool put(const std::string& file, const std::string& text) {
  const int out = open(file.c_str(), O_WRONLY | O_CLOEXEC);
  if (out < 0) return false;
  const bool ok = write(out, text.data(), text.size()) == static_cast<ssize_t>(text.size());
  close(out);
  return ok;
}

pid_t parent_of(pid_t pid) {
  std::ifstream file("/proc/" + std::to_string(pid) + "/stat");
  std::string text;
  std::getline(file, text);
  const std::size_t name_end = text.rfind(')');  // "77 (a name) S 76 …"
  return name_end == std::string::npos ? 0 : std::atoi(text.c_str() + name_end + 4);
}

// A parent that died before it was asked for sends no signal: then our gradbook is no ancestor
void die_with(pid_t gradbook) {
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (gradbook == 0) return;
  pid_t ancestor = getppid();
  while (ancestor > 1 && ancestor != gradbook) ancestor = parent_of(ancestor);
  if (ancestor != gradbook) std::exit(kFailed);
}

// A chroot's root is a folder of some mount; bound onto itself, it is a mount point
void own_root() {
  if (unshare(CLONE_NEWNS) != 0) give_up("cannot make a mount namespace");
  if (mount("/", "/mnt", nullptr, MS_BIND | MS_REC, nullptr) != 0) give_up("cannot bind the root");
  if (mount(nullptr, "/mnt", nullptr, MS_REC | MS_PRIVATE, nullptr) != 0)
    give_up("cannot make the root private");
  if (chroot("/mnt") != 0 || chdir("/") != 0) give_up("cannot enter the root");
}

// bubblewrap's child waits for a word of bubblewrap before it asks to die with it: of one that was
// killed in between it would wait forever. Here the command is the first process of a namespace,
// whose end the kernel makes the end of all. Returns in that process.
void end_together(pid_t gradbook) {
  const std::string user = std::to_string(getuid()), group = std::to_string(getgid());
  const bool root = user == "0";
  if (unshare(root ? CLONE_NEWPID : CLONE_NEWPID | CLONE_NEWUSER) != 0)
    give_up("cannot make a PID namespace");
  if (!root && !(put("/proc/self/setgroups", "deny") &&
                 put("/proc/self/uid_map", user + " " + user + " 1") &&
                 put("/proc/self/gid_map", group + " " + group + " 1"))) {
    give_up("cannot stay user " + user);
  }
  die_with(gradbook);
  const pid_t first = fork();
  if (first < 0) give_up("cannot start a process");
  if (first == 0) return;
  close_range(0, ~0U, 0);  // who listens hears of the end of the command, not of ours
  int status = 0;
  while (waitpid(first, &status, 0) < 0 && errno == EINTR) {
  }
  if (WIFSIGNALED(status)) {
    signal(WTERMSIG(status), SIG_DFL);
    raise(WTERMSIG(status));
  }
  _exit(WEXITSTATUS(status));
}

void become(uid_t uid) {
  if (setgroups(0, nullptr) != 0 || setresgid(uid, uid, uid) != 0 || setresuid(uid, uid, uid) != 0)
    give_up("cannot become user " + std::to_string(uid));
}

void limit(const std::string& name, rlim_t value) {
  static const std::map<std::string, __rlimit_resource> known = {
      {"as", RLIMIT_AS}, {"cpu", RLIMIT_CPU}, {"fsize", RLIMIT_FSIZE}, {"nproc", RLIMIT_NPROC}};
  const rlimit both{value, value};
  if (!known.contains(name) || setrlimit(known.at(name), &both) != 0)
    give_up("cannot limit " + name);
}

// What Sandbox::open wants to know from inside
int probe() {
  const unsigned action = SECCOMP_RET_ERRNO;
  const bool seccomp = syscall(SYS_seccomp, SECCOMP_GET_ACTION_AVAIL, 0, &action) == 0;
  std::printf("inside pid=%d uid=%d seccomp=%d landlock=%d\n", getpid(), getuid(), seccomp,
              gradbook::have_landlock());
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  std::string group, tmp;
  std::vector<std::string> readable, writable;
  int events = -1;
  bool together = false;
  pid_t gradbook = 0;
  int at = 1;
  const auto next = [&]() -> std::string {
    if (++at >= argc) give_up("a word is missing at the end");
    return argv[at];
  };
  for (; at < argc && argv[at] != std::string("--"); ++at) {
    const std::string word = argv[at];
    if (word == "--probe") {
      return probe();
    } else if (word == "--of") {
      gradbook = std::atoi(next().c_str());
      die_with(gradbook);
    } else if (word == "--group") {
      group = next() + "/" + std::to_string(getpid());
      if (mkdir(group.c_str(), 0755) != 0 && errno != EEXIST) give_up("cannot make " + group);
    } else if (word == "--set" || word == "--try") {
      const std::string file = group + "/" + next();
      if (!put(file, next()) && word == "--set") give_up("cannot write to " + file);
    } else if (word == "--events") {
      events = open((group + "/" + next()).c_str(), O_RDONLY);
    } else if (word == "--limit") {
      const std::string name = next();
      limit(name, std::strtoull(next().c_str(), nullptr, 10));
    } else if (word == "--own-root") {
      own_root();
    } else if (word == "--read") {
      readable.push_back(next());
    } else if (word == "--write") {
      writable.push_back(next());
    } else if (word == "--tmp") {
      tmp = next();
    } else if (word == "--together") {
      together = true;
    } else if (word == "--uid") {
      become(static_cast<uid_t>(std::strtoul(next().c_str(), nullptr, 10)));
    } else {
      errno = EINVAL;
      give_up("unknown word " + word);
    }
  }
  if (at + 1 >= argc) give_up("no command");

  if (!readable.empty() || !writable.empty()) {
    prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
    if (!gradbook::see_only(readable, writable)) give_up("cannot hide files");
  }
  if (events >= 0 && events != kEvents) {
    dup2(events, kEvents);
    close(events);
  }
  close_range(events >= 0 ? kEvents + 1 : kEvents, ~0U, 0);
  const rlimit none{0, 0};
  setrlimit(RLIMIT_CORE, &none);
  if (together) {
    end_together(gradbook);
    gradbook = 0;  // who is outside the namespace cannot be seen from it
  }
  clearenv();
  setenv("PATH", "/usr/bin:/bin", 1);
  setenv("LC_ALL", "C.UTF-8", 1);
  if (!tmp.empty()) setenv("TMPDIR", tmp.c_str(), 1);

  if (chdir("/") != 0) give_up("cannot leave the folder");

  die_with(gradbook);  // once more, for a change of user takes it back
  // A parent that cannot be seen may have died before that: then nobody reads what we print
  pollfd output{STDOUT_FILENO, 0, 0};
  if (poll(&output, 1, 0) > 0 && (output.revents & POLLERR) != 0) return kFailed;
  execvp(argv[at + 1], argv + at + 1);
  give_up(std::string("cannot run ") + argv[at + 1]);
}
