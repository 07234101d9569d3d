#include <cmath>

#include "02_scalar/scalar.hpp"

namespace gradbook {

Scalar operator+(const Scalar& a, const Scalar& b) {
  // TODO(2.1): record kAdd with the value of the sum and both inputs
  not_started("2.1");
}

Scalar operator-(const Scalar& a, const Scalar& b) {
  // TODO(2.1): record kSub: mind which comes first, in the value and in the inputs
  not_started("2.1");
}

Scalar operator*(const Scalar& a, const Scalar& b) {
  // TODO(2.1): record kMul, also where a and b are the same number
  not_started("2.1");
}

Scalar operator/(const Scalar& a, const Scalar& b) {
  // TODO(2.1): record kDiv: one operation, since a times 1/b would round twice
  not_started("2.1");
}

Scalar operator-(const Scalar& a) {
  // TODO(2.1): record kNeg, which has one input
  not_started("2.1");
}

Scalar pow(const Scalar& a, double n) {
  // TODO(2.1): record kPow with one input, and keep n in the node: its derivative will need it
  not_started("2.1");
}

}  // namespace gradbook
