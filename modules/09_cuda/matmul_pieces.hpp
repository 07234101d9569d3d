/// @file
/// What the upper rungs of the ladder do alike when they are done: one element of C, or four.
#pragma once

#include <cstdint>

#include "09_cuda/matmul.hpp"

// Before a loop: nvcc writes it out, so that an array which is indexed by its counter can stay in
// registers. Elsewhere `#pragma unroll` would be a warning.
#ifdef __CUDACC__
#define GRADBOOK_UNROLL _Pragma("unroll")
#else
#define GRADBOOK_UNROLL
#endif

namespace gradbook {

/// Whether 16 bytes may be read or written here in one go.
/// @param address  of memory of any kind
__device__ inline bool starts_sixteen(const float* address) {
  return reinterpret_cast<std::uintptr_t>(address) % 16 == 0;
}

/// Writes α · sum + β · C to an element of C, or nothing beyond the edge; what C holds is read only
/// where β ≠ 0.
/// @param g       what is computed
/// @param c       the first element of this matrix of the batch
/// @param row     of the element
/// @param column  of the element
/// @param sum     Σ a · b of it
__device__ inline void write_element(const Gemm& g, float* c, int row, int column, float sum) {
  if (row >= g.m || column >= g.n) return;
  float* element = c + static_cast<long long>(row) * g.ldc + column;
  float result = g.alpha * sum;
  if (g.beta != 0) result += g.beta * *element;
  *element = result;
}

/// The same for four elements side by side, in one access where they start at 16 bytes.
/// @param g       what is computed
/// @param c       the first element of this matrix of the batch
/// @param row     of the four
/// @param column  of the first
/// @param sums    of the four
__device__ inline void write_four(const Gemm& g, float* c, int row, int column, const float* sums) {
  if (row >= g.m) return;
  float* four = c + static_cast<long long>(row) * g.ldc + column;
  if (column + 4 > g.n || !starts_sixteen(four)) {
    for (int i = 0; i < 4; ++i) write_element(g, c, row, column + i, sums[i]);
    return;
  }
  float4 result =
      make_float4(g.alpha * sums[0], g.alpha * sums[1], g.alpha * sums[2], g.alpha * sums[3]);
  if (g.beta != 0) {
    const float4 before = *reinterpret_cast<const float4*>(four);
    result.x += g.beta * before.x;
    result.y += g.beta * before.y;
    result.z += g.beta * before.z;
    result.w += g.beta * before.w;
  }
  *reinterpret_cast<float4*>(four) = result;
}

/// Reads four numbers of shared memory in one access.
/// @param from  where they start, a multiple of 16 bytes
/// @param to    four registers
__device__ inline void read_four(const float* from, float* to) {
  const float4 four = *reinterpret_cast<const float4*>(from);
  to[0] = four.x;
  to[1] = four.y;
  to[2] = four.z;
  to[3] = four.w;
}

}  // namespace gradbook
