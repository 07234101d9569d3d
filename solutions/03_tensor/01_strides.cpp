#include "03_tensor/shape.hpp"

namespace gradbook {

std::int64_t size_of(const Shape& shape) {
  // SOLUTION BEGIN  multiply the sizes; refuse negative ones, and a product that overflows
  std::int64_t product = 1;  // of the sizes that are not 0: they are what strides are made of
  bool empty = false;
  for (const std::int64_t size : shape) {
    if (size < 0) throw ShapeError("a shape of ", shape, " has a negative size");
    empty = empty || size == 0;
    if (size > 0 && __builtin_mul_overflow(product, size, &product))
      throw ShapeError("a shape of ", shape, " has more elements than 63 bits can count");
  }
  return empty ? 0 : product;
  // SOLUTION END
}

Strides strides_of(const Shape& shape) {
  // SOLUTION BEGIN  from the last axis to the first, each stride is the product of the sizes behind
  size_of(shape);  // refuses what has no strides
  Strides strides(shape.rank(), 1);
  for (int axis = shape.rank() - 2; axis >= 0; --axis) {
    const std::int64_t behind = shape[axis + 1];
    strides[axis] = strides[axis + 1] * (behind == 0 ? 1 : behind);
  }
  return strides;
  // SOLUTION END
}

bool is_contiguous(const Shape& shape, const Strides& strides) {
  // SOLUTION BEGIN  compare with strides_of, but for axes along which nobody takes a step
  if (shape.rank() != strides.rank())
    throw ShapeError("is_contiguous: a shape of ", shape, " cannot have strides ", strides);
  if (size_of(shape) == 0) return true;
  const Strides expected = strides_of(shape);
  for (int axis = 0; axis < shape.rank(); ++axis) {
    if (shape[axis] != 1 && strides[axis] != expected[axis]) return false;
  }
  return true;
  // SOLUTION END
}

}  // namespace gradbook
