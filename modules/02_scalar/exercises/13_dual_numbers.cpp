#include <cmath>

#include "02_scalar/dual.hpp"

namespace gradbook {

Dual operator*(Dual a, Dual b) {
  // TODO(2.13): multiply out (a + a'ε)(b + b'ε) and drop ε²
  not_started("2.13");
}

Dual operator/(Dual a, Dual b) {
  // TODO(2.13): with q = a/b the quotient rule reads (a' - q b') / b, which does not square b
  not_started("2.13");
}

Dual pow(Dual a, double n) {
  // TODO(2.13): the value may be 0, and a⁰ stands still everywhere
  not_started("2.13");
}

Dual relu(Dual a) {
  // TODO(2.13): three cases: above 0, not above 0, and a NaN, whose value stays NaN
  not_started("2.13");
}

Dual sigmoid(Dual a) {
  // TODO(2.13): the sign of a says which form does not overflow; the slope is s (1 - s)
  not_started("2.13");
}

Dual tanh(Dual a) {
  // TODO(2.13): the slope in terms of t = tanh(a)
  not_started("2.13");
}

double directional_derivative(function_ref<Dual(std::span<const Dual>)> f,
                              std::span<const double> x, std::span<const double> direction) {
  // TODO(2.13): compare the lengths, set x moving along the direction, run f once
  not_started("2.13");
}

std::vector<double> forward_gradient(function_ref<Dual(std::span<const Dual>)> f,
                                     std::span<const double> x) {
  // TODO(2.13): one run per input, in the direction that moves this input alone
  not_started("2.13");
}

}  // namespace gradbook
