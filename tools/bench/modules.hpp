/// @file
/// How fast a step of training is, by hand and by modules, beside PyTorch.
#pragma once

#include "grading/build/workshop.hpp"

namespace gradbook {

/// P5. @param against  beside PyTorch, and then the table of chapter 06 is written anew; otherwise
/// ours alone. @returns the exit code: 1 where a goal was missed, or a step allocates
int bench_modules(const Workshop& workshop, int turns, bool against);

}  // namespace gradbook
