/// @file
/// How good a language model is: how little a text surprises it.
#pragma once

#include <span>

#include "00_course/function_ref.hpp"
#include "07_language_models/vocabulary.hpp"

namespace gradbook {

/// p(next | before): what a language model is.
using Conditional = function_ref<double(std::span<const Label> before, Label next)>;

// ---- exercise 7.3 -------------------------------------------------------------------------------

/// log p(w₁ … w_T) = Σ log p(w_t | w₁ … w_{t−1}), in nats: the chain rule, which holds for every
/// distribution. A product of a million probabilities would be 0; the sum of their logarithms is
/// not.
/// @param text  w₁ to w_T; none gives 0
/// @param p     the model
/// @returns     −∞ where one of the probabilities is 0
/// @throws RangeError  "log_probability: p is 1.2 at place 3" for a p that is not in [0, 1]
double log_probability(std::span<const Label> text, Conditional p);

/// exp(−log p / T): how many symbols the model wavers between; V for one that knows nothing.
/// @param text  at least one symbol
/// @param p     the model
/// @throws ShapeError  where there is no symbol
double perplexity(std::span<const Label> text, Conditional p);

/// −log₂ p / T: the logarithm of the perplexity, in bits for each symbol.
/// @throws ShapeError  where there is no symbol
double bits_per_symbol(std::span<const Label> text, Conditional p);

}  // namespace gradbook
