/// @file
/// How long a student waits: from a saved file to the verdict, beside an empty pytest run.
#pragma once

#include "grading/build/workshop.hpp"

namespace gradbook {

/// P15. @returns the exit code: 1 where the goal was missed
int bench_latency(const Workshop& workshop, int turns);

}  // namespace gradbook
