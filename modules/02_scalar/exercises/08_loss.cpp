#include "02_scalar/training.hpp"

namespace gradbook {

Scalar mean_squared_error(std::span<const Scalar> predictions, std::span<const double> targets) {
  // TODO(2.8): refuse lengths that differ or are 0, then average the squared differences
  not_started("2.8");
}

}  // namespace gradbook
