// Right alone; the other half of the clash with 1.5.
#include <cmath>
#include <limits>
#include <vector>

#include "01_foundations/slopes.hpp"

namespace gradbook {

void move_by(std::vector<double>& point, std::size_t i, double h) { point.at(i) += h; }

GradientCheck gradcheck(function_ref<double(std::span<const double>)> f, std::span<const double> x,
                        std::span<const double> gradient, double tolerance) {
  if (x.size() != gradient.size()) throw ShapeError("lengths ", x.size(), ", ", gradient.size());
  GradientCheck worst;
  for (std::size_t i = 0; i < x.size(); ++i) {
    const double h = kStep * std::fmax(1, std::fabs(x[i]));
    std::vector<double> point(x.begin(), x.end());
    move_by(point, i, h);
    const double above = f(point);
    point[i] = x[i];
    move_by(point, i, -h);
    const double numeric = (above - f(point)) / (2 * h), analytic = gradient[i];
    const double size = std::fmax(1, std::fmax(std::fabs(analytic), std::fabs(numeric)));
    double error = std::fabs(analytic - numeric) / size;
    if (std::isnan(error)) error = std::numeric_limits<double>::infinity();
    if (i > 0 && error <= worst.error) continue;
    worst = {error <= tolerance, i, analytic, numeric, error};
  }
  return worst;
}

}  // namespace gradbook
