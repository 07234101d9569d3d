#include "03_tensor/loops.hpp"

namespace gradbook {

Array reduce(function_ref<Real(Real, Real)> f, Real start, const Array& a, const Axes& axes,
             bool keepdim) {
  // SOLUTION BEGIN  fold into a result in which the axes have size 1; drop these axes at the end
  const Axes folded = checked_axes("reduce", axes, a.rank());
  Shape kept = a.shape(), short_shape;
  for (const std::int64_t axis : folded) kept[static_cast<int>(axis)] = 1;
  Array result = Array::full(kept, start);

  for (std::int64_t position = 0; position < a.size(); ++position) {
    const Index from = position_to_index(position, a.shape());
    Index to = from;
    for (const std::int64_t axis : folded) to[static_cast<int>(axis)] = 0;
    result.at(to) = f(result.at(to), a.at(from));
  }
  if (keepdim) return result;

  // An axis that was folded is left out; a size of 1 that was there before stays
  for (int axis = 0, next = 0; axis < a.rank(); ++axis) {
    if (next < folded.rank() && folded[next] == axis) {
      ++next;
    } else {
      short_shape.push_back(a.shape()[axis]);
    }
  }
  return view_of(result, short_shape, strides_of(short_shape));
  // SOLUTION END
}

}  // namespace gradbook
