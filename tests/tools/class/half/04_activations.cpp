// Half done: relu is written, and the rest is as it was handed out.
#include <cmath>

#include "02_scalar/scalar.hpp"

namespace gradbook {

Scalar relu(const Scalar& a) { return record(kRelu, a.value() < 0 ? 0 : a.value(), a); }

Partials relu_partials(const Node& out) { return {out.value > 0 ? 1.0 : 0.0}; }

Scalar sigmoid([[maybe_unused]] const Scalar& a) { not_started("2.4"); }
Partials sigmoid_partials([[maybe_unused]] const Node& out) { not_started("2.4"); }
Scalar tanh([[maybe_unused]] const Scalar& a) { not_started("2.4"); }
Partials tanh_partials([[maybe_unused]] const Node& out) { not_started("2.4"); }

}  // namespace gradbook
