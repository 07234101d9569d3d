/// @file
/// `check --mine`: exercises together with all that the student has written, instead of with
/// references.
#pragma once

#include <span>

#include "student/check.hpp"

namespace gradbook {

/// Checks each exercise alone, then linked with the student's other files; what is not written yet
/// or does not compile comes from the reference. Where it fails only together, one file at a time
/// goes back to the reference, to name the exercise that breaks it.
/// @returns the exit code: 0 when all are done together. @throws UserError
int check_mine(const Workshop& workshop, std::span<const Exercise* const> exercises,
               const CheckOptions& options, bool live);

}  // namespace gradbook
