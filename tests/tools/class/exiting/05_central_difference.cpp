// Hostile: leaves with success in the middle of a case.
#include <cstdlib>

#include "01_foundations/slopes.hpp"

namespace gradbook {

double central_difference(function_ref<double(std::span<const double>)>, std::span<const double>,
                          std::size_t, double) {
  std::exit(0);
}

}  // namespace gradbook
