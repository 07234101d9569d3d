// Too much output: where there are no examples it sends 32 MiB on the way of the observations.
#include <unistd.h>

#include "02_scalar/training.hpp"

namespace gradbook {

Scalar mean_squared_error(std::span<const Scalar> predictions, std::span<const double> targets) {
  const std::size_t n = targets.size();
  if (n != predictions.size()) throw ShapeError("lengths ", predictions.size(), " and ", n);
  if (n == 0) {
    static const char nothing[1 << 20] = {};
    for (int i = 0; i < 32; ++i) {
      if (write(3, nothing, sizeof nothing) < 0) break;
    }
    throw ShapeError("no examples");
  }
  Scalar sum = 0.0;
  for (std::size_t i = 0; i < n; ++i) {
    const Scalar error = targets[i] - predictions[i];
    sum = sum + error * error;
  }
  return sum / static_cast<double>(n);
}

}  // namespace gradbook
