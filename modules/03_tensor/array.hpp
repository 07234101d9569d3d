/// @file
/// An array of numbers with any number of axes: a way to look at a block of storage.
#pragma once

#include <span>

#include "03_tensor/shape.hpp"
#include "03_tensor/storage.hpp"

namespace gradbook {

/// An array of numbers with any number of axes, as NumPy's ndarray is one.
///
/// It is a handle: shape, strides and offset say how to look at a block of storage, and copies and
/// views look at the same block. Writing through one of them shows in all.
///
///     Array a({2, 3}, {1, 2, 3,
///                      4, 5, 6});
///     a(1, 2);                  // 6
///     permute(a, {1, 0})(2, 1)  // 6, the same number at the same place
class Array {
 public:
  /// Without elements, of shape (0).
  Array() : shape_{0}, strides_{1} {}

  /// With numbers that nobody has set: NaN each where things are checked. @throws ShapeError
  explicit Array(const Shape& shape);

  /// With these numbers in row-major order, which are copied.
  /// @throws ShapeError  where their count is not that of the shape
  Array(const Shape& shape, std::span<const Real> values);
  /// The same from numbers in braces.
  Array(const Shape& shape, std::initializer_list<Real> values)
      : Array(shape, std::span(values.begin(), values.size())) {}

  /// Looks at a block of storage, as array_on and view_of do. @throws as view_of does
  Array(Storage storage, const Shape& shape, const Strides& strides, std::int64_t offset);

  /// All elements the same.
  static Array full(const Shape& shape, Real value);
  /// All elements 0.
  static Array zeros(const Shape& shape) { return full(shape, 0); }
  /// All elements 1.
  static Array ones(const Shape& shape) { return full(shape, 1); }
  /// One number, of rank 0.
  static Array scalar(Real value) { return full({}, value); }

  /// The sizes, one an axis.
  const Shape& shape() const { return shape_; }
  /// How far apart in storage two neighbours along each axis are.
  const Strides& strides() const { return strides_; }
  /// How many axes there are.
  int rank() const { return shape_.rank(); }
  /// How many elements there are.
  std::int64_t size() const { return size_; }
  /// Whether they lie in row-major order without gaps (exercise 3.1).
  bool is_contiguous() const { return gradbook::is_contiguous(shape_, strides_); }

  /// The element whose index is 0 along every axis; the others are `strides()` away from it.
  const Real* data() const { return storage_.data() + offset_; }

  /// The same, to write. @throws ShapeError for a broadcast view, in which several elements lie in
  /// one place
  Real* mutable_data();

  /// One element (exercise 3.2). @throws ShapeError, RangeError as index_to_position does
  Real at(const Index& index) const { return data()[index_to_position(index, shape_, strides_)]; }
  /// The same, to write. @throws ShapeError for a broadcast view, too
  Real& at(const Index& index) {
    return mutable_data()[index_to_position(index, shape_, strides_)];
  }

  /// One element: a(1, 2).
  template <class... Indices>
  Real operator()(Indices... indices) const {
    return at({static_cast<std::int64_t>(indices)...});
  }
  /// The same, to write: a(1, 2) = 3.
  template <class... Indices>
  Real& operator()(Indices... indices) {
    return at({static_cast<std::int64_t>(indices)...});
  }

  /// The only element, as a plain number. @throws ShapeError where there is not exactly one
  Real item() const;

  /// The block that it looks at, and where in it its first element is.
  const Storage& storage() const { return storage_; }
  /// How many numbers of the block stand before its first element.
  std::int64_t offset() const { return offset_; }

  /// Whether several of its elements lie in one place, so that none may be written.
  bool is_broadcast() const;

 private:
  Storage storage_;
  Shape shape_;
  Strides strides_;
  std::int64_t offset_ = 0;
  std::int64_t size_ = 0;  // of the shape
};

/// Another way to look at the storage of `a`: no number is copied (given).
/// @param a        whose storage it is
/// @param shape    of the view
/// @param strides  of the view, of any sign
/// @param offset   of its first element from the first element of `a`, in elements of storage
/// @throws ShapeError  where ranks of shape and strides differ, and as size_of does
///         RangeError  where an element of the view would lie outside of the storage
Array view_of(const Array& a, const Shape& shape, const Strides& strides, std::int64_t offset = 0);

/// An array that looks at a block of storage, such as a borrowed one (given).
/// @throws as view_of does
Array array_on(Storage storage, const Shape& shape, const Strides& strides,
               std::int64_t offset = 0);

// ---- exercise 3.3 -------------------------------------------------------------------------------

/// What a slice takes from one axis: the elements at start, start + step, … that come before stop.
/// Negative numbers count from the end, and bounds outside are cut, as in Python: a[-3:10:2] is
/// {-3, 10, 2}.
struct Slice {
  std::int64_t start = 0;         ///< the first element
  std::int64_t stop = INT64_MAX;  ///< the first that is not taken any more
  std::int64_t step = 1;          ///< from one to the next, positive
};

/// The axes in another order: axis i of the result is axis order[i] of `a`. Nothing is copied.
/// @param a      of any strides
/// @param order  each axis of `a` once; −1 is the last
/// @throws ShapeError  where their number is not the rank, with shape and order
///         RangeError  where an axis is not there, or is named twice
Array permute(const Array& a, const Axes& order);

/// The same numbers in the same row-major order, with another shape. Nothing is copied.
/// @param a      contiguous
/// @param shape  of as many elements; one size may be −1: it is found from the others
/// @throws ShapeError  where the numbers of elements differ, where more than one size is −1 or one
///                     cannot be found, and where `a` is not contiguous, with both shapes: then
///                     make it contiguous first
Array reshape(const Array& a, const Shape& shape);

/// Some elements along one axis. Nothing is copied.
/// @param a      of any strides
/// @param axis   −1 is the last
/// @param taken  start, stop and step
/// @throws RangeError  where the axis is not there, or the step is not positive
Array slice(const Array& a, std::int64_t axis, const Slice& taken);

// ---- exercise 3.4 -------------------------------------------------------------------------------

/// The same numbers in row-major order without gaps: `a` itself where they lie so, a copy of new
/// storage else.
Array contiguous(const Array& a);

// ---- exercise 3.6 -------------------------------------------------------------------------------

/// `a` seen with a larger shape, as broadcast_shape has it: an axis that is repeated has stride 0.
/// Nothing is copied, and the result cannot be written where an element of `a` shows more than
/// once.
/// @param a      of any strides
/// @param shape  what `a` is to be broadcast to: broadcast_shape(a.shape(), shape) == shape
/// @throws ShapeError  where it is not, with both shapes
Array broadcast_to(const Array& a, const Shape& shape);

}  // namespace gradbook
