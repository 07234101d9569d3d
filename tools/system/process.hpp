/// @file
/// Runs another program with its output captured, in a process group of its own that can be ended
/// whole.
#pragma once

#include <chrono>
#include <csignal>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace gradbook {

struct Command {
  std::vector<std::string> arguments = {};    // the program first; looked up in PATH
  std::string directory = {};                 // where it runs; empty: here
  std::vector<std::string> environment = {};  // "NAME=value", added to ours
  std::chrono::milliseconds wall{0};          // ended after so long; 0: never
  std::chrono::milliseconds quiet{0};         // ended when no event came for so long; 0: never
  std::size_t output_cap = 64u << 10;         // bytes of output kept; the rest is dropped
  std::function<void(std::string_view)> on_event =
      {};  // gets what it writes to file descriptor 3, as it comes
  std::function<void(std::string_view)> on_output =
      {};  // gets what it prints, as it comes, besides
};

struct Completion {
  int exit_status = -1;  // -1 where a signal ended it
  int signal = 0;        // 0 where it ended by itself
  bool timed_out = false;
  bool output_cut = false;
  bool started = true;  // false when there is no such program
  std::string output;   // standard output and error, as they came

  bool ok() const { return started && exit_status == 0; }
};

/// Runs `command` to its end. Never throws for what the program does; its children end with it.
Completion run(const Command& command);

/// Ends the process groups of all running commands; safe in a signal handler.
void end_all_commands(int signal = SIGKILL);

/// While commands are refused, run() starts none and returns `started == false`: whoever is in the
/// middle of a row of them comes to an end soon. Safe in a signal handler.
void refuse_commands(bool refused);

}  // namespace gradbook
