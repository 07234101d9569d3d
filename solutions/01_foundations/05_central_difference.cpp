#include <vector>

#include "01_foundations/slopes.hpp"

namespace gradbook {

double central_difference(function_ref<double(std::span<const double>)> f,
                          std::span<const double> x, std::size_t i, double h) {
  // SOLUTION BEGIN  move argument i of a copy of x, up and down; first see that there is an i
  if (i >= x.size()) {
    throw RangeError("central_difference: argument ", i, " of a function of ", x.size(),
                     ", counted from 0");
  }
  std::vector<double> point(x.begin(), x.end());
  point[i] = x[i] + h;
  const double above = f(point);
  point[i] = x[i] - h;
  const double below = f(point);
  return (above - below) / (2 * h);
  // SOLUTION END
}

}  // namespace gradbook
