#include "02_scalar/dual.hpp"

#include <cmath>

namespace gradbook {

Dual operator+(Dual a, Dual b) { return {a.value + b.value, a.tangent + b.tangent}; }
Dual operator-(Dual a, Dual b) { return {a.value - b.value, a.tangent - b.tangent}; }
Dual operator-(Dual a) { return {-a.value, -a.tangent}; }

Dual exp(Dual a) {
  const double e = std::exp(a.value);
  return {e, e * a.tangent};
}

Dual log(Dual a) { return {std::log(a.value), a.tangent / a.value}; }

}  // namespace gradbook
