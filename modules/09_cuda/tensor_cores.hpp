/// @file
/// Products of matrices by tensor cores, which multiply tiles of 16 × 16 numbers in one operation.
///
/// The factors are numbers of 16 bits, and the sums of 32. Memory decides what is allowed: a tile
/// that a warp loads or stores begins at a multiple of 32 bytes, and its rows lie a multiple of 16
/// bytes apart, in device memory as in shared memory.
#pragma once

#include "00_course/not_started.hpp"
#include "09_cuda/matmul.hpp"
#include "kernels/device.hpp"

namespace gradbook {

// ---- exercise 9.12 ------------------------------------------------------------------------------

inline constexpr int kFragment = 16;  ///< rows and columns of what a warp multiplies in one go
inline constexpr int kWmmaTile = 32;  ///< rows and columns of C that a block of four warps computes

/// C of `g` where all tiles are whole: m, n and k are multiples of 16, lda and ldb of 8, ldc of 4,
/// the strides of the batch of 16, and the matrices begin where DeviceBuffers do. For blocks of one
/// warp, each for 16 × 16 elements of C: blockIdx.x goes along its columns, blockIdx.y down its
/// rows. Nothing is kept in shared memory.
/// @param g  what is computed; blockIdx.z is the number of the matrix in the batch
/// @param a  (m, k), rows `lda` apart
/// @param b  (k, n), rows `ldb` apart
/// @param c  (m, n), rows `ldc` apart, overwritten, and read only where β ≠ 0
/// @see      NVIDIA, "CUDA C++ Programming Guide", Warp Matrix Functions
__global__ void matmul_fragments_kernel(Gemm g, const __half* a, const __half* b, float* c);

/// C of `g` for any m, n, k and any distances between rows. For blocks of 128 threads, four warps
/// in two rows of two, each for 16 × 16 of the block's 32 × 32 elements of C: blockIdx.x goes along
/// its columns, blockIdx.y down its rows.
///
/// 16 columns of A and 16 rows of B at a time lie in shared memory, with 0 beyond the edges, so
/// that a block reads each number that it needs once from device memory: 2k / 32 for each element
/// of C, fewer at an edge. No warp waits for a bank while it loads its tiles from there: rows that
/// are 8 numbers longer than they need to be make it so.
/// @param g  what is computed; blockIdx.z is the number of the matrix in the batch
/// @param a  (m, k), rows `lda` apart; nothing beyond an edge is read
/// @param b  (k, n), rows `ldb` apart; nothing beyond an edge is read
/// @param c  (m, n), rows `ldc` apart: each element is written once, and read only where β ≠ 0
__global__ void matmul_wmma_kernel(Gemm g, const __half* a, const __half* b, float* c);

}  // namespace gradbook
