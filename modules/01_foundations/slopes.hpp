/// @file
/// Slopes without calculus: central differences, and the check of a gradient against them.
#pragma once

#include <cstddef>
#include <span>

#include "00_course/error.hpp"
#include "00_course/function_ref.hpp"
#include "00_course/not_started.hpp"

namespace gradbook {

/// The step at which truncation (h²) and rounding (ε/h) balance: the cube root of ε of double.
inline constexpr double kStep = 6e-6;

// ---- exercise 1.5 -------------------------------------------------------------------------------

/// The slope of f at x in argument i: (f(…, xᵢ + h, …) − f(…, xᵢ − h, …)) / 2h.
///
/// Calls f exactly twice, and leaves x as it is. The error is about h²/6 of the third derivative.
/// @param f  a function of n numbers
/// @param x  n numbers
/// @param i  which argument is moved, i < n
/// @param h  how far it is moved, h > 0
/// @throws RangeError  where i ≥ n; the message names i and n
/// @see    chapter 01, "A slope from two values"
double central_difference(function_ref<double(std::span<const double>)> f,
                          std::span<const double> x, std::size_t i, double h = kStep);

// ---- exercise 1.6 -------------------------------------------------------------------------------

/// What a check of a gradient found: its worst coordinate, and whether that was good enough.
struct GradientCheck {
  bool accepted = true;   ///< whether the largest error is small enough
  std::size_t worst = 0;  ///< the coordinate with the largest error; the first of them on a tie
  double analytic = 0;    ///< what the gradient says there
  double numeric = 0;     ///< what central differences say there
  double error = 0;       ///< how far apart they are, as gradcheck measures it
};

/// Compares `gradient` with central differences of f at x, in every coordinate.
///
/// In coordinate i the step is h = kStep · max(1, |xᵢ|), and the error is
/// |analytic − numeric| / max(1, |analytic|, |numeric|), or infinity where that is NaN.
/// The gradient is accepted if the largest error is at most `tolerance`; an empty gradient is.
/// @param f         a function of n numbers
/// @param x         n numbers, left as they are
/// @param gradient  what is to be checked: n numbers, the i-th meant to be ∂f/∂xᵢ at x
/// @param tolerance  the largest error that is accepted
/// @throws ShapeError  where x and gradient have different lengths; the message names both
GradientCheck gradcheck(function_ref<double(std::span<const double>)> f, std::span<const double> x,
                        std::span<const double> gradient, double tolerance = 1e-6);

}  // namespace gradbook
