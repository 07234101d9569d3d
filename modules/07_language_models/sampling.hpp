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
  double top_p = 1;  ///< only the likeliest, until they have this much together
};

// ---- exercise 7.4 -------------------------------------------------------------------------------

/// Rolls a die: i comes with probability weights[i] / Σ weights. Takes one random.uniform().
/// @param weights  not negative, not all 0; they need not add up to 1
/// @param random   which decides
/// @returns        an index, never one of weight 0
/// @throws RangeError  where a weight is negative or not finite ("roll: weight 3 is -1"), or where
///                     they add up to 0 or to more than a double holds
/// @throws ShapeError  where there is none
std::size_t roll(std::span<const double> weights, Random& random);

/// The index of the largest, of equal ones the first. @throws ShapeError  where there is none
std::size_t greedy(std::span<const Real> logits);

/// The probabilities softmax(logits / temperature) of those that top_k and then top_p leave, and 0
/// for the others. Equal ones count by their index, the lower first. What top_k leaves adds up to 1
/// again before top_p looks at it; top_p 1 leaves all of that, and of any top_p the likeliest
/// stays. A logit of −∞ has probability 0, and nothing overflows at any temperature.
/// @param logits   V of them, such as a row of a network's output
/// @param options  how
/// @returns        V numbers that add up to 1
/// @throws RangeError  for a temperature that is not above 0 and finite ("die: temperature 0: it
///                     must be above 0 and finite; greedy() is what 0 would come to"), a top_k of 0
///                     ("die: top_k 0 leaves nothing to roll"), a top_p that is not in (0, 1]
///                     ("die: top_p 1.5 is not in (0, 1]"), a logit that is NaN or +∞ ("die: logit
///                     3 is nan"), and where all are −∞
/// @throws ShapeError  where there is none
/// @see  Holtzman et al., "The curious case of neural text degeneration", 2020, for top_p
std::vector<double> die(std::span<const Real> logits, const SamplingOptions& options);

}  // namespace gradbook
