#include "04_autograd/functions.hpp"

namespace gradbook {

Tensor unbroadcast(const Tensor& grad, const Shape& shape) {
  // SOLUTION BEGIN  sum along every axis that was repeated, then take the shape
  if (grad.shape() == shape) return grad;
  if (!(broadcast_shape(shape, grad.shape(), "unbroadcast") == grad.shape()))
    throw ShapeError("unbroadcast: ", shape, " does not broadcast to ", grad.shape());
  const int missing = grad.rank() - shape.rank();
  Axes repeated;
  for (int axis = 0; axis < grad.rank(); ++axis) {
    if (axis < missing || shape[axis - missing] != grad.shape()[axis]) repeated.push_back(axis);
  }
  return reshape(sum(grad, repeated, true), shape);
  // SOLUTION END
}

}  // namespace gradbook
