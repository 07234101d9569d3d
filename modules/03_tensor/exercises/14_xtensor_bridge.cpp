#include "03_tensor/bridge.hpp"

namespace gradbook {

XtensorView as_xtensor(Array& a) {
  // TODO(3.14): xt::adapt takes the first element, how many there are, shape and strides
  not_started("3.14");
}

Array as_array(Real* numbers, std::span<const std::size_t> shape,
               std::span<const std::ptrdiff_t> strides) {
  // TODO(3.14): borrow as many numbers as the strides reach, and look at them
  not_started("3.14");
}

}  // namespace gradbook
