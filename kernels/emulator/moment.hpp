/// @file
/// When a kernel touched a place: who it was, and between which barriers.
#pragma once

#include <cstdint>

namespace gradbook::emulator {

/// A thread between two barriers, packed into 64 bits so that a cell of the shadow is small. Never
/// 0, which is "not yet".
struct Moment {
  std::uint64_t launch : 10;     ///< counted from 1 on, and again from there
  std::uint64_t block : 20;      ///< the number of the block, its lowest bits
  std::uint64_t thread : 10;     ///< the number of the thread in its block
  std::uint64_t barrier : 12;    ///< how many barriers it has passed, the lowest bits
  std::uint64_t warp_phase : 7;  ///< how many __syncwarp since, the lowest bits
  std::uint64_t bytes : 4;       ///< which of the four bytes of the cell
  std::uint64_t atomic : 1;      ///< in an atomic operation

  /// Whether anybody was there.
  explicit operator bool() const { return launch != 0; }
  /// Whether it was the same thread of the same launch.
  bool same_thread(const Moment& other) const {
    return launch == other.launch && block == other.block && thread == other.thread;
  }
};
static_assert(sizeof(Moment) == 8);

/// The launch number of what the host wrote.
inline constexpr std::uint64_t kByHost = 1023;

/// Whether a barrier lies between the two, so that their order is known. Blocks have none.
inline bool ordered(const Moment& before, const Moment& now) {
  if (before.launch != now.launch) return true;
  if (before.block != now.block) return false;
  if (before.thread == now.thread || before.barrier != now.barrier) return true;
  return before.thread / 32 == now.thread / 32 && before.warp_phase != now.warp_phase;
}

/// What is known of four bytes: who wrote them last, and who has read them since, the first reader
/// and the last other one.
struct Cell {
  Moment write{};       ///< none: they have never been written
  Moment read{};        ///< the first
  Moment other_read{};  ///< the last of another thread
};

}  // namespace gradbook::emulator
