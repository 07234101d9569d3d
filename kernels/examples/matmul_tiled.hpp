/// @file
/// A product of matrices in which a block reads each number once for a whole tile of the result.
#pragma once

#include "kernels/cuda.hpp"

namespace gradbook {

inline constexpr int kMatmulTile = 16;  ///< rows and columns of the result that a block computes

/// c = a b. For blocks of (16, 16) threads, one for each tile of the result.
/// @param a      (m, inner)
/// @param b      (inner, n)
/// @param c      (m, n), overwritten
/// @param m      rows of `c`
/// @param n      columns of `c`
/// @param inner  how many products each element is the sum of
__global__ void matmul_tiled(const float* a, const float* b, float* c, int m, int n, int inner);

}  // namespace gradbook
