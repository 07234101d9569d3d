/// @file
/// The numbers of an Array seen through xtensor, and those of xtensor as an Array, without a copy.
#pragma once

#include <span>
#include <vector>

#include "03_tensor/array.hpp"
#include "03_tensor/arrays.hpp"

namespace gradbook {

/// xtensor's view of numbers that belong to somebody else, with any shape and strides.
using XtensorView =
    xt::xarray_adaptor<xt::xbuffer_adaptor<Real*, xt::no_ownership, std::allocator<Real>>,
                       xt::layout_type::dynamic, std::vector<std::size_t>>;

// ---- exercise 3.14 ------------------------------------------------------------------------------

/// The elements of `a` through xtensor: nothing is copied, and what is written on one side shows on
/// the other. The view must not outlive the storage of `a`.
/// @param a   of any shape and strides; an axis of size 1 may have another stride in the view
/// @returns   a view of the same shape, whose first element is at a.mutable_data()
/// @throws ShapeError  where `a` is a broadcast view, which cannot be written
XtensorView as_xtensor(Array& a);

/// Numbers of xtensor as an Array, borrowed: nothing is copied, and they must stay where they are
/// for as long as the array or a view of it is there.
/// @param numbers  the first of them
/// @param shape    of r sizes
/// @param strides  r steps, none negative; 0 along axes of size 1 only
/// @throws ShapeError  above kMaxRank axes; RangeError where a stride is negative
Array as_array(Real* numbers, std::span<const std::size_t> shape,
               std::span<const std::ptrdiff_t> strides);

// ---- given --------------------------------------------------------------------------------------

/// The numbers of an xtensor container as an Array: of a Vector, a Matrix, an Array3.
template <class Container>
Array as_array(Container& container) {
  return as_array(container.data(), {container.shape().begin(), container.shape().end()},
                  {container.strides().begin(), container.strides().end()});
}

}  // namespace gradbook
