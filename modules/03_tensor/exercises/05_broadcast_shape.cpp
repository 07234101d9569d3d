#include "03_tensor/shape.hpp"

namespace gradbook {

Shape broadcast_shape(const Shape& a, const Shape& b, const char* operation) {
  // TODO(3.5): align the last axes; a size of 1, and a missing one, becomes the other's
  not_started("3.5");
}

}  // namespace gradbook
