// Refused: relu and sigmoid are taken from module 01.
#include <cmath>

#include "01_foundations/operators.hpp"
#include "02_scalar/scalar.hpp"

namespace gradbook {

Scalar relu(const Scalar& a) { return record(kRelu, relu(a.value()), a); }
Partials relu_partials(const Node& out) { return {relu_back(out.value, 1)}; }
Scalar sigmoid(const Scalar& a) { return record(kSigmoid, sigmoid(a.value()), a); }
Partials sigmoid_partials(const Node& out) { return {out.value * (1 - out.value)}; }
Scalar tanh(const Scalar& a) { return record(kTanh, std::tanh(a.value()), a); }
Partials tanh_partials(const Node& out) { return {1 - out.value * out.value}; }

}  // namespace gradbook
