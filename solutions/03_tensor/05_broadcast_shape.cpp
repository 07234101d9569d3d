#include "03_tensor/shape.hpp"

namespace gradbook {

Shape broadcast_shape(const Shape& a, const Shape& b, const char* operation) {
  // SOLUTION BEGIN  align the last axes; a size of 1, and a missing one, becomes the other's
  Shape left = a, right = b;
  while (left.rank() < right.rank()) left.push_front(1);
  while (right.rank() < left.rank()) right.push_front(1);

  Shape result = left;
  for (int axis = 0; axis < result.rank(); ++axis) {
    if (left[axis] == 1) result[axis] = right[axis];
    if (result[axis] != right[axis] && right[axis] != 1)
      throw ShapeError(operation, ": ", a, " and ", b, " do not broadcast: axis ", axis, " is ",
                       left[axis], " against ", right[axis]);
  }
  return result;
  // SOLUTION END
}

}  // namespace gradbook
