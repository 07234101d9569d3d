// The commands of an instructor.
#include "commands.hpp"

namespace gradbook {

void add_instructor_commands(CommandLine&) {}

}  // namespace gradbook
