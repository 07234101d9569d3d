#include <algorithm>

#include "03_tensor/array.hpp"

namespace gradbook {

Array permute(const Array& a, const Axes& order) {
  // TODO(3.3): shape and strides change places together; check the order first
  not_started("3.3");
}

Array reshape(const Array& a, const Shape& shape) {
  // TODO(3.3): find the size that is -1, compare the numbers of elements, take new strides
  not_started("3.3");
}

Array slice(const Array& a, std::int64_t axis, const Slice& taken) {
  // TODO(3.3): cut the bounds as Python does, move the start, lengthen the stride
  not_started("3.3");
}

}  // namespace gradbook
