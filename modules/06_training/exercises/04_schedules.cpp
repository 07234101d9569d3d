#include <cmath>
#include <numbers>

#include "06_training/optimizers.hpp"

namespace gradbook {

double learning_rate(std::int64_t step, const WarmupCosine& schedule) {
  // TODO(6.4): three pieces: up in a line, down along a cosine, and the floor
  not_started("6.4");
}

}  // namespace gradbook
