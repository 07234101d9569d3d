// The supervisor: runs the cases of a worker one after the other, each in a process of its own with
// limits set from outside, and hands on what each saw. It contains no student's code.
//
//   supervisor [CONFINEMENT] WORKER SEED CPU_SECONDS WALL_SECONDS MEMORY_MIB CASE:STACK_KIB…
//
// For every case it writes a line "CASE HOW CODE CPU_MS OBSERVED PRINTED" and then that many bytes
// of observations and of output; HOW is exit, signal, time, flood or memory.
//
// CONFINEMENT, as the sandbox writes it:
//   --confined       cases may do what computing needs, and do not reach the supervisor
//   --uid N          they run as this user
//   --processes N    which may have so many
//   --counted        a cgroup bounds the memory in place of MEMORY_MIB; file descriptor 4 is its
//   count
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <optional>
#include <string>
#include <string_view>

#include "grading/worker/confinement.hpp"

namespace {

using Clock = std::chrono::steady_clock;

constexpr std::size_t kObservedCap = 16u << 20;  // bytes of observations; more is a flood
constexpr std::size_t kPrintedCap = 64u << 10;   // bytes of output kept; the rest is dropped
constexpr long kTick = 50;        // ms between two looks at a process whose pipes are quiet
constexpr int kPatience = 2;      // so many cases may run out of time: what comes then is probably
constexpr int kPatienceLost = 5;  // endless, too, and gets a fifth, still more than any case needs
constexpr int kEvents = 4;        // what a cgroup has counted
constexpr pid_t kAlone = 2;       // our pid where bubblewrap and the cases are all there is besides

struct Limits {
  rlim_t cpu_seconds;
  std::chrono::seconds wall;
  rlim_t memory_bytes;
};

struct Pipe {
  int read = -1, write = -1;
  Pipe() {
    int ends[2];
    if (pipe2(ends, O_CLOEXEC) != 0) std::exit(1);
    read = ends[0], write = ends[1];
  }
  ~Pipe() {
    close(read);
    close_write();
  }
  void close_write() {
    if (write >= 0) close(write);
    write = -1;
  }
};

void limit(int resource, rlim_t soft, rlim_t hard) {
  const rlimit both{soft, hard};
  setrlimit(resource, &both);
}

bool alone() { return getpid() == kAlone; }

[[noreturn]] void become(const char* worker, const char* seed, const char* name, rlim_t stack_kib,
                         const Limits& limits, const gradbook::Confinement* confinement,
                         int observed, int printed, int failed) {
  const pid_t supervisor = getppid();
  setpgid(0, 0);
  limit(RLIMIT_STACK, stack_kib * 1024, stack_kib * 1024);
  limit(RLIMIT_CPU, limits.cpu_seconds, limits.cpu_seconds + 1);  // SIGXCPU, then SIGKILL
  limit(RLIMIT_CORE, 0, 0);
  if (limits.memory_bytes > 0) limit(RLIMIT_AS, limits.memory_bytes, limits.memory_bytes);
  dup2(open("/dev/null", O_RDONLY | O_CLOEXEC), STDIN_FILENO);
  dup2(printed, STDOUT_FILENO);
  dup2(printed, STDERR_FILENO);
  dup2(observed, 3);
  if (confinement != nullptr) {
    // Where memory runs out, the kernel takes the case and not the supervisor
    prctl(PR_SET_DUMPABLE, 1);
    const int score = open("/proc/self/oom_score_adj", O_WRONLY | O_CLOEXEC);
    if (score >= 0 && write(score, "1000", 4) > 0) close(score);
  }
  bool ready = confinement == nullptr || confinement->apply();
  if (ready) {
    // After the change of user, which takes it back
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() != supervisor) _exit(127);
    execl(worker, worker, name, seed, static_cast<char*>(nullptr));
  }
  const int error = errno;
  (void)!write(failed, &error, sizeof error);
  _exit(127);
}

// Appends what can be read; returns false at the end of the pipe
bool drain(int pipe, std::string& kept, std::size_t cap, bool& over) {
  char buffer[65536];
  const ssize_t n = read(pipe, buffer, sizeof buffer);
  if (n < 0) return errno == EINTR || errno == EAGAIN;
  if (n == 0) return false;
  const std::size_t room = cap - kept.size();
  over = over || static_cast<std::size_t>(n) > room;
  kept.append(buffer, std::min(static_cast<std::size_t>(n), room));
  return true;
}

void write_all(std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t n = write(STDOUT_FILENO, bytes.data(), bytes.size());
    if (n <= 0) std::exit(1);
    bytes.remove_prefix(static_cast<std::size_t>(n));
  }
}

// How often the cgroup had to kill somebody for its memory
long out_of_memory_count() {
  char text[1024] = {};
  if (pread(kEvents, text, sizeof text - 1, 0) <= 0) return 0;
  const char* found = strstr(text, "oom_kill ");
  return found == nullptr ? 0 : std::atol(found + strlen("oom_kill "));
}

long milliseconds(const rusage& used) {
  return (used.ru_utime.tv_sec + used.ru_stime.tv_sec) * 1000 +
         (used.ru_utime.tv_usec + used.ru_stime.tv_usec) / 1000;
}

// Ends the case with all that it started, whatever groups and sessions that hides in
void end(pid_t child) {
  if (alone()) kill(-1, SIGKILL);  // everybody in this namespace but us
  kill(-child, SIGKILL);
  kill(child, SIGKILL);
}

// Returns how it ended
std::string_view run_case(const char* worker, const char* seed, const std::string& name,
                          rlim_t stack_kib, const Limits& limits,
                          const gradbook::Confinement* confinement, bool counted) {
  Pipe observed_pipe, printed_pipe, failed_pipe;
  const long killed_before = counted ? out_of_memory_count() : 0;
  const pid_t child = fork();
  if (child < 0) std::exit(1);
  if (child == 0)
    become(worker, seed, name.c_str(), stack_kib, limits, confinement, observed_pipe.write,
           printed_pipe.write, failed_pipe.write);
  for (Pipe* pipe : {&observed_pipe, &printed_pipe, &failed_pipe}) pipe->close_write();

  // Listen until the case is over, floods us, or runs out of time
  std::string observed, printed;
  bool flood = false, chatty = false, late = false;
  const auto deadline = Clock::now() + limits.wall;
  pollfd pipes[2] = {{observed_pipe.read, POLLIN, 0}, {printed_pipe.read, POLLIN, 0}};
  while ((pipes[0].fd >= 0 || pipes[1].fd >= 0) && !flood && !late) {
    const auto left =
        std::chrono::duration_cast<std::chrono::milliseconds>(deadline - Clock::now());
    late = left.count() <= 0;
    if (late || poll(pipes, 2, static_cast<int>(std::min<long>(left.count(), kTick))) < 0) continue;
    if (pipes[0].revents != 0 && !drain(pipes[0].fd, observed, kObservedCap, flood))
      pipes[0].fd = -1;
    if (pipes[1].revents != 0 && !drain(pipes[1].fd, printed, kPrintedCap, chatty))
      pipes[1].fd = -1;
    // A grandchild may hold the pipes open: what counts is the case's own process
    if (siginfo_t info{};
        waitid(P_PID, static_cast<id_t>(child), &info, WEXITED | WNOHANG | WNOWAIT) == 0 &&
        info.si_pid == child) {
      if (confinement != nullptr) end(child);  // then the pipes come to their end
      if (pipes[0].revents == 0 && pipes[1].revents == 0) break;
    }
  }
  end(child);

  int status = 0;
  rusage used{};
  wait4(child, &status, 0, &used);
  long cpu_ms = milliseconds(used);
  // What it left behind has become ours; the next case starts when it is gone
  while (confinement != nullptr && wait4(-1, nullptr, 0, &used) > 0) cpu_ms += milliseconds(used);

  if (int error = 0; read(failed_pipe.read, &error, sizeof error) == sizeof error) {
    std::fprintf(stderr, "supervisor: cannot start %s: %s\n", worker, strerror(error));
    std::exit(1);
  }
  const bool signalled = WIFSIGNALED(status);
  // The kernel sends SIGXCPU by another clock than it reports
  const bool cpu = (signalled && WTERMSIG(status) == SIGXCPU) ||
                   (cpu_ms >= static_cast<long>(limits.cpu_seconds) * 1000 &&
                    (signalled || confinement != nullptr));
  const bool memory = counted && out_of_memory_count() > killed_before;
  const char* how = flood         ? "flood"
                    : memory      ? "memory"
                    : late || cpu ? "time"
                    : signalled   ? "signal"
                                  : "exit";
  const int code = signalled ? WTERMSIG(status) : WEXITSTATUS(status);
  write_all(name + " " + how + " " + std::to_string(code) + " " + std::to_string(cpu_ms) + " " +
            std::to_string(observed.size()) + " " + std::to_string(printed.size()) + "\n");
  write_all(observed);
  write_all(printed);
  return how;
}

}  // namespace

int main(int argc, char** argv) {
  bool confined = false, counted = false, until_failure = false;
  gradbook::Confinement::Options options;
  int at = 1;
  for (; at < argc && std::string_view(argv[at]).starts_with("--"); ++at) {
    const std::string_view word = argv[at];
    const auto number = [&] { return at + 1 < argc ? std::strtoul(argv[++at], nullptr, 10) : 0; };
    if (word == "--confined") confined = true;
    if (word == "--counted") counted = true;
    if (word == "--until-failure") until_failure = true;
    if (word == "--uid") options.user = static_cast<uid_t>(number());
    if (word == "--processes") options.processes = number();
  }
  argc -= at;
  argv += at;
  if (argc < 5) {
    std::fputs(
        "usage: supervisor WORKER SEED CPU_SECONDS WALL_SECONDS MEMORY_MIB CASE:STACK_KIB...\n",
        stderr);
    return 2;
  }
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  pollfd output{STDOUT_FILENO, 0, 0};
  if (poll(&output, 1, 0) > 0 && (output.revents & POLLERR) != 0) return 1;  // nobody listens

  std::optional<gradbook::Confinement> confinement;
  if (confined) {
    prctl(PR_SET_DUMPABLE, 0);         // nobody of the same user looks into us
    prctl(PR_SET_CHILD_SUBREAPER, 1);  // what a case leaves behind comes to us
    if (counted) fcntl(kEvents, F_SETFD, FD_CLOEXEC);
    options.may_fork = alone();
    try {
      confinement.emplace(options);
    } catch (const std::exception& error) {
      std::fprintf(stderr, "supervisor: %s\n", error.what());
      return 1;
    }
  }
  Limits limits{std::strtoull(argv[2], nullptr, 10), std::chrono::seconds(std::atoi(argv[3])),
                counted ? 0 : std::strtoull(argv[4], nullptr, 10) << 20};
  int out_of_time = 0;
  for (int i = 5; i < argc; ++i) {
    const std::string spec = argv[i];
    const std::size_t colon = spec.rfind(':');
    const std::string_view how = run_case(argv[0], argv[1], spec.substr(0, colon),
                                          std::strtoull(spec.c_str() + colon + 1, nullptr, 10),
                                          limits, confinement ? &*confinement : nullptr, counted);
    if (until_failure && how != "exit") break;
    if (how == "time" && ++out_of_time == kPatience) {
      limits.cpu_seconds = std::max<rlim_t>(limits.cpu_seconds / kPatienceLost, 1);
      limits.wall = std::max(limits.wall / kPatienceLost, std::chrono::seconds(1));
    }
  }
}
