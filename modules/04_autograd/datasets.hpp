/// @file
/// Six sets of points in the unit square, each point of one of two classes: from easy to hard.
#pragma once

#include <cstdint>

#include "03_tensor/array.hpp"

namespace gradbook {

/// Points, and to which class each belongs.
struct PointSet {
  Array points;  ///< (N, 2), in no order
  Array labels;  ///< (N), 0 or 1 each
};

/// The sets by name, as MiniTorch has them:
/// - simple  right of the middle or left of it
/// - diag    above a diagonal line near one corner or below it
/// - split   between two upright lines or outside
/// - xor     in quarters that touch at a corner
/// - circle  inside of a circle or outside
/// - spiral  on one arm of a spiral or on the other
inline constexpr const char* kPointSets[] = {"simple", "diag", "split", "xor", "circle", "spiral"};

/// n points of a set, drawn from a seed.
/// @throws RangeError  for a name that is not among kPointSets, and below 0 points
/// @see    [Mini]
PointSet draw_point_set(const char* name, std::int64_t n, std::uint64_t seed);

}  // namespace gradbook
