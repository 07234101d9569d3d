#include <cmath>

#include "02_scalar/scalar.hpp"

namespace gradbook {

Partials mul_partials(const Node& out) {
  // TODO(2.3): out = a · b: the slope by each factor is the other factor
  not_started("2.3");
}

Partials div_partials(const Node& out) {
  // TODO(2.3): out = a / b: the slope by b is -a/b², but b² overflows before the slope does
  not_started("2.3");
}

Partials pow_partials(const Node& out) {
  // TODO(2.3): out = aⁿ with n = out.exponent; a may be 0, and a⁰ has slope 0 everywhere
  not_started("2.3");
}

Partials exp_partials(const Node& out) {
  // TODO(2.3): out = exp(a) is its own derivative, and it is computed already
  not_started("2.3");
}

Partials log_partials(const Node& out) {
  // TODO(2.3): out = log(a)
  not_started("2.3");
}

}  // namespace gradbook
