/// @file
/// The sum of what each block is given: a tree in shared memory, then shuffles within one warp.
#pragma once

#include "kernels/cuda.hpp"

namespace gradbook {

/// sums[b] = the sum of x over the elements of block b. For blocks of 32, 64, …, 1024 threads,
/// which is a power of 2, with a float of shared memory for each thread.
/// @param x     (n)
/// @param sums  (blocks), overwritten
/// @param n     how many elements; threads beyond them bring 0
__global__ void reduce_block(const float* x, float* sums, int n);

}  // namespace gradbook
