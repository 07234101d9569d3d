#include <cmath>

#include "02_scalar/dual.hpp"

namespace gradbook {

Dual operator*(Dual a, Dual b) {
  // SOLUTION BEGIN  multiply out (a + a'ε)(b + b'ε) and drop ε²
  return {a.value * b.value, a.tangent * b.value + a.value * b.tangent};
  // SOLUTION END
}

Dual operator/(Dual a, Dual b) {
  // SOLUTION BEGIN  with q = a/b the quotient rule reads (a' - q b') / b, which does not square b
  const double q = a.value / b.value;
  return {q, (a.tangent - q * b.tangent) / b.value};
  // SOLUTION END
}

Dual pow(Dual a, double n) {
  // SOLUTION BEGIN  the value may be 0, and a⁰ stands still everywhere
  const double slope = n == 0 ? 0 : n * std::pow(a.value, n - 1);
  return {std::pow(a.value, n), slope * a.tangent};
  // SOLUTION END
}

Dual relu(Dual a) {
  // SOLUTION BEGIN  three cases: above 0, not above 0, and a NaN, whose value stays NaN
  return {a.value < 0 ? 0 : a.value, a.value > 0 ? a.tangent : 0};
  // SOLUTION END
}

Dual sigmoid(Dual a) {
  // SOLUTION BEGIN  the sign of a says which form does not overflow; the slope is s (1 - s)
  const double small = std::exp(-std::fabs(a.value));  // at most 1
  const double s = (a.value < 0 ? small : 1) / (1 + small);
  return {s, s * (1 - s) * a.tangent};
  // SOLUTION END
}

Dual tanh(Dual a) {
  // SOLUTION BEGIN  the slope in terms of t = tanh(a)
  const double t = std::tanh(a.value);
  return {t, (1 - t * t) * a.tangent};
  // SOLUTION END
}

double directional_derivative(function_ref<Dual(std::span<const Dual>)> f,
                              std::span<const double> x, std::span<const double> direction) {
  // SOLUTION BEGIN  compare the lengths, set x moving along the direction, run f once
  if (x.size() != direction.size()) {
    throw ShapeError("directional_derivative: ", x.size(), " inputs, and a direction of ",
                     direction.size());
  }
  std::vector<Dual> moving;
  for (std::size_t i = 0; i < x.size(); ++i) moving.push_back({x[i], direction[i]});
  return f(moving).tangent;
  // SOLUTION END
}

std::vector<double> forward_gradient(function_ref<Dual(std::span<const Dual>)> f,
                                     std::span<const double> x) {
  // SOLUTION BEGIN  one run per input, in the direction that moves this input alone
  std::vector<double> gradient, direction(x.size(), 0.0);
  for (double& speed : direction) {
    speed = 1;
    gradient.push_back(directional_derivative(f, x, direction));
    speed = 0;
  }
  return gradient;
  // SOLUTION END
}

}  // namespace gradbook
