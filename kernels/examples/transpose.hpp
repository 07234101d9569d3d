/// @file
/// A transpose that reads and writes whole rows, by way of shared memory.
#pragma once

#include "kernels/cuda.hpp"

namespace gradbook {

inline constexpr int kTransposeTile = 32;  ///< rows and columns that a block transposes
inline constexpr int kTransposeRows = 8;   ///< rows that it reads at a time

/// out[j][i] = in[i][j]. For blocks of (32, 8) threads, one for each tile of 32 × 32 elements.
/// @param in       (rows, columns)
/// @param out      (columns, rows), overwritten
/// @param rows     of `in`
/// @param columns  of `in`
__global__ void transpose(const float* in, float* out, int rows, int columns);

}  // namespace gradbook
