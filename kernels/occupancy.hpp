/// @file
/// How many warps of a kernel fit on a multiprocessor at once, by what the kernel declares.
#pragma once

#include <cstddef>
#include <string>

namespace gradbook {

/// What a multiprocessor has.
/// @see  NVIDIA, "CUDA C++ Programming Guide", Technical Specifications per Compute Capability
struct Multiprocessor {
  const char* name;          ///< such as "sm_80"
  int warps;                 ///< at once
  int blocks;                ///< at once
  int registers;             ///< of 4 bytes
  std::size_t shared_bytes;  ///< of shared memory
};

/// Of compute capability 8.0, such as an A100.
extern const Multiprocessor sm_80;
/// Of 9.0, such as an H100.
extern const Multiprocessor sm_90;
/// Of 10.0, such as a B200.
extern const Multiprocessor sm_100;

/// How full a multiprocessor is.
struct Occupancy {
  int blocks;              ///< at once; 0 where not even one fits
  int warps;               ///< of all of them
  double share;            ///< of the warps that it can have
  const char* limited_by;  ///< "warps", "blocks", "registers" or "shared memory"
};

/// How many blocks of a kernel run on one multiprocessor at a time.
/// @param on            which
/// @param threads       of a block, from 1 to 1024
/// @param registers     of a thread, as the compiler says, from 1 to 255
/// @param shared_bytes  of a block, static and dynamic
/// @throws std::invalid_argument  where a number is out of these bounds
Occupancy occupancy(const Multiprocessor& on, int threads, int registers, std::size_t shared_bytes);

}  // namespace gradbook
