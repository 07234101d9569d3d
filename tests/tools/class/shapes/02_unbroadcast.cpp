// Wrong in part: axes that were missing are summed, those of size 1 are not.
#include "04_autograd/functions.hpp"

namespace gradbook {

Tensor unbroadcast(const Tensor& grad, const Shape& shape) {
  Axes missing;
  for (int axis = 0; axis < grad.rank() - shape.rank(); ++axis) missing.push_back(axis);
  return missing.rank() == 0 ? grad : sum(grad, missing);
}

}  // namespace gradbook
