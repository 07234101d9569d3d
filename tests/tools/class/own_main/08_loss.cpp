// Hostile: a main of its own, which says that all is well.
#include <cstdio>

#include "02_scalar/training.hpp"

namespace gradbook {

Scalar mean_squared_error(std::span<const Scalar>, std::span<const double>) { return Scalar{-1.0}; }

}  // namespace gradbook

int main() {
  std::puts("[  PASSED  ] 12 tests.");
  return 0;
}
