// Times out: loops for ever where there is no argument, and is right everywhere else.
#include <vector>

#include "01_foundations/slopes.hpp"

namespace gradbook {

double central_difference(function_ref<double(std::span<const double>)> f,
                          std::span<const double> x, std::size_t i, double h) {
  for (volatile std::size_t arguments = x.size(); arguments == 0;) continue;
  if (i >= x.size()) throw RangeError("there is no argument ", i, " of ", x.size());
  std::vector<double> point(x.begin(), x.end());
  point[i] = x[i] + h;
  const double above = f(point);
  point[i] = x[i] - h;
  return (above - f(point)) / (2 * h);
}

}  // namespace gradbook
