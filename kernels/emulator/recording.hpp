/// @file
/// Writes down what launches cost, and what the threads of their first block touch, for tables and
/// pictures.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace gradbook {

/// One access of the first block of a launch.
struct RecordedAccess {
  std::uint32_t phase;     ///< barriers of the block before it
  std::uint32_t thread;    ///< of the block, counted through
  std::uintptr_t address;  ///< where it begins
  std::uint32_t size;      ///< in bytes
  bool writes;             ///< else it reads
  bool shared;             ///< in shared memory, else in the device's
};

/// From now on each launch that ends well leaves a line in launches.tsv of this folder: its number,
/// kernel, grid, block, counters, the shared memory that its first block uses, and what that and
/// its threads leave of an H100's occupancy. Of the first block of each of the first 200 launches,
/// what its threads touch goes to accesses_N.tsv: phase, thread, array, element, elements and
/// direction, where an element has four bytes, and array k is that of the kernel's k-th argument,
/// array 0 shared memory. "" ends it. Where the environment names a folder as GRADBOOK_LAUNCHES, it
/// is begun with that.
void record_launches(const std::string& folder);

}  // namespace gradbook
