// Right alone; defines outside of any anonymous namespace what 1.6 of this student defines as well.
#include <vector>

#include "01_foundations/slopes.hpp"

namespace gradbook {

void move_by(std::vector<double>& point, std::size_t i, double h) { point[i] += h; }

double central_difference(function_ref<double(std::span<const double>)> f,
                          std::span<const double> x, std::size_t i, double h) {
  if (i >= x.size()) throw RangeError("there is no argument ", i, " of ", x.size());
  std::vector<double> above(x.begin(), x.end()), below = above;
  move_by(above, i, h);
  move_by(below, i, -h);
  return (f(above) - f(below)) / (2 * h);
}

}  // namespace gradbook
