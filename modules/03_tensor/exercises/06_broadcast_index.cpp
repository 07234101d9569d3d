#include "03_tensor/array.hpp"

namespace gradbook {

Array broadcast_to(const Array& a, const Shape& shape) {
  // TODO(3.6): check with broadcast_shape; an axis that is repeated gets stride 0
  not_started("3.6");
}

}  // namespace gradbook
