#include "06_training/optimizers.hpp"

namespace gradbook {

void SGD::step() {
  // TODO(6.1): g, then the velocity where there is momentum, then the step; mind the first one
  not_started("6.1");
}

}  // namespace gradbook
