// The gradbook program: one command line for students, instructors and authors.
#include <fmt/format.h>
#include <unistd.h>

#include <csignal>

#include "commands.hpp"
#include "system/process.hpp"

namespace gradbook {
namespace {

int run_program(int argc, char** argv) {
  CommandLine line;
  add_student_commands(line);
#ifdef GRADBOOK_HAS_INSTRUCTOR
  add_instructor_commands(line);
#endif
#ifdef GRADBOOK_HAS_AUTHOR
  add_author_commands(line);
#endif
  return line.run(argc, argv, [&] { return watch_command(line); });
}

}  // namespace
}  // namespace gradbook

int main(int argc, char** argv) {
  // Ctrl-C leaves nothing running behind it
  const auto leave = [](int number) {
    gradbook::refuse_commands(true);
    gradbook::end_all_commands();
    _exit(128 + number);
  };
  std::signal(SIGINT, leave);
  std::signal(SIGTERM, leave);
  try {
    return gradbook::run_program(argc, argv);
  } catch (const gradbook::UserError& error) {
    fmt::print(stderr, "gradbook: {}\n", error.what());
  } catch (const std::exception& error) {
    fmt::print(stderr, "gradbook: {} (this is a fault of gradbook's: please report it)\n",
               error.what());
  }
  return gradbook::kBadInput;
}
