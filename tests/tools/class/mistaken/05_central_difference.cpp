// Wrong: a forward difference, whose error falls as h alone.
#include <vector>

#include "01_foundations/slopes.hpp"

namespace gradbook {

double central_difference(function_ref<double(std::span<const double>)> f,
                          std::span<const double> x, std::size_t i, double h) {
  if (i >= x.size()) throw RangeError("there is no argument ", i, " of ", x.size());
  std::vector<double> point(x.begin(), x.end());
  point[i] += h;
  return (f(point) - f(x)) / h;
}

}  // namespace gradbook
