#include <cmath>

#include "02_scalar/scalar.hpp"

namespace gradbook {

Scalar operator+(const Scalar& a, const Scalar& b) {
  // SOLUTION BEGIN  record kAdd with the value of the sum and both inputs
  return record(kAdd, a.value() + b.value(), a, b);
  // SOLUTION END
}

Scalar operator-(const Scalar& a, const Scalar& b) {
  // SOLUTION BEGIN  record kSub: mind which comes first, in the value and in the inputs
  return record(kSub, a.value() - b.value(), a, b);
  // SOLUTION END
}

Scalar operator*(const Scalar& a, const Scalar& b) {
  // SOLUTION BEGIN  record kMul, also where a and b are the same number
  return record(kMul, a.value() * b.value(), a, b);
  // SOLUTION END
}

Scalar operator/(const Scalar& a, const Scalar& b) {
  // SOLUTION BEGIN  record kDiv: one operation, since a times 1/b would round twice
  return record(kDiv, a.value() / b.value(), a, b);
  // SOLUTION END
}

Scalar operator-(const Scalar& a) {
  // SOLUTION BEGIN  record kNeg, which has one input
  return record(kNeg, -a.value(), a);
  // SOLUTION END
}

Scalar pow(const Scalar& a, double n) {
  // SOLUTION BEGIN  record kPow with one input, and keep n in the node: its derivative will need it
  Scalar result = record(kPow, std::pow(a.value(), n), a);
  result.node()->exponent = n;
  return result;
  // SOLUTION END
}

}  // namespace gradbook
