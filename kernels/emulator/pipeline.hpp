/// @file
/// Asynchronous copies from the device into shared memory, for the emulator, under CUDA's names.
/// @see  NVIDIA, "CUDA C++ Programming Guide", Pipeline Primitives Interface
#pragma once

#include <cstddef>

#include "kernels/source_location.hpp"

namespace gradbook::emulator {

/// A copy that a thread has asked for.
struct AsyncCopy {
  void* to;           ///< in shared memory
  const void* from;   ///< on the device
  std::size_t size;   ///< 4, 8 or 16 bytes
  std::size_t zeros;  ///< how many of the last ones are set to 0 instead
};

/// Begins a copy: from now on nobody may read or write there until it was waited for.
void begin_copy(const AsyncCopy& copy, const gradbook::SourceLocation& where);
/// All copies that were begun belong to one group.
void commit_copies();
/// Ends the copies of all groups of this thread but the last `but`.
void end_copies(std::size_t but);

}  // namespace gradbook::emulator

/// Begins to copy bytes from the device into shared memory, past the registers. What was there is
/// gone, what comes is there after __pipeline_commit and __pipeline_wait_prior, for this thread;
/// for the others after a barrier behind these.
/// @param to     in shared memory, at a multiple of `size`
/// @param from   on the device, likewise
/// @param size   4, 8 or 16
/// @param zeros  how many of the last bytes are not copied, but set to 0
/// @param where  the line
__attribute__((always_inline)) inline void __pipeline_memcpy_async(
    void* __restrict__ to, const void* __restrict__ from, std::size_t size, std::size_t zeros = 0,
    gradbook::SourceLocation where = gradbook::SourceLocation::current()) {
  gradbook::emulator::begin_copy({to, from, size, zeros}, where);
}
/// The copies that this thread has begun since the last call are one group.
inline void __pipeline_commit() { gradbook::emulator::commit_copies(); }
/// Waits until the copies of all groups of this thread are done, but for the last `but` groups.
inline void __pipeline_wait_prior(std::size_t but) { gradbook::emulator::end_copies(but); }
