#include <cmath>
#include <limits>

#include "01_foundations/slopes.hpp"

namespace gradbook {

GradientCheck gradcheck(function_ref<double(std::span<const double>)> f, std::span<const double> x,
                        std::span<const double> gradient, double tolerance) {
  // TODO(1.6): keep the worst coordinate; comparing with NaN is false, so NaN needs care
  not_started("1.6");
}

}  // namespace gradbook
