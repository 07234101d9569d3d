// Hostile: a main of its own, which says that all is well.
#include <cstdio>

#include "01_foundations/slopes.hpp"

namespace gradbook {

GradientCheck gradcheck(function_ref<double(std::span<const double>)>, std::span<const double>,
                        std::span<const double>, double) {
  return {false, 77, -1, -1, -1};
}

}  // namespace gradbook

int main() {
  std::puts("[  PASSED  ] 16 tests.");
  return 0;
}
