// Wrong in part: the shapes are aligned at their first axes.
#include "03_tensor/shape.hpp"

namespace gradbook {

Shape broadcast_shape(const Shape& a, const Shape& b, const char* operation) {
  const Shape& longer = a.rank() < b.rank() ? b : a;
  const Shape& shorter = a.rank() < b.rank() ? a : b;
  Shape result = longer;
  for (int axis = 0; axis < shorter.rank(); ++axis) {
    if (shorter[axis] != longer[axis] && shorter[axis] != 1 && longer[axis] != 1)
      throw ShapeError(operation, ": ", a, " and ", b, " do not broadcast: axis ", axis, " is ",
                       a[axis], " against ", b[axis]);
    if (longer[axis] == 1) result[axis] = shorter[axis];
  }
  return result;
}

}  // namespace gradbook
