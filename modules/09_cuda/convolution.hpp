/// @file
/// Convolutions, whose neighbouring outputs want the same numbers: read once into shared memory,
/// and used often from there.
#pragma once

#include "00_course/not_started.hpp"
#include "kernels/device.hpp"

namespace gradbook {

/// Numbers of the longest filter, along each axis.
inline constexpr int kMostTaps = 17;

// ---- exercise 9.6 -------------------------------------------------------------------------------

/// y[i] = Σₖ w[k] · x[i + k − taps / 2] over k < taps, where x is 0 before its beginning and after
/// its end. Thread i of the grid has output i; threads beyond n have none, and may be most of a
/// block.
///
/// As layers of networks have it, w is not turned round. A block reads the numbers of x that its
/// outputs want once each, and w once, and all else from shared memory. Blocks have 1 to 1024
/// threads.
/// @param x     (n)
/// @param w     (taps)
/// @param y     (n), overwritten; it is not x
/// @param n     at least 0, and at most as many as there are threads
/// @param taps  odd, 1 to kMostTaps
/// @see         chapter 09, "Read once, use often"
__global__ void convolve_kernel(const float* x, const float* w, float* y, int n, int taps);

/// The same along two axes: y[i, j] = Σₖ Σₗ w[k, l] · x[i + k − taps / 2, j + l − taps / 2], where
/// x is 0 outside. x of a thread goes along a row, y from row to row; threads beyond the matrix
/// have no output. All are in row-major order.
///
/// A block reads the numbers of x that its outputs want once each, and w once. Blocks have 1 to 32
/// threads along each axis.
/// @param x        (rows, columns)
/// @param w        (taps, taps)
/// @param y        (rows, columns), overwritten; it is not x
/// @param rows     at least 0, and at most as many as there are threads along y
/// @param columns  at least 0, and at most as many as there are threads along x
/// @param taps     odd, 1 to kMostTaps
/// @see            chapter 09, "Read once, use often"
__global__ void convolve_2d_kernel(const float* x, const float* w, float* y, int rows, int columns,
                                   int taps);

}  // namespace gradbook
