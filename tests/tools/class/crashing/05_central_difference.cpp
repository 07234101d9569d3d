// Crashes: writes through a null pointer.
#include "01_foundations/slopes.hpp"

namespace gradbook {

double central_difference(function_ref<double(std::span<const double>)> f,
                          std::span<const double> x, std::size_t, double) {
  *static_cast<volatile double*>(nullptr) = x[0];
  return f(x);
}

}  // namespace gradbook
