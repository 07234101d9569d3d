/// @file
/// Gradients that remember how they were computed, and so can be differentiated again.
#pragma once

#include <array>
#include <span>
#include <vector>

#include "02_scalar/scalar.hpp"

namespace gradbook {

// ---- exercise 2.12 ------------------------------------------------------------------------------

/// ∂out/∂input k of the operation that made `out`: the rules of 2.3 and 2.4 once more, written with
/// Scalars.
///
/// Each is a number with history wherever the derivative depends on the inputs: that of a · b by a
/// is b itself, not a copy of its value. The slope of relu is a constant on either side of 0, and 0
/// at 0. Where the operation has one input, the second number means nothing. pow with exponent 0
/// has the constant slope 0.
/// @param out         a result of one of the eleven operations kAdd … kTanh
/// @throws RangeError where `out` is a leaf, or came from any other operation
/// @see    chapter 02, "The gradient of a gradient"
std::array<Scalar, 2> partials(const Scalar& out);

/// dy/dx for every x of `wrt`, as numbers with history, so that they can be differentiated again:
///
///     Scalar u{6.0}, v{0.0};
///     Scalar y = u * u + u * v;
///     Scalar dy_du = gradient(y, {{u, v}})[0];     // 2u + v = 12
///     Scalar again = gradient(dy_du, {{u, v}})[0]; // 2
///
/// @param y    what is differentiated
/// @param wrt  any numbers, in any order, also several times; leaves or results on the way to y, or
/// y itself
/// @returns    one number for each, in the same order; 0 where y does not depend on it
///
/// The grads that nodes carry are neither read nor written. No recursion: depth is bounded by
/// memory alone.
std::vector<Scalar> gradient(const Scalar& y, std::span<const Scalar> wrt);

}  // namespace gradbook
