/// @file
/// The first kernels: one result for each thread, or a few.
#pragma once

#include "00_course/not_started.hpp"
#include "09_cuda/scalar_functions.hpp"
#include "kernels/device.hpp"

namespace gradbook {

// ---- exercise 9.1 -------------------------------------------------------------------------------

/// How many blocks it takes until there is a thread for each of n things: n / threads, rounded up.
/// @param n        at least 0
/// @param threads  of a block, at least 1
/// @returns        0 where n is 0, for which nothing is to be launched
unsigned blocks_for(int n, unsigned threads);

/// c[i] = a[i] + b[i] for i < n, one for each thread. Threads beyond n do nothing.
/// @param a  (n)
/// @param b  (n)
/// @param c  (n), overwritten; it may be a or b
/// @param n  at least 0, and at most as many as there are threads
/// @see      [CUDA], "Kernels"; chapter 09, "One thread, one number"
__global__ void vector_add_kernel(const float* a, const float* b, float* c, int n);

/// y[i] = op(x[i]) for i < n, for any number of threads: each takes the element of its number, and
/// goes on by as many as there are threads in the grid.
/// @param op  what is computed
/// @param x   (n)
/// @param y   (n), overwritten; it may be x
/// @param n   at least 0
__global__ void map_kernel(MapOp op, const float* x, float* y, int n);

/// c[i, j] = op(a[i, j], b[i, j]) of matrices in row-major order, one for each thread of a grid
/// with two axes: x goes along a row, y from row to row. Threads beyond the matrix do nothing.
/// @param op       what is computed
/// @param a        (rows, columns)
/// @param b        (rows, columns)
/// @param c        (rows, columns), overwritten; it may be a or b
/// @param rows     at most as many as there are threads along y
/// @param columns  at most as many as there are threads along x
__global__ void zip_kernel(ZipOp op, const float* a, const float* b, float* c, int rows,
                           int columns);

}  // namespace gradbook
