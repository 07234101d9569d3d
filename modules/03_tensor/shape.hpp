/// @file
/// The arithmetic of shapes: how an index of many axes becomes one place in memory.
#pragma once

#include "00_course/error.hpp"
#include "00_course/not_started.hpp"
#include "03_tensor/dims.hpp"

namespace gradbook {

// ---- exercise 3.1 -------------------------------------------------------------------------------

/// How many elements an array of this shape has: the product of its sizes; 1 at rank 0.
/// @throws ShapeError  where a size is negative, or where the product of the sizes that are not 0
///                     needs more than 63 bits; the message has the shape
std::int64_t size_of(const Shape& shape);

/// The strides of an array that lies in row-major order without gaps: the last axis has stride 1,
/// and every other the stride of its right neighbour times the size of that neighbour.
/// @param shape  of rank r; a size of 0 counts as 1 here, so that every stride is positive
/// @returns      r strides: (4, 2, 2) gives (4, 2, 1), and () gives ()
/// @throws ShapeError  as size_of does
/// @see          chapter 03, "Shapes and strides"
Strides strides_of(const Shape& shape);

/// Whether elements with these strides lie in row-major order without gaps, so that a loop over
/// memory meets them in order. Strides of axes of size 1 do not matter, for nobody takes a step
/// along them, and an array without elements is always contiguous.
/// @throws ShapeError  where the ranks differ
bool is_contiguous(const Shape& shape, const Strides& strides);

// ---- exercise 3.2 -------------------------------------------------------------------------------

/// The place of an element: Σ index[axis] · strides[axis].
/// @param index    0 ≤ index[axis] < shape[axis], one for each axis
/// @param shape    of the array
/// @param strides  of the array, one for each axis and of any sign
/// @throws ShapeError  where the ranks differ, with index and shape
///         RangeError  where an index is outside, with index, shape and axis
std::int64_t index_to_position(const Index& index, const Shape& shape, const Strides& strides);

/// The index of the element that comes at `position` in row-major order: the inverse of
/// index_to_position with the strides of strides_of.
/// @param position  0 ≤ position < size_of(shape)
/// @param shape     of the array
/// @throws RangeError  where it is outside, with position and shape
Index position_to_index(std::int64_t position, const Shape& shape);

// ---- exercise 3.5 -------------------------------------------------------------------------------

/// The shape of a result that is computed element by element from arrays of shapes a and b, by
/// NumPy's rules: shapes are aligned at their last axes; a missing axis, and one of size 1, is as
/// long as the other's.
/// @param a, b       the shapes, on either side
/// @param operation  who asks, for the message
/// @throws ShapeError  where two sizes differ and neither is 1, with the operation, both shapes,
///                     axis of the result and both sizes: "zip: (5, 2) and (5) do not broadcast:
///                     axis 1 is 2 against 5"
/// @see  NumPy user guide, "Broadcasting"
Shape broadcast_shape(const Shape& a, const Shape& b, const char* operation = "broadcast_shape");

// ---- given --------------------------------------------------------------------------------------

/// The axis as a number from 0 to rank − 1; −1 is the last.
/// @param operation  whose axis it is, for the message: "sum"
/// @param axis       from −rank to rank − 1
/// @param rank       of the array
/// @throws RangeError  where there is no such axis, with axis and rank
int checked_axis(const char* operation, std::int64_t axis, int rank);

/// Each axis as checked_axis has it, from first to last.
/// @throws RangeError  where one is not there, or is named twice
Axes checked_axes(const char* operation, const Axes& axes, int rank);

/// All axes of an array of this rank: (0, 1, …, rank − 1).
Axes all_axes(int rank);

}  // namespace gradbook
