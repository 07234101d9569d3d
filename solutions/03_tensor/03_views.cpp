#include <algorithm>

#include "03_tensor/array.hpp"

namespace gradbook {

Array permute(const Array& a, const Axes& order) {
  // SOLUTION BEGIN  shape and strides change places together; check the order first
  if (order.rank() != a.rank())
    throw ShapeError("permute: an order of ", order, " does not fit a shape of ", a.shape(),
                     ": it must name each axis once");
  checked_axes("permute", order, a.rank());
  Shape shape;
  Strides strides;
  for (const std::int64_t named : order) {
    const int axis = checked_axis("permute", named, a.rank());
    shape.push_back(a.shape()[axis]);
    strides.push_back(a.strides()[axis]);
  }
  return view_of(a, shape, strides);
  // SOLUTION END
}

Array reshape(const Array& a, const Shape& shape) {
  // SOLUTION BEGIN  find the size that is -1, compare the numbers of elements, take new strides
  Shape full = shape;
  std::int64_t known = 1;
  int unknown = -1;
  for (int axis = 0; axis < shape.rank(); ++axis) {
    if (shape[axis] != -1) {
      known *= shape[axis];
    } else if (unknown >= 0) {
      throw ShapeError("reshape: ", shape, " has more than one size of -1");
    } else {
      unknown = axis;
    }
  }
  if (unknown >= 0) full[unknown] = known == 0 ? -1 : a.size() / known;
  if (std::ranges::any_of(full, [](auto size) { return size < 0; }) || size_of(full) != a.size())
    throw ShapeError("reshape: ", a.shape(), " has ", a.size(), " elements and does not become ",
                     shape);
  if (!a.is_contiguous())
    throw ShapeError("reshape: an array of shape ", a.shape(), " and strides ", a.strides(),
                     " is not contiguous and cannot be seen as ", shape,
                     ": make it contiguous first");
  return view_of(a, full, strides_of(full));
  // SOLUTION END
}

Array slice(const Array& a, std::int64_t axis, const Slice& taken) {
  // SOLUTION BEGIN  cut the bounds as Python does, move the start, lengthen the stride
  const int along = checked_axis("slice", axis, a.rank());
  if (taken.step < 1) throw RangeError("slice: a step of ", taken.step, " is not positive");
  const std::int64_t n = a.shape()[along];
  const auto cut = [n](std::int64_t bound) {
    return std::clamp<std::int64_t>(bound < 0 ? bound + n : bound, 0, n);
  };
  const std::int64_t start = cut(taken.start), stop = cut(taken.stop);

  Shape shape = a.shape();
  Strides strides = a.strides();
  shape[along] = stop > start ? (stop - start - 1) / taken.step + 1 : 0;
  strides[along] *= taken.step;
  return view_of(a, shape, strides, start * a.strides()[along]);
  // SOLUTION END
}

}  // namespace gradbook
