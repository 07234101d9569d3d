// The gradbook program: one command line for students, instructors and authors.
#include <fmt/format.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

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

// Judges and public tests are programs of GoogleTest: which tests they run is not for whoever sets
// a variable to say
void forget_variables_of_googletest() {
  std::vector<std::string> names;
  for (char** variable = environ; *variable != nullptr; ++variable) {
    const std::string_view text = *variable;
    if (text.starts_with("GTEST_")) names.emplace_back(text.substr(0, text.find('=')));
  }
  for (const std::string& name : names) unsetenv(name.c_str());
}

}  // namespace
}  // namespace gradbook

int main(int argc, char** argv) {
  gradbook::forget_variables_of_googletest();
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
