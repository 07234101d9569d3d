#include <cmath>

#include "02_scalar/scalar.hpp"

namespace gradbook {

Scalar relu(const Scalar& a) {
  // SOLUTION BEGIN  max(a, 0) as kRelu; a NaN has to stay NaN, so mind which way round you compare
  return record(kRelu, a.value() < 0 ? 0 : a.value(), a);
  // SOLUTION END
}

Partials relu_partials(const Node& out) {
  // SOLUTION BEGIN  1 where the input was positive, else 0, and so 0 at the kink
  return {out.value > 0 ? 1.0 : 0.0};
  // SOLUTION END
}

Scalar sigmoid(const Scalar& a) {
  // SOLUTION BEGIN  1 / (1 + exp(-a)) as kSigmoid; the sign of a says which form does not overflow
  const double x = a.value();
  const double small = std::exp(-std::fabs(x));  // at most 1
  return record(kSigmoid, (x < 0 ? small : 1) / (1 + small), a);
  // SOLUTION END
}

Partials sigmoid_partials(const Node& out) {
  // SOLUTION BEGIN  the slope in terms of the value s = out.value, which is computed already
  const double s = out.value;
  return {s * (1 - s)};
  // SOLUTION END
}

Scalar tanh(const Scalar& a) {
  // SOLUTION BEGIN  record kTanh; std::tanh is right for every a
  return record(kTanh, std::tanh(a.value()), a);
  // SOLUTION END
}

Partials tanh_partials(const Node& out) {
  // SOLUTION BEGIN  the slope in terms of the value t = out.value
  const double t = out.value;
  return {1 - t * t};
  // SOLUTION END
}

}  // namespace gradbook
