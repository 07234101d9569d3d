/// @file
/// Pictures of digits, drawn by us: shifted, noisy, of varying strength.
#pragma once

#include <cstdint>
#include <vector>

#include "05_modules/layer_functions.hpp"

namespace gradbook {

/// Pictures, and which digit each shows.
struct Glyphs {
  Array3 images;              ///< (N, 28, 28), 0 is paper and 1 is ink, with noise on both
  std::vector<Label> labels;  ///< (N), 0 to 9
};

/// Draws pictures of digits, each digit as likely as the others.
/// @param n     how many
/// @param seed  equal seeds give equal pictures
Glyphs draw_glyphs(std::size_t n, std::uint64_t seed);

}  // namespace gradbook
