#include "02_scalar/label.hpp"

#include <fmt/format.h>

namespace gradbook {
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
  if (node->operation == nullptr) return digits(node->value);
  if (depth == kDeepest) return "…";

  const Operation* op = node->operation;
  const auto [a, b] = node->inputs;
  const auto inner = [&](const Node* n, Binding loosest) {
    return bracketed(n, loosest, depth + 1);
  };
  if (op == &kPow) return inner(a, Binding::atom) + "^" + digits(node->exponent);
  if (op == &kNeg) return fmt::format("-{}", inner(a, Binding::atom));
  if (op == &kAdd) return inner(a, Binding::sum) + "+" + inner(b, Binding::sum);
  if (op == &kSub) return inner(a, Binding::sum) + "-" + inner(b, Binding::product);
  if (op == &kMul) return inner(a, Binding::product) + "*" + inner(b, Binding::product);
  if (op == &kDiv) return inner(a, Binding::product) + "/" + inner(b, Binding::atom);
  return fmt::format("{}({})", op->name, inner(a, Binding::sum));
}

}  // namespace

std::string label(const Node* node) { return formula(node, 0); }

std::string digits(double value) { return fmt::format("{:g}", value); }

std::vector<std::string> labels(std::span<Node* const> nodes) {
  std::vector<std::string> result;
  for (const Node* node : nodes) result.push_back(label(node));
  return result;
}

}  // namespace gradbook
