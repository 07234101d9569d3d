/// @file
/// What a kernel calls of the emulator, behind the words of CUDA.
#pragma once

#include <cstddef>
#include <cstdint>

#include "kernels/source_location.hpp"

namespace gradbook::emulator {

/// What the lanes of a warp do together.
enum class WarpOp {
  sync,
  shuffle,
  shuffle_up,
  shuffle_down,
  shuffle_xor,
  ballot,
  matrix_place,   ///< all bring the address of one tile
  matrix_product  ///< all bring a MatrixProduct
};

/// Waits until all threads of the block are here.
void wait_for_block(const SourceLocation& where);

/// Gives `bits` to the lanes of `mask`, and waits for theirs.
/// @param lane   which lane's, or how far away: as `op` says
/// @param width  of the groups within a warp: 1, 2, 4, …, 32
/// @returns      what `op` gives this lane
std::uint64_t exchange(WarpOp op, unsigned mask, std::uint64_t bits, int lane, int width,
                       const SourceLocation& where);

/// The lanes of this warp that have not ended.
unsigned active_lanes();

/// __threadfence.
void fence();

/// One access of `size` bytes that reads, and one that writes.
void copy(void* to, const void* from, std::size_t size);

/// Begins an atomic operation on *address: nobody else is in one until let_go.
/// @returns  whether there is anything to let go
bool hold(void* address, std::size_t size);
/// Ends it.
void let_go(bool held);

/// *address, which is held.
template <class Bits>
__attribute__((no_sanitize("thread"))) Bits load_held(const void* address) {
  return *static_cast<const volatile Bits*>(address);
}
/// *address = bits, which is held.
template <class Bits>
__attribute__((no_sanitize("thread"))) void store_held(void* address, Bits bits) {
  *static_cast<volatile Bits*>(address) = bits;
}

}  // namespace gradbook::emulator
