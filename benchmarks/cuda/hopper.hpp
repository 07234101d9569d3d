/// @file
/// The tile of the product for compute capability 9.0, whose kernel was compiled and never run: no
/// machine with such a GPU was there.
#pragma once

namespace gradbook::bench {

/// As tables have it.
inline constexpr const char* kHopperName = "wgmma and TMA";

/// What a block computes at a time.
struct HopperTile {
  static constexpr int kRows = 128;     ///< of C; 64 for each of two groups of four warps
  static constexpr int kColumns = 256;  ///< of C
  static constexpr int kDepth = 64;     ///< columns of A's tile, rows of B's: 128 bytes of A
  static constexpr int kStages = 4;     ///< pairs of tiles in the ring, 48 KiB each
  static constexpr int kThreads = 384;  ///< of a block: a group that brings, two that multiply
};

}  // namespace gradbook::bench
