/// @file
/// The upper rungs of the ladder: 16 bytes in one access, tiles for warps, and the next tile on its
/// way while this one is multiplied.
#pragma once

#include "09_cuda/matmul.hpp"
#include "09_cuda/matmul_pieces.hpp"

namespace gradbook {

// ---- exercise 9.10 ------------------------------------------------------------------------------

/// Four numbers of a row of a matrix, in registers: in one access of 16 bytes where four are left
/// and they start at 16 bytes, one by one elsewhere.
/// @param from  the first of them, in device memory
/// @param left  so many numbers of the row are there from here on: those beyond are 0 and not read;
///              0 or less where none is
__device__ float4 load_four(const float* from, int left);

/// The tile of C that a block of matmul_vectorised_kernel computes.
struct VectorTile {
  static constexpr int kRows = 128;          ///< of C, and of the tile of A
  static constexpr int kColumns = 128;       ///< of C, and of the tile of B
  static constexpr int kDepth = 8;           ///< columns of A's tile, rows of B's
  static constexpr int kThreads = 256;       ///< of a block, along x: 8 × 8 elements of C for each
  static constexpr int kPadded = kRows + 4;  ///< numbers from a row of A's turned tile to the next
};

/// C of `g`, by blocks of VectorTile::kThreads threads, each block for a tile of C: blockIdx.x goes
/// along the columns and blockIdx.y down the rows.
///
/// Device memory is read by load_four(). A's tile lies in shared memory turned, as (kDepth,
/// kPadded), so that a thread reads its numbers of both tiles four at a time: for each k 4 reads
/// for 64 multiply-adds. A request of shared memory never waits for a bank. Two barriers for each
/// pair of tiles.
/// @param g  what is computed; blockIdx.z is the number of the matrix in the batch
/// @param a  (m, k), rows `lda` apart; nothing beyond an edge is read
/// @param b  (k, n), rows `ldb` apart; nothing beyond an edge is read
/// @param c  (m, n), rows `ldc` apart: each element is written once, and read only where β ≠ 0
/// @see      [Boehm], "Kernel 6"; chapter 09, "The ladder"
__global__ void matmul_vectorised_kernel(Gemm g, const float* a, const float* b, float* c);

/// The tile of C that a block of matmul_warp_tiled_kernel computes, and that of each of its warps.
struct WarpTile {
  static constexpr int kRows = 128;          ///< of C, and of the tile of A
  static constexpr int kColumns = 128;       ///< of C, and of the tile of B
  static constexpr int kDepth = 16;          ///< columns of A's tile, rows of B's
  static constexpr int kThreads = 128;       ///< of a block, along x: 4 warps, 2 × 2
  static constexpr int kWarpRows = 64;       ///< of the tile of a warp
  static constexpr int kWarpColumns = 64;    ///< likewise
  static constexpr int kEachRows = 8;        ///< of the elements of a thread, in 2 pieces of 4
  static constexpr int kEachColumns = 16;    ///< likewise, in 4 pieces of 4
  static constexpr int kPadded = kRows + 4;  ///< numbers from a row of A's turned tile to the next
};

/// The same with WarpTile: the block's tile is shared out to its warps, and a warp's to its lanes,
/// 8 below each other and 4 side by side. A thread computes 8 × 16 elements: for each k 6 reads of
/// shared memory for 128 multiply-adds, and none waits for a bank.
/// @param g  as above
/// @param a  as above
/// @param b  as above
/// @param c  as above
/// @see      [Boehm], "Kernel 10"
__global__ void matmul_warp_tiled_kernel(Gemm g, const float* a, const float* b, float* c);

/// The same with each tile twice in shared memory: while the block multiplies one pair, the next is
/// on its way, first into registers and then to the other place. One barrier for each pair of
/// tiles.
/// @param g  as above
/// @param a  as above
/// @param b  as above
/// @param c  as above
__global__ void matmul_double_buffered_kernel(Gemm g, const float* a, const float* b, float* c);

}  // namespace gradbook
