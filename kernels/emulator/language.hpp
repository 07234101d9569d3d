/// @file
/// The words of CUDA C++ that kernels use, for the emulator: qualifiers, built-in variables and
/// types, barriers, warp operations and atomics, under CUDA's names and in its global namespace.
/// @see  NVIDIA, "CUDA C++ Programming Guide", C++ Language Extensions
#pragma once

#include <bit>
#include <cmath>
#include <cstdint>
#include <type_traits>

#include "kernels/emulator/device_calls.hpp"
#include "kernels/emulator/math.hpp"
#include "kernels/emulator/vectors.hpp"
#include "kernels/source_location.hpp"

#define __global__
#define __device__
#define __host__
#define __constant__ static const
#define __forceinline__ __attribute__((always_inline)) inline
#define __launch_bounds__(...)
#define __align__(bytes) __attribute__((aligned(bytes)))

/// One array for each block: a worker thread runs one block at a time. In a function it is
/// `__shared__ float tile[16][16];`. What is as large as the launch says is declared as
/// `extern __shared__ float shared[];`, outside of any anonymous namespace, under one of the names
/// in shared_names.cpp.
#define __shared__ thread_local

/// Sizes of a grid or of a block.
struct dim3 {
  unsigned x;  ///< the fastest
  unsigned y;  ///< the next
  unsigned z;  ///< the slowest

  /// x × y × z of them; a number alone is x.
  constexpr dim3(unsigned x = 1, unsigned y = 1, unsigned z = 1)  // NOLINT: as CUDA's
      : x(x), y(y), z(z) {}
};

/// A place in a grid or in a block.
struct uint3 {
  unsigned x;  ///< the fastest
  unsigned y;  ///< the next
  unsigned z;  ///< the slowest
};

/// The three of them.
inline uint3 make_uint3(unsigned x, unsigned y, unsigned z) { return {x, y, z}; }

extern __thread uint3 threadIdx;     ///< which thread of its block
extern __thread uint3 blockIdx;      ///< which block of the grid
extern __thread dim3 blockDim;       ///< threads of a block
extern __thread dim3 gridDim;        ///< blocks of the grid
inline constexpr int warpSize = 32;  ///< threads that go together

// ---- memory -------------------------------------------------------------------------------------

/// *address, by way of the cache for what no thread writes.
template <class T>
T __ldg(const T* address) {
  return *address;
}

/// What this thread wrote before can be seen by whoever sees what it writes after.
inline void __threadfence() { gradbook::emulator::fence(); }
/// The same, for its block.
inline void __threadfence_block() {}

// ---- barriers and warp operations ---------------------------------------------------------------

/// Waits until all threads of the block are here.
inline void __syncthreads(gradbook::SourceLocation where = gradbook::SourceLocation::current()) {
  gradbook::emulator::wait_for_block(where);
}

/// Waits until these lanes of the warp are here; what they wrote can be seen by each other then.
inline void __syncwarp(unsigned mask = 0xffffffff,
                       gradbook::SourceLocation where = gradbook::SourceLocation::current()) {
  gradbook::emulator::exchange(gradbook::emulator::WarpOp::sync, mask, 0, 0, warpSize, where);
}

namespace gradbook::emulator {

/// A shuffle of any type that fits into 8 bytes.
template <class T>
T shuffle(WarpOp op, unsigned mask, T value, int lane, int width, gradbook::SourceLocation where) {
  static_assert(sizeof(T) <= 8 && std::is_trivially_copyable_v<T>);
  std::uint64_t bits = 0;
  __builtin_memcpy(&bits, &value, sizeof value);
  bits = exchange(op, mask, bits, lane, width, where);
  __builtin_memcpy(&value, &bits, sizeof value);
  return value;
}

}  // namespace gradbook::emulator

/// The value of lane `source` of each group of `width` lanes.
template <class T>
T __shfl_sync(unsigned mask, T value, int source, int width = warpSize,
              gradbook::SourceLocation where = gradbook::SourceLocation::current()) {
  return gradbook::emulator::shuffle(gradbook::emulator::WarpOp::shuffle, mask, value, source,
                                     width, where);
}

/// The value of the lane `delta` below; the own where there is none in the group.
template <class T>
T __shfl_up_sync(unsigned mask, T value, unsigned delta, int width = warpSize,
                 gradbook::SourceLocation where = gradbook::SourceLocation::current()) {
  return gradbook::emulator::shuffle(gradbook::emulator::WarpOp::shuffle_up, mask, value,
                                     static_cast<int>(delta), width, where);
}

/// The value of the lane `delta` above; the own where there is none in the group.
template <class T>
T __shfl_down_sync(unsigned mask, T value, unsigned delta, int width = warpSize,
                   gradbook::SourceLocation where = gradbook::SourceLocation::current()) {
  return gradbook::emulator::shuffle(gradbook::emulator::WarpOp::shuffle_down, mask, value,
                                     static_cast<int>(delta), width, where);
}

/// The value of the lane whose number differs by `lanes`, bit by bit.
template <class T>
T __shfl_xor_sync(unsigned mask, T value, int lanes, int width = warpSize,
                  gradbook::SourceLocation where = gradbook::SourceLocation::current()) {
  return gradbook::emulator::shuffle(gradbook::emulator::WarpOp::shuffle_xor, mask, value, lanes,
                                     width, where);
}

/// A bit for each lane of `mask` whose predicate is not 0.
inline unsigned __ballot_sync(
    unsigned mask, int predicate,
    gradbook::SourceLocation where = gradbook::SourceLocation::current()) {
  return static_cast<unsigned>(gradbook::emulator::exchange(
      gradbook::emulator::WarpOp::ballot, mask, predicate != 0, 0, warpSize, where));
}

/// Whether the predicate of each lane of `mask` is not 0.
inline int __all_sync(unsigned mask, int predicate,
                      gradbook::SourceLocation where = gradbook::SourceLocation::current()) {
  return __ballot_sync(mask, predicate, where) == mask;
}

/// Whether the predicate of any lane of `mask` is not 0.
inline int __any_sync(unsigned mask, int predicate,
                      gradbook::SourceLocation where = gradbook::SourceLocation::current()) {
  return __ballot_sync(mask, predicate, where) != 0;
}

/// The lanes of the warp that run at the moment.
inline unsigned __activemask() { return gradbook::emulator::active_lanes(); }

/// The bits of a float as an int.
inline int __float_as_int(float x) { return std::bit_cast<int>(x); }
/// The bits of an int as a float.
inline float __int_as_float(int bits) { return std::bit_cast<float>(bits); }
/// How many bits are 1.
inline int __popc(unsigned bits) { return __builtin_popcount(bits); }
/// The place of the lowest bit that is 1, from 1 on; 0 where none is.
inline int __ffs(int bits) { return __builtin_ffs(bits); }
