/// @file
/// How fast CUDA kernels run without a GPU, beside other ways to do so.
#pragma once

#include "grading/build/workshop.hpp"

namespace gradbook {

/// P18. @param against  beside a std::thread for each CUDA thread and numba's simulator, and then
/// kernels/tables/emulator.md is written anew; otherwise ours alone. @returns the exit code: 1
/// where a goal was missed, or a kernel of ours did not run or computed something else
int bench_emulator(const Workshop& workshop, int turns, bool against);

}  // namespace gradbook
