/// @file
/// The command `show kernel`: what a student's kernels cost in the public tests of their exercise,
/// and which thread of a block touches what.
#pragma once

#include "student/show.hpp"

namespace gradbook {

/// Runs the public tests of an exercise with every launch written down. Prints a table of the
/// launches, and draws one of them: the first block's accesses of each array, barrier by barrier.
/// @param launch   which is drawn, as the table numbers them; 0: the one that touches most
/// @param columns  how many elements a row of the drawn arrays has
/// @returns the exit code. @throws UserError where the exercise has no kernels, where it does not
/// compile or launches nothing, and for a launch that is not there
int show_kernel(const Workshop& workshop, const ShowOptions& options, std::size_t launch,
                std::size_t columns);

}  // namespace gradbook
