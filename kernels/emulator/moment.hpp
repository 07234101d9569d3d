/// @file
/// When a kernel touched a place: who it was, and between which barriers.
#pragma once

#include <cstdint>

namespace gradbook::emulator {

/// `bits` ones, from this place on.
constexpr std::uint64_t field(int first, int bits) {
  return ((std::uint64_t{1} << bits) - 1) << first;
}

/// A thread between two barriers, packed into 64 bits so that what is known of a place is small.
class Moment {
 public:
  /// Never.
  Moment() = default;

  /// The first of a thread.
  /// @param launch  from 1 to 1022; 1023 is the host
  /// @param block   its number
  /// @param thread  its number in its block
  Moment(std::uint64_t launch, std::uint64_t block, std::uint64_t thread)
      : bits_(launch | (block & 0xfffff) << 10 | thread << 30) {}

  /// When the host wrote.
  static Moment by_host() { return {1023, 0, 0}; }

  /// Whether anybody was there.
  explicit operator bool() const { return bits_ != 0; }

  std::uint64_t block() const { return bits_ >> 10 & 0xfffff; }  ///< the lowest bits of its number
  unsigned thread() const { return bits_ >> 30 & 1023; }         ///< its number in its block
  unsigned bytes() const { return bits_ >> 59 & 15; }            ///< which of four
  bool atomic() const { return bits_ >> 63 != 0; }               ///< in an atomic operation

  /// The same with these of four bytes, in an atomic operation or not.
  Moment touching(unsigned bytes, bool atomic) const {
    Moment m = *this;
    m.bits_ |= std::uint64_t{bytes} << 59 | std::uint64_t{atomic} << 63;
    return m;
  }

  /// After one more barrier of the block.
  /// @returns  whether their count begins again: all before must become old
  bool pass_barrier() {
    bits_ &= ~kWarpPhase;
    return count(kBarrier, kOneBarrier);
  }

  /// After one more __syncwarp. @returns  likewise, for the warp
  bool pass_warp() { return count(kWarpPhase, kOneWarpPhase); }

  /// Makes it older than any barrier that will be counted, and so ordered before.
  void become_old() { bits_ |= kBarrier; }
  /// Makes it older than any __syncwarp of this phase.
  void become_old_in_warp() { bits_ |= kWarpPhase; }

  /// Whether it was the same thread of the same launch.
  bool same_thread(Moment other) const { return ((bits_ ^ other.bits_) & kThread) == 0; }
  /// Whether it was the same warp of the same launch, between the same barriers.
  bool same_warp_phase(Moment other) const {
    return ((bits_ ^ other.bits_) & (kBlock | kWarp | kBarrier)) == 0;
  }
  /// Whether it was the same thread of the same launch, with no barrier and no __syncwarp between.
  bool same_time(Moment other) const { return ((bits_ ^ other.bits_) & kTime) == 0; }
  /// Whether it was the same block of the same launch.
  bool same_block(Moment other) const { return ((bits_ ^ other.bits_) & kBlock) == 0; }

  /// Whether a barrier, or the end of a launch, lies between the two. Blocks have none.
  friend bool ordered(Moment before, Moment now) {
    const std::uint64_t differs = before.bits_ ^ now.bits_;
    if ((differs & kLaunch) != 0) return true;
    if ((differs & kBlock) != 0) return false;
    if ((differs & kThread) == 0 || (differs & kBarrier) != 0) return true;
    return (differs & kWarp) == 0 && (differs & kWarpPhase) != 0;
  }

 private:
  // From the lowest: launch 10, block 20, thread 10, barrier 12, warp phase 7, bytes 4, atomic 1
  static constexpr std::uint64_t kLaunch = field(0, 10), kBlock = field(0, 30),
                                 kThread = field(0, 40), kTime = field(0, 59), kWarp = field(35, 5),
                                 kBarrier = field(40, 12), kOneBarrier = field(40, 1),
                                 kWarpPhase = field(52, 7), kOneWarpPhase = field(52, 1);

  // One more, but never all ones, which is old
  bool count(std::uint64_t bits, std::uint64_t one) {
    const std::uint64_t next = (bits_ & bits) + one;
    bits_ = (bits_ & ~bits) | (next == bits ? 0 : next);
    return next == bits;
  }

  std::uint64_t bits_ = 0;
};

/// What is known of four bytes: who wrote them last, and who has read them since, the first reader
/// and the last other one.
struct Cell {
  Moment write;       ///< none: they have never been written
  Moment read;        ///< the first
  Moment other_read;  ///< the last of another thread
};

}  // namespace gradbook::emulator
