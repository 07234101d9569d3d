#include "02_scalar/scalar.hpp"

namespace gradbook {

void release(Node* node) {
  // TODO(2.6): recycle what dies, without recursion; mind that recycle overwrites inputs[0]
  not_started("2.6");
}

}  // namespace gradbook
