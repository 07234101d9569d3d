#include "03_tensor/shape.hpp"

namespace gradbook {

std::int64_t index_to_position(const Index& index, const Shape& shape, const Strides& strides) {
  // SOLUTION BEGIN  check ranks and bounds, then sum index times stride
  if (index.rank() != shape.rank() || strides.rank() != shape.rank())
    throw ShapeError("an index ", index, " and strides ", strides, " do not fit a shape of ", shape,
                     ": there must be one number for each axis");
  std::int64_t position = 0;
  for (int axis = 0; axis < shape.rank(); ++axis) {
    if (index[axis] < 0 || index[axis] >= shape[axis])
      throw RangeError("an index of ", index, " is outside of a shape of ", shape, ": axis ", axis,
                       " has ", shape[axis], " elements");
    position += index[axis] * strides[axis];
  }
  return position;
  // SOLUTION END
}

Index position_to_index(std::int64_t position, const Shape& shape) {
  // SOLUTION BEGIN  from the last axis to the first: the remainder is the index, the quotient goes on
  if (position < 0 || position >= size_of(shape))
    throw RangeError("there is no position ", position, " in a shape of ", shape);
  Index index(shape.rank(), 0);
  for (int axis = shape.rank() - 1; axis >= 0; --axis) {
    index[axis] = position % shape[axis];
    position /= shape[axis];
  }
  return index;
  // SOLUTION END
}

}  // namespace gradbook
