/// @file
/// The ladder of module 09 beside cuBLAS.
#pragma once

#include "grading/build/workshop.hpp"

namespace gradbook {

/// P19 and P20. With a GPU and nvcc every rung is timed there, and kernels/tables/matmul.md is
/// written anew. Otherwise every rung runs on the emulator, and where nvcc is there, the program
/// for a GPU is built all the same. @returns the exit code: 1 where a product was wrong, one that
/// cheats was taken for honest, or a goal was missed
int bench_matmul(const Workshop& workshop);

}  // namespace gradbook
