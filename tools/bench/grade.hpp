/// @file
/// How long grading takes: one submission beside a plain CMake build, and a whole class.
#pragma once

#include "grading/build/workshop.hpp"

namespace gradbook {

/// P17, and a class of 100 students. @returns the exit code: 1 where a goal was missed
int bench_grade(const Workshop& workshop, int turns);

}  // namespace gradbook
