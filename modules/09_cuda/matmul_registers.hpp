/// @file
/// Rungs of the ladder whose threads compute more than one element each, in registers.
#pragma once

#include "09_cuda/matmul.hpp"
#include "09_cuda/matmul_pieces.hpp"

namespace gradbook {

// ---- exercise 9.9 -------------------------------------------------------------------------------

/// The tile of C that a block of matmul_register_1d_kernel computes.
struct RegisterTile1d {
  static constexpr int kRows = 64;     ///< of C, and of the tile of A
  static constexpr int kColumns = 64;  ///< of C, and of the tile of B
  static constexpr int kDepth = 8;     ///< columns of A's tile, rows of B's
  static constexpr int kEach = 8;      ///< elements of a thread: rows in a row
  static constexpr int kThreads = kRows * kColumns / kEach;  ///< of a block, along x
};

/// C of `g`, by blocks of RegisterTile1d::kThreads threads, each block for a tile of C: blockIdx.x
/// goes along the columns and blockIdx.y down the rows.
///
/// A thread computes kEach elements one below the other, whose sums it keeps in registers. For each
/// k it reads one number of B's tile, and uses it kEach times: 9 reads of shared memory for 8
/// multiply-adds. Of device memory a block reads k · (kRows + kColumns) numbers, or fewer at an
/// edge. Two barriers for each pair of tiles.
/// @param g  what is computed; blockIdx.z is the number of the matrix in the batch
/// @param a  (m, k), rows `lda` apart; nothing beyond an edge is read
/// @param b  (k, n), rows `ldb` apart; nothing beyond an edge is read
/// @param c  (m, n), rows `ldc` apart: each element is written once, and read only where β ≠ 0
/// @see      [Boehm], "Kernel 4"; chapter 09, "The ladder"
__global__ void matmul_register_1d_kernel(Gemm g, const float* a, const float* b, float* c);

/// The tile of C that a block of matmul_register_2d_kernel computes.
struct RegisterTile2d {
  static constexpr int kRows = 128;       ///< of C, and of the tile of A
  static constexpr int kColumns = 128;    ///< of C, and of the tile of B
  static constexpr int kDepth = 8;        ///< columns of A's tile, rows of B's
  static constexpr int kEachRows = 8;     ///< of the square of C that a thread computes
  static constexpr int kEachColumns = 8;  ///< likewise
  static constexpr int kThreads = kRows * kColumns / kEachRows / kEachColumns;  ///< along x
};

/// The same with RegisterTile2d: a thread computes a square of kEachRows × kEachColumns elements.
/// For each k it reads that many numbers of A's tile and of B's into registers, and multiplies each
/// with each: 16 reads of shared memory for 64 multiply-adds.
/// @param g  as above
/// @param a  as above
/// @param b  as above
/// @param c  as above
/// @see      [Boehm], "Kernel 5"
__global__ void matmul_register_2d_kernel(Gemm g, const float* a, const float* b, float* c);

}  // namespace gradbook
