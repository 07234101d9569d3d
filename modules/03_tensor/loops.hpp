/// @file
/// The three loops that nearly everything is made of: map, zip and reduce.
#pragma once

#include "00_course/function_ref.hpp"
#include "03_tensor/array.hpp"

namespace gradbook {

// ---- exercise 3.7 -------------------------------------------------------------------------------

/// out[i] = f(a[i]) for every index i, in row-major order; f is called exactly a.size() times.
/// @param f    any callable, such as a lambda
/// @param a    of any strides
/// @param out  of the same shape and any strides; it may be `a` itself
/// @throws ShapeError  where the shapes differ, with both; where out is a broadcast view
void map(function_ref<Real(Real)> f, const Array& a, Array& out);

// ---- exercise 3.8 -------------------------------------------------------------------------------

/// out[i] = f(a[i], b[i]) for every index i, in row-major order, where a and b are broadcast to the
/// shape that they have together; f is called exactly out.size() times.
/// @param f    any callable; the element of a is its first argument
/// @param a    of any shape and strides
/// @param b    of any shape that broadcasts with that of a, and any strides
/// @param out  of shape broadcast_shape(a.shape(), b.shape()) and any strides; it may be an operand
///             of that shape itself
/// @throws ShapeError  where a and b do not broadcast, as broadcast_shape does for "zip"; where out
///                     has another shape, with all three; where out is a broadcast view
void zip(function_ref<Real(Real, Real)> f, const Array& a, const Array& b, Array& out);

// ---- exercise 3.9 -------------------------------------------------------------------------------

/// Folds axes away: each element of the result is f(… f(f(start, x₀), x₁) …) over the elements of
/// `a` along these axes, in row-major order.
/// @param f        any callable; what was gathered so far is its first argument
/// @param start    what every element of the result begins with
/// @param a        of any shape and strides
/// @param axes     which to fold away, in any order; −1 is the last. Without any, nothing is folded
///                 away, and each element of the result is f(start, x)
/// @param keepdim  whether each of them stays with size 1, or goes
/// @returns        a new array; all `start` where an axis of size 0 is folded away
/// @throws RangeError  where an axis is not there, or is named twice
Array reduce(function_ref<Real(Real, Real)> f, Real start, const Array& a, const Axes& axes,
             bool keepdim = false);

// ---- given: the same with a new array as the result ---------------------------------------------

/// f of every element, in a new array of the same shape.
inline Array map(function_ref<Real(Real)> f, const Array& a) {
  Array out(a.shape());
  map(f, a, out);
  return out;
}

/// f of every pair of elements, in a new array of the shape that a and b have together.
inline Array zip(function_ref<Real(Real, Real)> f, const Array& a, const Array& b) {
  Array out(broadcast_shape(a.shape(), b.shape(), "zip"));
  zip(f, a, b, out);
  return out;
}

}  // namespace gradbook
