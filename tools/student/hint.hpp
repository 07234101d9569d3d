/// @file
/// The command `hint`: a nudge, the idea, almost the answer, one more each time.
#pragma once

#include "student/progress.hpp"

namespace gradbook {

/// Takes the next hint of the exercise, notes that, and tells it; all three once all are taken.
/// A state that cannot be written keeps nobody from a hint: the first that is not known to be taken
/// is told, with a line about it.
std::string hint(Progress& progress, const Exercise& exercise, std::size_t columns);

/// Hint number `n` of three (from 1), under its heading. (For the screen of watch too.)
std::string hint_text(const Exercise& exercise, int n, std::size_t columns);

}  // namespace gradbook
