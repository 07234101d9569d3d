/// @file
/// A product of matrices on tensor cores: each warp multiplies tiles of 16 × 16 numbers.
#pragma once

#include "kernels/cuda.hpp"

namespace gradbook {

inline constexpr int kTensorTile = 16;  ///< rows and columns that a warp computes at once

/// c = a b, summed up as float. For blocks of 32 threads, one for each tile of the result.
/// @param a      (m, inner)
/// @param b      (inner, n)
/// @param c      (m, n), overwritten
/// @param m      rows of `c`, a multiple of 16, as are the next two
/// @param n      columns of `c`
/// @param inner  how many products each element is the sum of
__global__ void matmul_tensor(const __half* a, const __half* b, float* c, int m, int n, int inner);

}  // namespace gradbook
