// Layouts for kernels, of arrays of module 03.
#include <climits>

#include "09_cuda/strided.hpp"

namespace gradbook {

StridedLayout layout_of(const Shape& shape, const Strides& strides) {
  const auto fits = [](std::int64_t n) { return n >= -INT_MAX && n <= INT_MAX; };
  StridedLayout layout;
  layout.rank = shape.rank();
  std::int64_t elements = 1, reach = 0;
  for (int axis = 0; axis < shape.rank(); ++axis) {
    const std::int64_t size = shape[axis], stride = strides[axis];
    if (fits(size) && fits(stride)) {
      elements *= size;
      reach += (size > 1 ? size - 1 : 0) * (stride < 0 ? -stride : stride);
    }
    if (!fits(size) || !fits(stride) || !fits(elements) || !fits(reach))
      throw RangeError("layout_of: shape ", shape, " with strides ", strides,
                       ": kernels count with an int, which ends at ", INT_MAX);
    layout.shape[axis] = static_cast<int>(size);
    layout.strides[axis] = static_cast<int>(stride);
  }
  return layout;
}

}  // namespace gradbook
