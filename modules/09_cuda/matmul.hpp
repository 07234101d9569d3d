/// @file
/// The ladder: one product of matrices, by kernels that each do one thing better than the last.
#pragma once

#include "00_course/not_started.hpp"
#include "kernels/device.hpp"

namespace gradbook {

/// C = α · A · B + β · C, of matrices in row-major order; with blockIdx.z a batch of them.
struct Gemm {
  int m;                   ///< rows of A and of C
  int n;                   ///< columns of B and of C
  int k;                   ///< columns of A, rows of B; 0 leaves β · C
  float alpha = 1;         ///< of the product
  float beta = 0;          ///< of what C holds; with 0 it is not read, and may be NaN
  int lda = k;             ///< from a row of A to the next, at least k
  int ldb = n;             ///< from a row of B to the next, at least n
  int ldc = n;             ///< from a row of C to the next, at least n
  long long stride_a = 0;  ///< from a matrix A of the batch to the next; 0: all have the same
  long long stride_b = 0;  ///< from a matrix B of the batch to the next; 0: all have the same
  long long stride_c = 0;  ///< from a matrix C of the batch to the next
};

/// A kernel of the ladder: C of `g`. Each says what blocks and which grid it is launched with.
using GemmKernel = void (*)(Gemm g, const float* a, const float* b, float* c);

}  // namespace gradbook
