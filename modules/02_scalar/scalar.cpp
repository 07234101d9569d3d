#include "02_scalar/scalar.hpp"

#include <fmt/format.h>

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

// ---- labels
// ------------------------------------------------------------------------------------------

namespace {

constexpr int kDeepest =
    8;  // shared nodes are written out each time, so the text doubles with every level

enum class Binding { sum, product, atom };  // what is looser than its surroundings needs brackets

Binding binding(const Node* node) {
  if (node->label != nullptr || node->operation == nullptr) return Binding::atom;
  if (node->operation == &kAdd || node->operation == &kSub) return Binding::sum;
  if (node->operation == &kMul || node->operation == &kDiv) return Binding::product;
  return Binding::atom;
}

std::string formula(const Node* node, int depth);

std::string bracketed(const Node* node, Binding loosest, int depth) {
  const std::string text = formula(node, depth);
  return binding(node) < loosest ? fmt::format("({})", text) : text;
}

std::string formula(const Node* node, int depth) {
  if (node->label != nullptr) return node->label;
  if (node->operation == nullptr) return fmt::format("{:g}", node->value);
  if (depth == kDeepest) return "…";

  const Operation* op = node->operation;
  const auto [a, b] = node->inputs;
  const auto inner = [&](const Node* n, Binding loosest) {
    return bracketed(n, loosest, depth + 1);
  };
  if (op == &kPow) return fmt::format("{}^{:g}", inner(a, Binding::atom), node->exponent);
  if (op == &kNeg) return fmt::format("-{}", inner(a, Binding::atom));
  if (op == &kAdd) return inner(a, Binding::sum) + "+" + inner(b, Binding::sum);
  if (op == &kSub) return inner(a, Binding::sum) + "-" + inner(b, Binding::product);
  if (op == &kMul) return inner(a, Binding::product) + "*" + inner(b, Binding::product);
  if (op == &kDiv) return inner(a, Binding::product) + "/" + inner(b, Binding::atom);
  return fmt::format("{}({})", op->name, inner(a, Binding::sum));
}

}  // namespace

std::string label(const Node* node) { return formula(node, 0); }

std::vector<std::string> labels(std::span<Node* const> nodes) {
  std::vector<std::string> result;
  for (const Node* node : nodes) result.push_back(label(node));
  return result;
}

}  // namespace gradbook
