#include "03_tensor/bridge.hpp"

namespace gradbook {

XtensorView as_xtensor(Array& a) {
  // SOLUTION BEGIN  xt::adapt takes the first element, how many there are, shape and strides
  const std::vector<std::size_t> shape(a.shape().begin(), a.shape().end());
  const std::vector<std::ptrdiff_t> strides(a.strides().begin(), a.strides().end());
  return xt::adapt(a.mutable_data(), static_cast<std::size_t>(a.size()), xt::no_ownership(), shape,
                   strides);
  // SOLUTION END
}

Array as_array(Real* numbers, std::span<const std::size_t> shape,
               std::span<const std::ptrdiff_t> strides) {
  // SOLUTION BEGIN  borrow as many numbers as the strides reach, and look at them
  Shape sizes;
  Strides steps;
  std::int64_t last = 0;
  for (std::size_t axis = 0; axis < shape.size(); ++axis) {
    const auto size = static_cast<std::int64_t>(shape[axis]);
    if (strides[axis] < 0)
      throw RangeError("as_array: axis ", axis, " has stride ", static_cast<long>(strides[axis]),
                       ", which must not be negative");
    sizes.push_back(size), steps.push_back(strides[axis]);
    last += (size - 1) * strides[axis];
  }
  const std::int64_t reach = size_of(sizes) == 0 ? 0 : last + 1;
  return array_on(Storage::borrow(numbers, reach), sizes, steps);
  // SOLUTION END
}

}  // namespace gradbook
