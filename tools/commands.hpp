/// @file
/// The command line, put together from groups of commands: a group that is not here, as in a
/// handout, is left out.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "grading/build/workshop.hpp"

namespace CLI {
class App;
}

namespace gradbook {

constexpr int kDone = 0, kNotDone = 1, kBadInput = 2;  // exit codes

/// What the commands share; the book and its build tree are opened when a command first asks.
class CommandLine {
 public:
  CommandLine();
  ~CommandLine();
  CommandLine(const CommandLine&) = delete;
  CommandLine& operator=(const CommandLine&) = delete;

  /// A new command.
  CLI::App* add(const char* name, const char* says);

  /// What `command` does, and which exit code it gives.
  void on(CLI::App* command, std::function<int()> action);

  /// Gives `command` the option --workbook.
  void add_workbook(CLI::App* command);

  const Book& book();
  const Workshop& workshop();
  bool workbook_is_given() const { return !workbook_.empty(); }
  bool preset_is_given() const;  ///< whether --preset says what to build with
  fs::path workbook();           ///< the folder that holds the student's files

  /// Reads the arguments and does what they ask for. @param otherwise  where they name no command
  /// @returns the exit code. @throws UserError
  int run(int argc, char** argv, const std::function<int()>& otherwise);

 private:
  std::string root_ = ".", preset_ = "student", workbook_;
  std::unique_ptr<CLI::App> app_;
  std::function<int()> chosen_;
  std::unique_ptr<const Book> book_;
  std::unique_ptr<const Workshop> workshop_;
};

/// What a student needs: check, list, hint, docs, reset, show, run.
void add_student_commands(CommandLine& line);

/// What an author of exercises needs: verify, author, bench, demo, test.
void add_author_commands(CommandLine& line);

/// What an instructor needs.
void add_instructor_commands(CommandLine& line);

/// `gradbook` without a command watches.
int watch_command(CommandLine& line);

}  // namespace gradbook
