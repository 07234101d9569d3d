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
  const auto refuse = [&](const char* why) {
    throw ShapeError("reshape: ", a.shape(), " cannot become ", shape, ": ", why);
  };
  Shape full = shape;
  std::int64_t* const unknown = std::find(full.begin(), full.end(), -1);
  if (unknown != full.end()) {
    if (std::find(unknown + 1, full.end(), -1) != full.end()) refuse("only one size may be -1");
    *unknown = 1;
    const std::int64_t others = size_of(full);
    if (others == 0) refuse("beside a size of 0, the one that is -1 could be any");
    *unknown = a.size() / others;
  }
  if (size_of(full) != a.size()) refuse("the numbers of elements differ");
  if (!a.is_contiguous()) refuse("it is not contiguous; make it so first, by contiguous(a)");
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
  if (shape[along] > 1) strides[along] *= taken.step;  // of one element nobody takes a step
  return view_of(a, shape, strides, start * a.strides()[along]);
  // SOLUTION END
}

}  // namespace gradbook
