/// @file
/// Many numbers into one: by a tree in shared memory, and by warps that hand their registers on.
#pragma once

#include "00_course/not_started.hpp"
#include "09_cuda/scalar_functions.hpp"
#include "kernels/device.hpp"

namespace gradbook {

// ---- exercise 9.4 -------------------------------------------------------------------------------

/// partial[b] = all numbers that block b comes to, folded into one. Thread i of the grid folds x[i]
/// and on by as many as there are threads in the grid; the block folds what its threads have by a
/// tree in shared memory.
///
/// Its blocks have a power of two of threads, 1 to 1024. With block = 2ᵏ it takes at most k + 1
/// barriers, and the threads that still work are the first ones.
/// @param op       how two become one
/// @param x        (n)
/// @param partial  (blocks of the grid), overwritten; start_of(op) by a block that came to nothing
/// @param n        at least 0
/// @see            [Harris]; chapter 09, "Many into one"
__global__ void reduce_block_kernel(ReduceOp op, const float* x, float* partial, int n);

/// Folds what the lanes of a warp hold, by shuffles alone. All its lanes must come here.
///
/// It is of the device, so kernels of its own file can call it and no others.
/// @param op     how two become one
/// @param mine   what this lane holds
/// @param lanes  of this warp that the block has: 32, or fewer in the last warp of a block whose
///               size is no multiple of 32
/// @returns      in lane 0 all of them folded; in other lanes any number
__device__ float fold_lanes(ReduceOp op, float mine, unsigned lanes);

/// y[r] = row r of x, folded into one by block r: by shuffles within each warp, and then by those
/// of the first warp. Blocks have 1 to 1024 threads, any number of them.
///
/// Each warp writes one number to shared memory at most, and a block has two barriers at most.
/// @param op       how two become one
/// @param x        (rows, columns); rows are the blocks of the grid
/// @param y        (rows), overwritten
/// @param columns  at least 0; a row of none is start_of(op)
/// @see            chapter 09, "Many into one"
__global__ void reduce_warp_kernel(ReduceOp op, const float* x, float* y, int columns);

/// n numbers of the device, folded into one by two launches: the first has a block for
/// every few hundred of them, but at most 1024, and each leaves one number; the second is a single
/// block that folds these.
/// @param op  how two become one
/// @param x   (n), in memory of the device
/// @param n   at least 0; for 0 nothing is launched
/// @returns   start_of(op) where n is 0
float reduce_on_device(ReduceOp op, const float* x, int n);

}  // namespace gradbook
