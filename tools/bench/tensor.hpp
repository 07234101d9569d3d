/// @file
/// How fast the loops and the product of module 03 are, beside PyTorch, OpenBLAS and xtensor.
#pragma once

#include "grading/build/workshop.hpp"

namespace gradbook {

/// P7 to P13. @param against  beside the peers, and then the tables of chapter 03 are written anew;
/// otherwise ours alone. @returns the exit code: 1 where a goal was missed
int bench_tensor(const Workshop& workshop, int turns, bool against);

}  // namespace gradbook
