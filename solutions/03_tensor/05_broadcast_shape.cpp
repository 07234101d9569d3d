#include <algorithm>

#include "03_tensor/shape.hpp"

namespace gradbook {

Shape broadcast_shape(const Shape& a, const Shape& b, const char* operation) {
  // SOLUTION BEGIN  align the last axes; a size of 1, and a missing one, becomes the other's
  const int rank = std::max(a.rank(), b.rank());
  Shape result(rank, 1);
  for (int axis = 0; axis < rank; ++axis) {
    const int in_a = axis - (rank - a.rank()), in_b = axis - (rank - b.rank());
    const std::int64_t size_a = in_a < 0 ? 1 : a[in_a], size_b = in_b < 0 ? 1 : b[in_b];
    if (size_a != size_b && size_a != 1 && size_b != 1)
      throw ShapeError(operation, ": ", a, " and ", b, " do not broadcast: axis ", axis, " is ",
                       size_a, " against ", size_b);
    result[axis] = size_a == 1 ? size_b : size_a;
  }
  return result;
  // SOLUTION END
}

}  // namespace gradbook
