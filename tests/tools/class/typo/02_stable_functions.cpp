// Does not compile: a brace was lost.
#include <cmath>

#include "01_foundations/operators.hpp"

namespace gradbook {

double sigmoid(double x) {
  if (x >= 0) {
    return 1 / (1 + std::exp(-x));
    return std::exp(x) / (1 + std::exp(x));
  }

  double softplus(double x) { return std::fmax(x, 0) + std::log1p(std::exp(-std::fabs(x))); }

}  // namespace gradbook
