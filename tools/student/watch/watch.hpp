/// @file
/// The student's program: one screen that says what to do next, and checks on every save.
#pragma once

#include "grading/build/workshop.hpp"

namespace gradbook {

struct WatchOptions {
  fs::path workbook;  // where the student's files and their state are
};

/// Watches until the student quits. Without a terminal it prints one check of the current exercise.
/// @returns the exit code: 0 when the student quits; without a terminal, that of the check.
/// @throws UserError
int run_watch(const Workshop& workshop, const WatchOptions& options);

}  // namespace gradbook
