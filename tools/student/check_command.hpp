/// @file
/// The command `check`: verdicts as a student reads them, and noted in the workbook's state.
#pragma once

#include "student/check.hpp"

namespace gradbook {

struct CheckCommand {
  std::string what;                // an exercise, a module, or all when empty
  CheckOptions options = {};       // with the workbook
  bool workbook_is_given = false;  // by --workbook: one that may not be written is left alone
  bool mine = false;               // with all of the student's own files
  bool json = false;
};

/// @returns the exit code: 0 when all are done, 1 when not, 2 when a file is missing. @throws
/// UserError
int check_command(const Workshop& workshop, const CheckCommand& command);

}  // namespace gradbook
