/// @file
/// Every test there is: of the program, of the book, of how the code looks.
#pragma once

#include "grading/build/workshop.hpp"

namespace gradbook {

/// Runs them all and prints "N passed, N failed, N skipped" as the last line.
/// @returns  the exit code: 0 when nothing failed
int self_test(const Workshop& workshop);

}  // namespace gradbook
