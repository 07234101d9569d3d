#include "system/process.hpp"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cerrno>
#include <optional>
#include <thread>

extern char** environ;

namespace gradbook {
namespace {

using Clock = std::chrono::steady_clock;

// The groups that run at the moment, for the signal handler: it may touch nothing but atomics
std::array<std::atomic<pid_t>, 64> running;
std::atomic<bool> refused = false;

void note_running(pid_t from, pid_t to) {
  for (auto& slot : running) {
    pid_t expected = from;
    if (slot.compare_exchange_strong(expected, to)) return;
  }
}

struct Pipe {
  int read = -1, write = -1;
  Pipe() {
    int ends[2];
    if (pipe2(ends, O_CLOEXEC) == 0) read = ends[0], write = ends[1];
  }
  ~Pipe() {
    if (read >= 0) close(read);
    close_write();
  }
  void close_write() {
    if (write >= 0) close(write);
    write = -1;
  }
};

std::vector<char*> pointers(std::vector<std::string>& strings) {
  std::vector<char*> result;
  for (std::string& s : strings) result.push_back(s.data());
  result.push_back(nullptr);
  return result;
}

std::optional<pid_t> spawn(const Command& command, const Pipe& output, const Pipe& events) {
  if (refused) return std::nullopt;
  std::vector<std::string> arguments = command.arguments, environment;
  for (char** variable = environ; *variable != nullptr; ++variable)
    environment.emplace_back(*variable);
  environment.insert(environment.end(), command.environment.begin(), command.environment.end());

  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
  posix_spawn_file_actions_adddup2(&actions, output.write, STDOUT_FILENO);
  posix_spawn_file_actions_adddup2(&actions, output.write, STDERR_FILENO);
  if (command.on_event) posix_spawn_file_actions_adddup2(&actions, events.write, 3);
  if (!command.directory.empty())
    posix_spawn_file_actions_addchdir_np(&actions, command.directory.c_str());
  posix_spawnattr_t attributes;
  posix_spawnattr_init(&attributes);
  posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETPGROUP);

  pid_t pid = 0;
  const int error = posix_spawnp(&pid, arguments.front().c_str(), &actions, &attributes,
                                 pointers(arguments).data(), pointers(environment).data());
  posix_spawn_file_actions_destroy(&actions);
  posix_spawnattr_destroy(&attributes);
  return error == 0 ? std::optional(pid) : std::nullopt;
}

}  // namespace

Completion run(const Command& command) {
  Completion completion;
  Pipe output, events;
  const auto pid = spawn(command, output, events);
  output.close_write();
  events.close_write();
  if (!pid) {
    completion.started = false;
    return completion;
  }
  note_running(0, *pid);
  if (refused) kill(-*pid, SIGKILL);  // whoever refused may have looked before it was noted

  // Listen until both pipes are closed, or time is up
  const auto start = Clock::now();
  auto last_event = start;
  pollfd pipes[2] = {{output.read, POLLIN, 0}, {command.on_event ? events.read : -1, POLLIN, 0}};
  while (pipes[0].fd >= 0 || pipes[1].fd >= 0) {
    int wait = -1;
    const auto until = [&](Clock::time_point deadline) {
      const auto left =
          std::chrono::ceil<std::chrono::milliseconds>(deadline - Clock::now()).count();
      if (left <= 0) completion.timed_out = true;
      wait = static_cast<int>(wait < 0 ? left : std::min<long>(wait, left));
    };
    if (command.wall.count() > 0) until(start + command.wall);
    if (command.quiet.count() > 0) until(last_event + command.quiet);
    if (completion.timed_out) break;
    if (poll(pipes, 2, wait) < 0 && errno != EINTR) break;

    for (pollfd& pipe : pipes) {
      if (pipe.fd < 0 || pipe.revents == 0) continue;
      char buffer[65536];
      const ssize_t n = read(pipe.fd, buffer, sizeof buffer);
      if (n < 0 && errno == EINTR) continue;
      if (n <= 0) {
        pipe.fd = -1;
        continue;
      }
      const std::string_view bytes(buffer, static_cast<std::size_t>(n));
      if (&pipe == &pipes[1]) {
        last_event = Clock::now();
        command.on_event(bytes);
        continue;
      }
      const std::size_t room = command.output_cap - completion.output.size();
      completion.output_cut = completion.output_cut || bytes.size() > room;
      completion.output.append(bytes.substr(0, room));
      if (command.on_output) command.on_output(bytes);
    }
  }

  // A program may close its output and go on: it is still bound by its time
  int status = 0;
  while (waitpid(*pid, &status, WNOHANG) == 0) {
    const auto now = Clock::now();
    if ((command.wall.count() > 0 && now > start + command.wall) ||
        (command.quiet.count() > 0 && now > last_event + command.quiet)) {
      completion.timed_out = true;
    }
    if (completion.timed_out) kill(-*pid, SIGKILL);
    std::this_thread::sleep_for(std::chrono::microseconds(200));
  }
  note_running(*pid, 0);
  kill(-*pid, SIGKILL);  // what it left behind
  if (WIFEXITED(status)) completion.exit_status = WEXITSTATUS(status);
  if (WIFSIGNALED(status)) completion.signal = WTERMSIG(status);
  return completion;
}

void end_all_commands(int signal) {
  for (auto& slot : running) {
    if (const pid_t pid = slot.load(); pid > 0) kill(-pid, signal);
  }
}

void refuse_commands(bool now) { refused = now; }

}  // namespace gradbook
