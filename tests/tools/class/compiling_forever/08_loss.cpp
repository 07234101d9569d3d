// Hostile: keeps the compiler busy for hours, with many sums that each stay below its own limits.
#include "02_scalar/training.hpp"

namespace gradbook {
namespace {

template <int which>
constexpr long burn() {
  long sum = which;
  for (int i = 0; i < 3000; ++i) {
    for (int k = 0; k < 1000; ++k) sum = (sum * 31 + k) % 1000003;
  }
  return sum;
}

template <int... which>
constexpr long burn_all(std::integer_sequence<int, which...>) {
  constexpr long sums[] = {std::integral_constant<long, burn<which>()>::value...};
  return sums[0];
}

}  // namespace

Scalar mean_squared_error(std::span<const Scalar>, std::span<const double>) {
  return Scalar{static_cast<double>(burn_all(std::make_integer_sequence<int, 5000>()))};
}

}  // namespace gradbook
