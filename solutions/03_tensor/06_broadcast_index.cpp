#include "03_tensor/array.hpp"

namespace gradbook {

Array broadcast_to(const Array& a, const Shape& shape) {
  // SOLUTION BEGIN  check with broadcast_shape; an axis that is repeated gets stride 0
  if (!(broadcast_shape(a.shape(), shape, "broadcast_to") == shape))
    throw ShapeError("broadcast_to: ", a.shape(), " cannot be broadcast to ", shape);
  Strides strides(shape.rank(), 0);
  const int missing = shape.rank() - a.rank();
  for (int axis = 0; axis < a.rank(); ++axis) {
    if (a.shape()[axis] == shape[missing + axis]) strides[missing + axis] = a.strides()[axis];
  }
  return view_of(a, shape, strides);
  // SOLUTION END
}

}  // namespace gradbook
