// A division by a size of 0, for nobody has looked whether there is any element at all.
#include "03_tensor/shape.hpp"

namespace gradbook {

std::int64_t index_to_position(const Index& index, const Shape& shape, const Strides& strides) {
  if (index.rank() != shape.rank() || strides.rank() != shape.rank())
    throw ShapeError("an index ", index, " for a shape of ", shape, " and strides ", strides);
  std::int64_t position = 0;
  for (int axis = 0; axis < shape.rank(); ++axis) {
    if (index[axis] < 0 || index[axis] >= shape[axis])
      throw RangeError("an index of ", index, " in a shape of ", shape, ", axis ", axis);
    position += index[axis] * strides[axis];
  }
  return position;
}

Index position_to_index(std::int64_t position, const Shape& shape) {
  Index index(shape.rank(), 0);
  for (int axis = shape.rank() - 1; axis >= 0; --axis) {
    index[axis] = position % shape[axis];
    position /= shape[axis];
  }
  if (position != 0) throw RangeError("there is no such position in a shape of ", shape);
  return index;
}

}  // namespace gradbook
