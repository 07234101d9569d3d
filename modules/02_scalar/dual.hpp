/// @file
/// A number together with how fast it changes: derivatives without a graph, in step with the
/// values.
#pragma once

#include <span>
#include <vector>

#include "00_course/error.hpp"
#include "00_course/function_ref.hpp"

namespace gradbook {

/// value + tangent · ε, a number with ε² = 0. Every function f acts on it as f(value) + f'(value) ·
/// tangent · ε.
///
/// When the inputs move at the speeds in their tangents, the result moves at the speed in its own.
/// It reads as
///
///     Dual x{2.0, 1.0};           // x moves at speed 1
///     Dual y = log(x * x + 1.0);  // numbers stand still
///     y.tangent;                  // 2x / (x² + 1) = 0.8
///
/// Nothing is remembered: no graph, no pass back. One run answers for one direction, as one pass
/// back answers for one result.
/// @see  W. K. Clifford, "Preliminary sketch of biquaternions", 1873 (ε² = 0); chapter 02, "Forward
/// mode"
struct Dual {
  /// A plain number stands still: its tangent is 0.
  Dual(double value = 0, double tangent = 0)
      : value(value), tangent(tangent) {}  // NOLINT: numbers convert

  double value;    ///< the number
  double tangent;  ///< the speed at which it changes
};

// Given: the rules for sums, and two functions as examples
/// a + b.
Dual operator+(Dual a, Dual b);
/// a − b.
Dual operator-(Dual a, Dual b);
/// −a.
Dual operator-(Dual a);
/// eᵃ.
Dual exp(Dual a);
/// The natural logarithm of a.
Dual log(Dual a);

// Exercise 2.13
/// a · b.
Dual operator*(Dual a, Dual b);
/// a / b.
Dual operator/(Dual a, Dual b);

/// aⁿ for a constant exponent n; a⁰ does not move, not even at 0.
Dual pow(Dual a, double n);

/// max(a, 0), where a NaN stays a NaN; at 0 the tangent becomes 0.
Dual relu(Dual a);

/// 1 / (1 + exp(-a)), right for every a: no overflow, no NaN.
Dual sigmoid(Dual a);
/// The hyperbolic tangent of a.
Dual tanh(Dual a);

/// How fast f changes at x when x moves along `direction`: Σ_i ∂f/∂x_i · direction_i, by one run of
/// f.
///
/// @param f           a function of n numbers
/// @param x           the inputs, n ≥ 0 of them
/// @param direction   n speeds, of any length and sign
/// @throws ShapeError where the two lists differ in length; f is not called then
double directional_derivative(function_ref<Dual(std::span<const Dual>)> f,
                              std::span<const double> x, std::span<const double> direction);

/// ∂f/∂x_i for every input, by n runs of f: one for each. Reverse mode needs one pass for all of
/// them.
std::vector<double> forward_gradient(function_ref<Dual(std::span<const Dual>)> f,
                                     std::span<const double> x);

}  // namespace gradbook
