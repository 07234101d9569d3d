/// @file
/// What a launch cost, in what a GPU has to do.
#pragma once

#include <cstdint>

namespace gradbook {

/// What the threads of a launch did, all together. An access is counted where checks are on and the
/// kernel is compiled to be watched.
struct KernelCounters {
  std::int64_t global_reads = 0;        ///< of device memory by a thread, each of up to 16 bytes
  std::int64_t global_writes = 0;       ///< likewise
  std::int64_t global_read_bytes = 0;   ///< of all of them
  std::int64_t global_write_bytes = 0;  ///< of all of them
  std::int64_t shared_reads = 0;        ///< of shared memory by a thread
  std::int64_t shared_writes = 0;       ///< likewise
  std::int64_t atomics = 0;             ///< of either
  std::int64_t barriers = 0;            ///< __syncthreads, counted once a block
  std::int64_t warp_operations = 0;     ///< counted once a lane

  // Where count_warps(true) was said
  std::int64_t global_requests = 0;  ///< of device memory by a warp, all lanes in one
  std::int64_t global_sectors = 0;  ///< of 32 bytes that these touch: 4 are the least for 128 bytes
  std::int64_t shared_requests = 0;  ///< of shared memory by a warp
  std::int64_t bank_conflicts = 0;   ///< how often such a request waits for a bank once more
  std::int64_t divergent = 0;        ///< requests that not all lanes of the warp came to

  /// Adds what another worker counted.
  KernelCounters& operator+=(const KernelCounters& other);
};

}  // namespace gradbook
