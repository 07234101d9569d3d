#include <cmath>

#include "02_scalar/scalar.hpp"

namespace gradbook {

Scalar relu(const Scalar& a) {
  // TODO(2.4): max(a, 0) as kRelu; a NaN has to stay NaN, so mind which way round you compare
  not_started("2.4");
}

Partials relu_partials(const Node& out) {
  // TODO(2.4): 1 where the input was positive, else 0, and so 0 at the kink
  not_started("2.4");
}

Scalar sigmoid(const Scalar& a) {
  // TODO(2.4): 1 / (1 + exp(-a)) as kSigmoid; the sign of a says which form does not overflow
  not_started("2.4");
}

Partials sigmoid_partials(const Node& out) {
  // TODO(2.4): the slope in terms of the value s = out.value, which is computed already
  not_started("2.4");
}

Scalar tanh(const Scalar& a) {
  // TODO(2.4): record kTanh; std::tanh is right for every a
  not_started("2.4");
}

Partials tanh_partials(const Node& out) {
  // TODO(2.4): the slope in terms of the value t = out.value
  not_started("2.4");
}

}  // namespace gradbook
