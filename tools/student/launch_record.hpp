/// @file
/// What the emulator wrote down of launches, read back: see kernels/emulator/recording.hpp.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "system/file.hpp"

namespace gradbook {

/// One launch, as launches.tsv has it.
struct RecordedLaunch {
  std::size_t number = 0;
  std::string kernel, grid, block;
  std::int64_t threads = 0;
  std::int64_t global_reads = 0, global_writes = 0, read_bytes = 0, written_bytes = 0;
  std::int64_t requests = 0, sectors = 0;
  std::int64_t shared_reads = 0, shared_writes = 0, bank_conflicts = 0;
  std::int64_t barriers = 0, warp_operations = 0, atomics = 0, divergent = 0;
  std::int64_t shared_bytes = 0;  // that the first block uses
  double occupancy = 0;           // of an H100, as far as threads and shared memory limit it
};

/// All launches of a folder, in their order. @throws UserError for a file that is none
std::vector<RecordedLaunch> read_launches(const fs::path& folder);

/// A table of launches for a terminal, and below it what its columns mean.
std::string to_text(const std::vector<RecordedLaunch>& launches);

/// What one array shows in one phase: element by element the thread that touched it last.
struct Panel {
  int array = 0;  // the kernel's argument, from 1 on; 0: shared memory
  std::uint32_t phase = 0;
  bool writes = false;
  std::string title;  // "argument 2, read after barrier 1: 256 times, 64 elements"
  std::vector<std::pair<std::int64_t, std::uint32_t>> touched;  // element, thread
};

/// The panels of a launch: array by array, and barrier by barrier, of at most `phases` phases.
/// @throws UserError for a file that is none
std::vector<Panel> read_panels(const fs::path& accesses, std::uint32_t phases);

}  // namespace gradbook
