/// @file
/// What the lanes of a warp ask of memory together: how many sectors, and how often a bank.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "kernels/emulator/counters.hpp"

namespace gradbook::emulator {

/// Puts together what the lanes of one warp do one after the other, from one barrier to the next:
/// the accesses of one instruction, for as many lanes as come to it, are one access of the warp.
class WarpTraffic {
 public:
  /// An access of a lane.
  /// @param lane     of the warp
  /// @param code     the instruction
  /// @param address  where
  /// @param size     in bytes
  /// @param shared   whether in shared memory; else in the device's
  void note(unsigned lane, const void* code, std::uintptr_t address, std::size_t size, bool shared);

  /// Adds up what was noted, and forgets it.
  /// @param lanes  how many the warp has
  void add_to(KernelCounters& counters, unsigned lanes);

 private:
  struct Access {
    const void* code;
    std::size_t size;
    bool shared;
    std::uint32_t lanes = 0;  // a bit for each that takes part
    std::array<std::uintptr_t, 32> addresses;
  };

  std::vector<Access> accesses_;
  std::array<std::size_t, 32> next_{};  // of each lane, the first access that it may join
};

}  // namespace gradbook::emulator
