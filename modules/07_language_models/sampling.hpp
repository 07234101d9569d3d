/// @file
/// Symbols drawn from a distribution: a weighted die, rolled.
#pragma once

#include <cstddef>
#include <limits>
#include <span>
#include <vector>

#include "00_course/random.hpp"
#include "00_course/real.hpp"

namespace gradbook {

/// How a die is weighted before it is rolled.
struct SamplingOptions {
  double temperature = 1;  ///< below 1 the likely becomes likelier, above 1 all become more alike
  std::size_t top_k = std::numeric_limits<std::size_t>::max();  ///< only the k likeliest
  double top_p =
      1;  ///< only the likeliest, up to the first with which they have this much together
};

// ---- exercise 7.4 -------------------------------------------------------------------------------

/// Rolls a die: i comes with probability weights[i] / Σ weights. Takes one random.uniform().
/// @param weights  not negative, not all 0; they need not add up to 1
/// @param random   which decides
/// @returns        an index, never one of weight 0
/// @throws RangeError  where a weight is negative or not finite (with its index), or all are 0
/// @throws ShapeError  where there is none
std::size_t roll(std::span<const double> weights, Random& random);

/// The index of the largest, of equal ones the first. @throws ShapeError  where there is none
std::size_t greedy(std::span<const Real> logits);

/// The probabilities softmax(logits / temperature) of those that top_k and then top_p leave, and 0
/// for the others. Equal ones count by their index, the lower first. Of top_p the likeliest always
/// stays. Nothing overflows at any temperature.
/// @param logits   V of them, such as a row of a network's output
/// @param options  how
/// @returns        V numbers that add up to 1
/// @throws RangeError  for a temperature that is not positive ("die: temperature 0: it must be
/// above
///                     0; greedy() is what it would come to"), a top_k of 0, a top_p that is not in
///                     (0, 1], and for a logit that is NaN or +∞
/// @throws ShapeError  where there is none
/// @see  Holtzman et al., "The curious case of neural text degeneration", 2020, for top_p
std::vector<double> die(std::span<const Real> logits, const SamplingOptions& options);

}  // namespace gradbook
