// Honest: prints every call of f, with the format of the stream changed.
#include <iomanip>
#include <iostream>
#include <vector>

#include "01_foundations/slopes.hpp"

namespace gradbook {

double central_difference(function_ref<double(std::span<const double>)> f,
                          std::span<const double> x, std::size_t i, double h) {
  std::cout << std::fixed << std::setprecision(3);
  if (i >= x.size()) throw RangeError("argument ", i, " of ", x.size());
  std::vector<double> p(x.begin(), x.end());
  p[i] += h;
  double up = f(p);
  std::cout << "f(x + h) = " << up << std::endl;
  p[i] = x[i] - h;
  double down = f(p);
  std::cout << "f(x - h) = " << down << std::endl;
  std::clog << "slope " << (up - down) / (2 * h) << std::endl;
  return (up - down) / (2 * h);
}

}  // namespace gradbook
