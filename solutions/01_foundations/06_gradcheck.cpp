#include <cmath>
#include <limits>

#include "01_foundations/slopes.hpp"

namespace gradbook {

GradientCheck gradcheck(function_ref<double(std::span<const double>)> f, std::span<const double> x,
                        std::span<const double> gradient, double tolerance) {
  // SOLUTION BEGIN  keep the worst coordinate; comparing with NaN is false, so NaN needs care
  if (x.size() != gradient.size()) {
    throw ShapeError("gradcheck: ", x.size(), " arguments and a gradient of ", gradient.size());
  }
  GradientCheck check;
  for (std::size_t i = 0; i < x.size(); ++i) {
    const double h = kStep * std::fmax(1, std::fabs(x[i]));
    const double analytic = gradient[i];
    const double numeric = central_difference(f, x, i, h);

    // Measure the distance against the larger of both, but never against less than 1
    const double size = std::fmax(1, std::fmax(std::fabs(analytic), std::fabs(numeric)));
    double error = std::fabs(analytic - numeric) / size;
    if (std::isnan(error)) error = std::numeric_limits<double>::infinity();

    // Keep the worst coordinate
    if (i == 0 || error > check.error) check = {error <= tolerance, i, analytic, numeric, error};
  }
  return check;
  // SOLUTION END
}

}  // namespace gradbook
