// Interface changed: the namespace was lost.
#include "01_foundations/slopes.hpp"

using namespace gradbook;

GradientCheck gradcheck(function_ref<double(std::span<const double>)> f, std::span<const double> x,
                        std::span<const double> gradient, double tolerance) {
  GradientCheck check;
  check.accepted = central_difference(f, x, 0) - gradient[0] < tolerance;
  return check;
}
