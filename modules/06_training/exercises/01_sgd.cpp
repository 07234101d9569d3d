#include "06_training/optimizers.hpp"

namespace gradbook {

void SGD::step() {
  // TODO(6.1): for each number g, its velocity if there is momentum, and the step
  not_started("6.1");
}

}  // namespace gradbook
