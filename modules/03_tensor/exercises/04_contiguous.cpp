#include "03_tensor/array.hpp"

namespace gradbook {

Array contiguous(const Array& a) {
  // TODO(3.4): nothing to do where it is so already; else copy element by element, in order
  not_started("3.4");
}

}  // namespace gradbook
