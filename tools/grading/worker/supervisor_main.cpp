// The supervisor: runs the cases of a worker one after the other, each in a process of its own with
// limits set from outside, and hands on what each saw. It contains no student's code.
//
//   supervisor WORKER SEED CPU_SECONDS WALL_SECONDS MEMORY_MIB CASE:STACK_KIB…
//
// For every case it writes a line "CASE HOW CODE CPU_MS OBSERVED PRINTED" and then that many bytes
// of observations and of output; HOW is exit, signal, time or flood.
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>
#include <string_view>

namespace {

using Clock = std::chrono::steady_clock;

constexpr std::size_t kObservedCap =
    16u << 20;              // bytes of observations; more is a flood, and ends the case
constexpr long kTick = 50;  // ms between two looks at a process whose pipes are quiet
constexpr std::size_t kPrintedCap = 64u
                                    << 10;  // bytes of output kept; the rest is read and dropped

struct Limits {
  rlim_t cpu_seconds;
  std::chrono::seconds wall;
  rlim_t memory_bytes;
};

void limit(int resource, rlim_t soft, rlim_t hard) {
  const rlimit both{soft, hard};
  setrlimit(resource, &both);
}

[[noreturn]] void become(const char* worker, const char* seed, const char* name, rlim_t stack_kib,
                         const Limits& limits, int observed, int printed) {
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  setpgid(0, 0);
  limit(RLIMIT_STACK, stack_kib * 1024, stack_kib * 1024);
  limit(RLIMIT_CPU, limits.cpu_seconds, limits.cpu_seconds + 1);  // SIGXCPU, then SIGKILL
  limit(RLIMIT_CORE, 0, 0);
  if (limits.memory_bytes > 0) limit(RLIMIT_AS, limits.memory_bytes, limits.memory_bytes);
  dup2(open("/dev/null", O_RDONLY), STDIN_FILENO);
  dup2(printed, STDOUT_FILENO);
  dup2(printed, STDERR_FILENO);
  dup2(observed, 3);
  execl(worker, worker, name, seed, static_cast<char*>(nullptr));
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

void run_case(const char* worker, const char* seed, const std::string& name, rlim_t stack_kib,
              const Limits& limits) {
  int observed_pipe[2], printed_pipe[2];
  if (pipe2(observed_pipe, O_CLOEXEC) != 0 || pipe2(printed_pipe, O_CLOEXEC) != 0) std::exit(1);
  const pid_t child = fork();
  if (child < 0) std::exit(1);
  if (child == 0)
    become(worker, seed, name.c_str(), stack_kib, limits, observed_pipe[1], printed_pipe[1]);
  close(observed_pipe[1]);
  close(printed_pipe[1]);

  // Listen until the case is over, floods us, or runs out of time
  std::string observed, printed;
  bool flood = false, chatty = false, late = false;
  const auto deadline = Clock::now() + limits.wall;
  pollfd pipes[2] = {{observed_pipe[0], POLLIN, 0}, {printed_pipe[0], POLLIN, 0}};
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
        info.si_pid == child && pipes[0].revents == 0 && pipes[1].revents == 0) {
      break;
    }
  }
  kill(-child, SIGKILL);
  kill(child, SIGKILL);

  int status = 0;
  rusage used{};
  wait4(child, &status, 0, &used);
  close(observed_pipe[0]);
  close(printed_pipe[0]);

  const bool cpu =
      WIFSIGNALED(status) &&
      static_cast<rlim_t>(used.ru_utime.tv_sec + used.ru_stime.tv_sec) >= limits.cpu_seconds;
  const char* how = flood                 ? "flood"
                    : late || cpu         ? "time"
                    : WIFSIGNALED(status) ? "signal"
                                          : "exit";
  const int code = WIFSIGNALED(status) ? WTERMSIG(status) : WEXITSTATUS(status);
  const long cpu_ms = (used.ru_utime.tv_sec + used.ru_stime.tv_sec) * 1000 +
                      (used.ru_utime.tv_usec + used.ru_stime.tv_usec) / 1000;
  write_all(name + " " + how + " " + std::to_string(code) + " " + std::to_string(cpu_ms) + " " +
            std::to_string(observed.size()) + " " + std::to_string(printed.size()) + "\n");
  write_all(observed);
  write_all(printed);
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 6) {
    std::fputs(
        "usage: supervisor WORKER SEED CPU_SECONDS WALL_SECONDS MEMORY_MIB CASE:STACK_KIB...\n",
        stderr);
    return 2;
  }
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  const Limits limits{std::strtoull(argv[3], nullptr, 10), std::chrono::seconds(std::atoi(argv[4])),
                      std::strtoull(argv[5], nullptr, 10) << 20};
  for (int i = 6; i < argc; ++i) {
    const std::string spec = argv[i];
    const std::size_t colon = spec.rfind(':');
    run_case(argv[1], argv[2], spec.substr(0, colon),
             std::strtoull(spec.c_str() + colon + 1, nullptr, 10), limits);
  }
}
