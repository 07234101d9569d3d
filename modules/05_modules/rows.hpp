/// @file
/// What softmax and recurrent layers ask of a row, in vector registers: std::exp and std::tanh take
/// one number a call, and a loop that carries a sum or a maximum waits for it at every number.
#pragma once

#include <span>

#include "00_course/real.hpp"

namespace gradbook {

/// The largest of the numbers; −∞ of none. Without a NaN among them.
Real row_max(std::span<const Real> row);

/// The sum of the numbers, which are added in another order than a loop would; 0 of none.
Real row_sum(std::span<const Real> row);

/// Each number x becomes eˣ: 0 for −∞, +∞ above the logarithm of the largest Real.
void row_exp(std::span<Real> row);

/// Each number becomes its hyperbolic tangent.
void row_tanh(std::span<Real> row);

/// Each number x becomes 1 / (1 + e⁻ˣ).
void row_sigmoid(std::span<Real> row);

}  // namespace gradbook
