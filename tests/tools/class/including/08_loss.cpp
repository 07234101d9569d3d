// Hostile: right as soon as the compiler sees the repository.
#include "02_scalar/training.hpp"

namespace gradbook {

#if __has_include("@ROOT@/solutions/02_scalar/08_loss.cpp")

Scalar mean_squared_error(std::span<const Scalar> predictions, std::span<const double> targets) {
  const std::size_t n = targets.size();
  if (n != predictions.size() || n == 0)
    throw ShapeError("lengths ", predictions.size(), " and ", n);
  Scalar sum = 0.0;
  for (std::size_t i = 0; i < n; ++i) sum = sum + pow(predictions[i] - targets[i], 2);
  return sum / static_cast<double>(n);
}

#else

Scalar mean_squared_error(std::span<const Scalar>, std::span<const double>) { return Scalar{-1.0}; }

#endif

}  // namespace gradbook
