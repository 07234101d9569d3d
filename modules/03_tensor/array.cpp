#include "03_tensor/array.hpp"

#include <algorithm>

namespace gradbook {

Array::Array(const Shape& shape)
    : storage_(size_of(shape)), shape_(shape), strides_(strides_of(shape)), size_(size_of(shape)) {}

Array::Array(const Shape& shape, std::span<const Real> values) : Array(shape) {
  if (static_cast<std::int64_t>(values.size()) != size_)
    throw ShapeError("an array of shape ", shape, " has ", size_, " elements, and here are ",
                     values.size());
  std::copy(values.begin(), values.end(), storage_.data());
}

Array::Array(Storage storage, const Shape& shape, const Strides& strides, std::int64_t offset)
    : storage_(std::move(storage)), shape_(shape), strides_(strides), size_(size_of(shape)) {
  if (shape.rank() != strides.rank())
    throw ShapeError("a view of shape ", shape, " cannot have strides ", strides,
                     ": there must be one for each axis");
  if (size_ == 0) return;  // it looks at nothing, wherever it begins
  offset_ = offset;

  // The places of its first and last element, in the order in which they lie
  std::int64_t first = offset, last = offset;
  bool outside = false;
  for (int axis = 0; axis < shape.rank(); ++axis) {
    std::int64_t reach = 0, &end = strides[axis] < 0 ? first : last;
    outside = outside || __builtin_mul_overflow(shape[axis] - 1, strides[axis], &reach) ||
              __builtin_add_overflow(end, reach, &end);
  }
  if (outside || first < 0 || last >= storage_.size())
    throw RangeError("a view of shape ", shape, " with strides ", strides, " and offset ", offset,
                     " reaches from ", first, " to ", last, ", outside of a storage of ",
                     storage_.size(), " numbers");
}

Array Array::full(const Shape& shape, Real value) {
  Array result(shape);
  std::fill_n(result.storage_.data(), result.size_, value);
  return result;
}

Real* Array::mutable_data() {
  if (is_broadcast())
    throw ShapeError("a broadcast view of shape ", shape_, " and strides ", strides_,
                     " cannot be written: several of its elements are one number. To read it, make "
                     "it const; to write, copy it with contiguous first");
  storage_.written();
  return storage_.data() + offset_;
}

Real Array::item() const {
  if (size_ != 1)
    throw ShapeError("item: an array of shape ", shape_, " has ", size_,
                     " elements, and item is for one");
  return *data();
}

bool Array::is_broadcast() const {
  for (int axis = 0; axis < rank(); ++axis) {
    if (strides_[axis] == 0 && shape_[axis] > 1) return true;
  }
  return false;
}

Array view_of(const Array& a, const Shape& shape, const Strides& strides, std::int64_t offset) {
  return array_on(a.storage(), shape, strides, a.offset() + offset);
}

Array array_on(Storage storage, const Shape& shape, const Strides& strides, std::int64_t offset) {
  return Array(std::move(storage), shape, strides, offset);
}

}  // namespace gradbook
