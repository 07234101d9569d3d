/// @file
/// All that lies on the device, kept to be put back or to be compared.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "kernels/emulator/memory.hpp"

namespace gradbook::emulator {

/// A piece of memory, and what was in it.
struct Content {
  Allocation* piece;                 ///< which
  std::vector<std::byte> bytes;      ///< its numbers
  std::vector<Cell> cells;           ///< what was known of them
  std::vector<std::uint8_t> writes;  ///< how often they were written, if that was asked
};

/// Of every piece that has not been freed.
using Contents = std::vector<Content>;

/// What is there now.
Contents contents();

/// Puts back what was there.
void restore(const Contents& contents);

/// The first place where what is there now is not what was there, but for rounding; empty where
/// there is none.
std::string difference(const Contents& contents);

}  // namespace gradbook::emulator
