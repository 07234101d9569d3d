/// @file
/// The smallest kernel there is: one thread for each element.
#pragma once

#include "kernels/cuda.hpp"

namespace gradbook {

/// sum[i] = a[i] + b[i] for i < n. For blocks of any size, n threads or more in all.
/// @param a    (n)
/// @param b    (n)
/// @param sum  (n), overwritten
/// @param n    how many elements; threads beyond them do nothing
__global__ void vector_add(const float* a, const float* b, float* sum, int n);

}  // namespace gradbook
