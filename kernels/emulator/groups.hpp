/// @file
/// CUDA's cooperative groups, for the emulator: what a kernel includes with kernels/cuda.hpp.
#pragma once

#include "kernels/emulator/language.hpp"
#include "kernels/source_location.hpp"

/// Groups of threads that work together.
namespace cooperative_groups {

/// All threads of a block.
struct thread_block {
  /// __syncthreads.
  void sync(gradbook::SourceLocation where = gradbook::SourceLocation::current()) const {
    __syncthreads(where);
  }
  /// The number of this thread.
  unsigned thread_rank() const {
    return threadIdx.x + blockDim.x * (threadIdx.y + blockDim.y * threadIdx.z);
  }
  /// How many there are.
  unsigned size() const { return blockDim.x * blockDim.y * blockDim.z; }
};

/// The block of this thread.
inline thread_block this_thread_block() { return {}; }

/// `kSize` threads of a warp that follow each other.
template <unsigned kSize>
class thread_block_tile {
 public:
  static_assert(kSize > 0 && kSize <= 32 && (kSize & (kSize - 1)) == 0, "a power of 2, at most 32");
  /// The number of this thread in it.
  unsigned thread_rank() const { return this_thread_block().thread_rank() % kSize; }
  /// kSize.
  static constexpr unsigned size() { return kSize; }
  /// __syncwarp of these.
  void sync(gradbook::SourceLocation where = gradbook::SourceLocation::current()) const {
    __syncwarp(mask(), where);
  }
  /// __shfl_sync of these.
  template <class T>
  T shfl(T value, int source,
         gradbook::SourceLocation where = gradbook::SourceLocation::current()) const {
    return __shfl_sync(mask(), value, source, kSize, where);
  }
  /// __shfl_down_sync of these.
  template <class T>
  T shfl_down(T value, unsigned delta,
              gradbook::SourceLocation where = gradbook::SourceLocation::current()) const {
    return __shfl_down_sync(mask(), value, delta, kSize, where);
  }
  /// __shfl_xor_sync of these.
  template <class T>
  T shfl_xor(T value, int lanes,
             gradbook::SourceLocation where = gradbook::SourceLocation::current()) const {
    return __shfl_xor_sync(mask(), value, lanes, kSize, where);
  }

 private:
  unsigned mask() const {
    const unsigned lane = this_thread_block().thread_rank() % warpSize;
    return (kSize == 32 ? 0xffffffff : (1u << kSize % 32) - 1) << lane / kSize * kSize;
  }
};

/// Cuts a block into tiles.
template <unsigned kSize>
thread_block_tile<kSize> tiled_partition(const thread_block&) {
  return {};
}

}  // namespace cooperative_groups
