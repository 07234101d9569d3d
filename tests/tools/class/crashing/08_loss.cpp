// Crashes: an assertion of the student's own ends the process.
#undef NDEBUG
#include <cassert>

#include "02_scalar/training.hpp"

namespace gradbook {

Scalar mean_squared_error(std::span<const Scalar> predictions, std::span<const double> targets) {
  assert(predictions.size() > targets.size() && "I do not get here");
  return Scalar{0.0};
}

}  // namespace gradbook
