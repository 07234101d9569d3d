#include "commands.hpp"

#include <CLI/CLI.hpp>
#include <cstdlib>

namespace gradbook {

CommandLine::CommandLine()
    : app_(std::make_unique<CLI::App>(
          "gradbook: build a deep-learning framework, exercise by exercise")) {
  // Set by the launcher
  if (const char* root = std::getenv("GRADBOOK_ROOT"); root != nullptr) root_ = root;
  app_->require_subcommand(0, 1);
  app_->footer("Without a command, gradbook watches: it says what is next and checks every save.");
  app_->add_option("--root", root_, "the workbook's folder")->check(CLI::ExistingDirectory);
  app_->add_option("--preset", preset_,
                   "the build tree below build/ to use: student, fast or asan");
  app_->add_option("--workbook", workbook_, "watch the exercise files of this copy");
}

CommandLine::~CommandLine() = default;

CLI::App* CommandLine::add(const char* name, const char* says) {
  return app_->add_subcommand(name, says);
}

void CommandLine::on(CLI::App* command, std::function<int()> action) {
  command->callback([this, action = std::move(action)] { chosen_ = action; });
}

void CommandLine::add_workbook(CLI::App* command) {
  command->add_option("--workbook", workbook_, "take the student's files from this copy");
}

bool CommandLine::preset_is_given() const { return app_->count("--preset") > 0; }

const Book& CommandLine::book() {
  if (!book_) book_ = std::make_unique<const Book>(fs::canonical(root_));
  return *book_;
}

const Workshop& CommandLine::workshop() {
  if (!workshop_)
    workshop_ = std::make_unique<const Workshop>(book(), book().root() / "build" / preset_);
  return *workshop_;
}

fs::path CommandLine::workbook() {
  return workbook_.empty() ? book().root() : fs::absolute(workbook_);
}

int CommandLine::run(int argc, char** argv, const std::function<int()>& otherwise) {
  try {
    app_->parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app_->exit(error) == 0 ? kDone : kBadInput;
  }
  return chosen_ ? chosen_() : otherwise();
}

}  // namespace gradbook
