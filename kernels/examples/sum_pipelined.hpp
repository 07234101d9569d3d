/// @file
/// Sums of parts of an array: while a block adds up one tile, the next one is on its way to it.
#pragma once

#include "kernels/cuda.hpp"

namespace gradbook {

inline constexpr int kPipelinedTile = 128;  ///< numbers of a tile, one for each thread

/// Adds up each row of a matrix. For blocks of kPipelinedTile threads, one for each row.
/// @param x     (rows, tiles * kPipelinedTile)
/// @param sums  (rows), overwritten
/// @param tiles  of each row
__global__ void sum_pipelined(const float* x, float* sums, int tiles);

}  // namespace gradbook
