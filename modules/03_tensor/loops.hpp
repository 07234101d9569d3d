/// @file
/// The three loops that nearly everything is made of: map, zip and reduce.
#pragma once

#include "00_course/function_ref.hpp"
#include "03_tensor/array.hpp"

namespace gradbook {

// ---- exercise 3.7 -------------------------------------------------------------------------------

/// out[i] = f(a[i]) for every index i, in row-major order; f is called exactly a.size() times.
/// @param a    of any strides
/// @param out  of the same shape and any strides; it may be `a` itself
/// @throws ShapeError  where the shapes differ, with both; where out is a broadcast view
void map(function_ref<Real(Real)> f, const Array& a, Array& out);

// ---- exercise 3.8 -------------------------------------------------------------------------------

/// out[i] = f(a[i], b[i]) for every index i, in row-major order, where a and b are broadcast to the
/// shape that they have together; f is called exactly out.size() times.
/// @param out  of shape broadcast_shape(a.shape(), b.shape()) and any strides; it may be an operand
///             of that shape itself
/// @throws ShapeError  where a and b do not broadcast: "zip: (5, 2) and (5) do not broadcast: axis
/// 1
///                     is 2 against 5"; where out has another shape, or is a broadcast view
void zip(function_ref<Real(Real, Real)> f, const Array& a, const Array& b, Array& out);

// ---- exercise 3.9 -------------------------------------------------------------------------------

/// Folds away some axes: each element of the result is f(… f(f(start, x₀), x₁) …) over the elements
/// of `a` along these axes, in row-major order.
/// @param axes     which to fold away, in any order; none folds nothing, and still calls f(start,
/// x)
///                 for each element
/// @param keepdim  whether each of them stays with size 1, or goes
/// @returns        a new array; where an axis of size 0 is folded away, `start`
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
