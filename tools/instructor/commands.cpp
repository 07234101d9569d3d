// The commands of an instructor.
#include "commands.hpp"

#include <CLI/CLI.hpp>

#include "instructor/gradescope.hpp"
#include "instructor/handout.hpp"

namespace gradbook {
namespace {

void add_handout(CommandLine& line) {
  auto* command = line.add("handout", "A student's workbook, without solutions and hidden cases");
  auto options = std::make_shared<HandoutOptions>();
  auto out = std::make_shared<std::string>();
  auto without = std::make_shared<bool>(false);
  command->add_option("--modules", options->modules, "01-02, 02 or 01,03; all if left out");
  command->add_option("--out", *out, "a folder that is not there yet")->required();
  command->add_flag("--no-references", *without, "students build on their own exercises alone");
  line.on(command, [&line, options, out, without] {
    options->out = fs::absolute(*out);
    options->references = !*without;
    return run_handout(line.workshop(), *options);
  });
}

void add_gradescope(CommandLine& line) {
  auto* command = line.add("gradescope", "The autograder for Gradescope, as a zip");
  auto options = std::make_shared<GradescopeOptions>();
  auto out = std::make_shared<std::string>();
  command->add_option("--modules", options->modules, "01-02, 02 or 01,03; all if left out");
  command->add_option("--release", options->release, "how much a student reads of the result");
  command->add_option("--out", *out, "the zip to write")->required();
  line.on(command, [&line, options, out] {
    options->out = fs::absolute(*out);
    return write_gradescope(line.book(), *options);
  });
}

}  // namespace

void add_instructor_commands(CommandLine& line) {
  add_handout(line);
  add_gradescope(line);
}

}  // namespace gradbook
