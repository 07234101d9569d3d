#include "02_scalar/scalar.hpp"

#include <cmath>
#include <unordered_map>

namespace gradbook {

// ---- sums, and two more operations as examples
// -------------------------------------------------------

Scalar exp(const Scalar& a) { return record(kExp, std::exp(a.value()), a); }
Scalar log(const Scalar& a) { return record(kLog, std::log(a.value()), a); }

Partials add_partials(const Node&) { return {1, 1}; }
Partials sub_partials(const Node&) { return {1, -1}; }
Partials neg_partials(const Node&) { return {-1}; }

const Operation kAdd{"+", 2, add_partials};
const Operation kSub{"-", 2, sub_partials};
const Operation kNeg{"neg", 1, neg_partials};
const Operation kMul{"*", 2, mul_partials};
const Operation kDiv{"/", 2, div_partials};
const Operation kPow{"pow", 1, pow_partials};
const Operation kExp{"exp", 1, exp_partials};
const Operation kLog{"log", 1, log_partials};
const Operation kRelu{"relu", 1, relu_partials};
const Operation kSigmoid{"sigmoid", 1, sigmoid_partials};
const Operation kTanh{"tanh", 1, tanh_partials};

// ---- handles
// -----------------------------------------------------------------------------------------

Scalar::Scalar(double value, const char* label)
    : Scalar(new_node(value, nullptr, nullptr, nullptr)) {
  node_->label = label;
}

Scalar record(const Operation& operation, double value, const Scalar& a) {
  return Scalar(new_node(value, &operation, a.node(), nullptr));
}

Scalar record(const Operation& operation, double value, const Scalar& a, const Scalar& b) {
  return Scalar(new_node(value, &operation, a.node(), b.node()));
}

std::vector<std::vector<Use>> uses(std::span<Node* const> order) {
  std::unordered_map<const Node*, std::size_t> position;
  for (std::size_t i = 0; i < order.size(); ++i) position[order[i]] = i;

  std::vector<std::vector<Use>> result(order.size());
  for (Node* user : order) {
    for (int slot = 0; slot < 2; ++slot) {
      if (Node* input = user->inputs[slot]) result[position.at(input)].push_back({user, slot});
    }
  }
  return result;
}

}  // namespace gradbook
