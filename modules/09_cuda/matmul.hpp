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

// ---- exercise 9.7 -------------------------------------------------------------------------------

/// C of `g`, one element for each thread. Threads beyond C do nothing.
///
/// threadIdx.x and blockIdx.x go down the rows of C, threadIdx.y and blockIdx.y along its columns:
/// the threads of a warp have a column in common, and read numbers that lie a whole row apart.
/// @param g  what is computed; blockIdx.z is the number of the matrix in the batch
/// @param a  (m, k), rows `lda` apart; not read where k is 0
/// @param b  (k, n), rows `ldb` apart; not read where k is 0
/// @param c  (m, n), rows `ldc` apart: each element is written once, and read only where β ≠ 0
/// @see      chapter 09, "The ladder"
__global__ void matmul_naive_kernel(Gemm g, const float* a, const float* b, float* c);

/// The same, with threadIdx.x and blockIdx.x along the columns of C and y down its rows: the
/// threads of a warp have a row in common, and read numbers side by side.
/// @param g  as above
/// @param a  as above
/// @param b  as above
/// @param c  as above
__global__ void matmul_coalesced_kernel(Gemm g, const float* a, const float* b, float* c);

// ---- exercise 9.8 -------------------------------------------------------------------------------

inline constexpr int kGemmTile = 16;  ///< T: rows and columns of C that a block computes

/// C of `g`, by blocks of (T, T) threads, each for a tile of C: blockIdx.x goes along the columns
/// and blockIdx.y down the rows.
///
/// The tile of A and that of B which are multiplied lie in shared memory: of device memory a block
/// reads k · T numbers of A and of B, or fewer at an edge, which are 2k / T for each element. Two
/// barriers for each pair of tiles; none is needed where k is 0.
/// @param g  what is computed; blockIdx.z is the number of the matrix in the batch
/// @param a  (m, k), rows `lda` apart; nothing beyond an edge is read
/// @param b  (k, n), rows `ldb` apart; nothing beyond an edge is read
/// @param c  (m, n), rows `ldc` apart: each element is written once, and read only where β ≠ 0
/// @see      [CUDA], "Shared Memory"; chapter 09, "The ladder"
__global__ void matmul_tiled_kernel(Gemm g, const float* a, const float* b, float* c);

}  // namespace gradbook
