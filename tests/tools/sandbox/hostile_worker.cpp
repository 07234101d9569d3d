// A worker whose cases try to break out of the sandbox; each prints what came of it.
#include <dirent.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <map>
#include <random>
#include <string>
#include <thread>
#include <vector>

extern char** environ;

namespace {

// "what: done", or why not
void tell(const std::string& what, bool done) {
  std::printf("%s: %s\n", what.c_str(), done ? "done" : strerrorname_np(errno));
}

void try_open(const std::string& path, int flags) {
  const int file = open(path.c_str(), flags, 0600);
  tell("open " + path, file >= 0);
  if (file > 3) close(file);
}

const std::string kParent = "/proc/" + std::to_string(getppid());

void who() {
  std::printf("uid %d pid %d\n", getuid(), getpid());
  for (char** variable = environ; *variable != nullptr; ++variable)
    std::printf("env %s\n", *variable);
  for (int file = 0; file < 256; ++file) {
    if (fcntl(file, F_GETFD) >= 0) std::printf("fd %d\n", file);
  }
  std::ifstream status("/proc/self/status");
  for (std::string line; std::getline(status, line);) {
    if (line.starts_with("CapEff") || line.starts_with("CapPrm") || line.starts_with("NoNewPrivs"))
      std::printf("%s\n", line.c_str());
  }
}

void honest() {
  std::atomic<int> sum = 0;
  std::vector<std::thread> threads;
  for (int i = 1; i <= 4; ++i) threads.emplace_back([&sum, i] { sum += i; });
  for (std::thread& thread : threads) thread.join();
  const bool random = std::random_device{}() != std::random_device{}();
  std::vector<double> large(1 << 20, 1.0);
  int ends[2];
  char byte = 0;
  const bool pipes = pipe(ends) == 0 && write(ends[1], "x", 1) == 1 && read(ends[0], &byte, 1) == 1;
  timespec pause{0, 1000000};
  nanosleep(&pause, nullptr);
  std::printf("sum %d random %d large %g pipe %d clock %d\n", sum.load(), random, large[77], pipes,
              std::chrono::system_clock::now().time_since_epoch().count() > 0);
}

void reach_out() {
  tell("socket", socket(AF_INET, SOCK_STREAM, 0) >= 0);
  tell("unix socket", socket(AF_UNIX, SOCK_STREAM, 0) >= 0);
  tell("netlink", socket(AF_NETLINK, SOCK_RAW, 0) >= 0);
}

void look_around() {
  for (const char* path : {"/etc/passwd", "/etc/shadow", "/root", "/home", GRADBOOK_ROOT_DIR,
                           GRADBOOK_ROOT_DIR "/solutions", GRADBOOK_ROOT_DIR "/README.md"})
    try_open(path, O_RDONLY);
}

void leave_traces() {
  for (const char* path : {"/trace", "/tmp/gradbook_trace", "/dev/shm/gradbook_trace",
                           "/var/tmp/gradbook_trace", "/proc/sys/kernel/core_pattern"})
    try_open(path, O_WRONLY | O_CREAT);
  try_open("/proc/self/exe", O_RDWR);
  tell("memfd", memfd_create("trace", 0) >= 0);
  tell("mkdir", mkdir("/tmp/gradbook_trace.d", 0700) == 0);
  tell("unlink", unlink("/tmp/gradbook_trace_target") == 0);
}

void strike() {
  tell("kill parent", kill(getppid(), SIGKILL) == 0);
  tell("kill 1", kill(1, SIGKILL) == 0);
  tell("kill all", kill(-1, SIGKILL) == 0);
  tell("tgkill parent", syscall(SYS_tgkill, getppid(), getppid(), SIGKILL) == 0);
  tell("pidfd", syscall(SYS_pidfd_open, getppid(), 0) >= 0);
  tell("owner", fcntl(0, F_SETOWN, getppid()) == 0);
  const rlimit none{0, 0};
  tell("limit parent", prlimit(getppid(), RLIMIT_CPU, &none, nullptr) == 0);
  tell("kill itself softly", kill(getpid(), 0) == 0);
}

void peek() {
  tell("ptrace", ptrace(PTRACE_ATTACH, getppid(), nullptr, nullptr) == 0);
  char byte = 0;
  iovec here{&byte, 1}, there{reinterpret_cast<void*>(0x400000), 1};
  tell("read parent", process_vm_readv(getppid(), &here, 1, &there, 1, 0) == 1);
  for (const char* file : {"/mem", "/environ", "/fd/1", "/fd/4", "/maps", "/root/etc/passwd"})
    try_open(kParent + file, O_RDONLY);
  try_open(kParent + "/fd/1", O_WRONLY);
}

void forge() {
  const std::string line = "forged exit 0 0 0 0\n";
  for (int file = 4; file < 256; ++file) (void)!write(file, line.data(), line.size());
  if (const int file = open((kParent + "/fd/1").c_str(), O_WRONLY); file >= 0)
    (void)!write(file, line.data(), line.size());
}

void rise() {
  tell("setuid", setuid(0) == 0);
  tell("user namespace", unshare(CLONE_NEWUSER) == 0);
  tell("clone into one",
       syscall(SYS_clone, CLONE_NEWUSER | SIGCHLD, nullptr, nullptr, nullptr, nullptr) > 0);
  tell("mount", mount("none", "/", "tmpfs", 0, nullptr) == 0);
  tell("bpf", syscall(SYS_bpf, 0, nullptr, 0) >= 0);
  tell("io_uring", syscall(SYS_io_uring_setup, 1, nullptr) >= 0);
  tell("shell", std::system("exit 0") == 0);
}

void leave_somebody() {
  for (int i = 0; i < 3; ++i) {
    if (fork() != 0) continue;
    setsid();
    if (fork() == 0) {
      for (;;) std::printf("still here\n"), std::fflush(stdout), usleep(1000);
    }
    _exit(0);
  }
}

void count_processes() {
  int count = 0;
  DIR* proc = opendir("/proc");
  while (const dirent* entry = proc != nullptr ? readdir(proc) : nullptr)
    count += std::atoi(entry->d_name) > 0;
  std::printf("processes %d\n", count);
}

[[noreturn]] void burn() {
  for (std::atomic<unsigned> i = 0;; ++i) {
  }
}

void burn_in_children() {
  for (int i = 0; i < 2; ++i) {
    if (fork() == 0) burn();
  }
  while (wait(nullptr) > 0) {
  }
}

[[noreturn]] void take_memory() {
  for (;;) {
    void* block = std::malloc(1 << 20);
    if (block == nullptr) std::printf("no more\n"), std::fflush(stdout), _exit(0);
    std::memset(block, 1, 1 << 20);
  }
}

void take_memory_in_children() {
  for (int i = 0; i < 8; ++i) {
    if (fork() != 0) continue;
    std::memset(std::malloc(20 << 20), 1, 20 << 20);
    pause();
  }
  while (wait(nullptr) > 0) {
  }
}

[[noreturn]] void bomb() {
  for (;;) {
    if (fork() < 0 && errno == EPERM) std::printf("no child\n"), std::fflush(stdout), _exit(0);
  }
}

void talk() {
  for (int i = 0; i < 20000; ++i)
    std::printf("a line of fifty characters, or almost that many..\n");
}

const std::map<std::string, void (*)()> kCases = {
    {"who", who},
    {"honest", honest},
    {"reach_out", reach_out},
    {"look_around", look_around},
    {"leave_traces", leave_traces},
    {"strike", strike},
    {"peek", peek},
    {"forge", forge},
    {"rise", rise},
    {"leave_somebody", leave_somebody},
    {"count_processes", count_processes},
    {"burn", [] { burn(); }},
    {"burn_in_children", burn_in_children},
    {"sleep", [] { pause(); }},
    {"abort", [] { std::abort(); }},
    {"take_memory", [] { take_memory(); }},
    {"take_memory_in_children", take_memory_in_children},
    {"bomb", [] { bomb(); }},
    {"talk", talk}};

}  // namespace

int main(int argc, char** argv) {
  if (argc < 2 || !kCases.contains(argv[1])) return 2;
  kCases.at(argv[1])();
  std::fflush(stdout);
  _exit(0);
}
