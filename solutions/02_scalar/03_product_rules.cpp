#include <cmath>

#include "02_scalar/scalar.hpp"

namespace gradbook {

Partials mul_partials(const Node& out) {
  // SOLUTION BEGIN  out = a · b: the slope by each factor is the other factor
  const auto [a, b] = out.inputs;
  return {b->value, a->value};
  // SOLUTION END
}

Partials div_partials(const Node& out) {
  // SOLUTION BEGIN  out = a / b: the slope by b is -a/b², but b² overflows before the slope does
  const double b = out.inputs[1]->value;
  return {1 / b, -out.value / b};
  // SOLUTION END
}

Partials pow_partials(const Node& out) {
  // SOLUTION BEGIN  out = aⁿ with n = out.exponent; a may be 0, and a⁰ has slope 0 everywhere
  const double a = out.inputs[0]->value, n = out.exponent;
  return {n == 0 ? 0 : n * std::pow(a, n - 1)};
  // SOLUTION END
}

Partials exp_partials(const Node& out) {
  // SOLUTION BEGIN  out = exp(a) is its own derivative, and it is computed already
  return {out.value};
  // SOLUTION END
}

Partials log_partials(const Node& out) {
  // SOLUTION BEGIN  out = log(a)
  return {1 / out.inputs[0]->value};
  // SOLUTION END
}

}  // namespace gradbook
