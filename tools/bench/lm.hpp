/// @file
/// How fast a recurrent language model is trained, beside PyTorch.
#pragma once

#include "grading/build/workshop.hpp"

namespace gradbook {

/// P3 and P4. @param against  beside PyTorch, and then the table of chapter 07 is written anew;
/// otherwise ours alone. @returns the exit code: 1 where a goal was missed, or a step allocates
int bench_lm(const Workshop& workshop, int turns, bool against);

}  // namespace gradbook
