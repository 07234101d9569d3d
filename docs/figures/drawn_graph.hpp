/// @file
/// A computation graph as a lecture draws it: every node is called vᵢ, says what it is computed
/// from, and shows its value and its gradient.
#pragma once

#include <fmt/core.h>

#include <functional>
#include <string>
#include <unordered_map>
#include <vector>

#include "02_scalar/label.hpp"
#include "02_scalar/scalar.hpp"

namespace gradbook {

/// What an input is called inside of a formula: its name, or its value.
using Word = std::function<std::string(const Node*)>;

/// "₁₀" of 10.
inline std::string subscript(std::size_t number) {
  std::string text;
  for (char digit : std::to_string(number)) {
    text += "\u2082";
    text.back() = static_cast<char>(0x80 + (digit - '0'));  // U+2080 is ₀
  }
  return text;
}

/// "·" between factors reads better than "*", and "a²" better than "pow 2".
inline std::string power(const std::string& base, double exponent) {
  if (exponent == 1) return base;
  if (exponent == 2) return base + "²";
  if (exponent == 3) return base + "³";
  return fmt::format("{}^{:g}", base, exponent);
}

/// The graph behind a number, with names for its nodes in the order of topological_sort.
class DrawnGraph {
 public:
  /// @param by_label  call nodes by their labels, which all must have, instead of v₀, v₁, …
  explicit DrawnGraph(const Scalar& root, bool by_label = false)
      : order_(topological_sort(root.node())), by_label_(by_label) {
    for (std::size_t i = 0; i < order_.size(); ++i) place_[order_[i]] = i;
  }

  const std::vector<Node*>& order() const { return order_; }
  std::size_t place(const Node* node) const { return place_.at(node); }
  std::string name(const Node* node) const {
    return by_label_ ? node->label : "v" + subscript(place(node));
  }
  static std::string number(const Node* node) { return fmt::format("{:g}", node->value); }

  /// What a node is computed from: "v₄ · v₆" in names, "1.60944 · 20.0855" in numbers.
  static std::string formula(const Node* node, const Word& word) {
    const Operation* op = node->operation;
    if (op == nullptr) return label(node);
    const std::string a = word(node->inputs[0]);
    if (op == &kPow) return power(a, node->exponent);
    if (op->inputs == 1) return fmt::format("{}({})", op->name, a);
    return fmt::format("{} {} {}", a, op == &kMul ? "·" : op->name, word(node->inputs[1]));
  }

  /// The partial of a node by its input k, in the same words: "v₆" of v₄ · v₆ by v₄.
  static std::string partial(const Node* node, int k, const Word& word) {
    const Operation* op = node->operation;
    if (op == &kAdd) return "1";
    if (op == &kMul) return word(node->inputs[1 - k]);
    if (op == &kExp) return word(node);
    if (op == &kLog) return "1/" + word(node->inputs[0]);
    if (op == &kPow)
      return fmt::format("{:g} · {}", node->exponent,
                         power(word(node->inputs[0]), node->exponent - 1));
    throw RangeError(fmt::format("no figure needs the partial of {} yet", op->name));
  }

  /// Value and gradient of a node, in two lines.
  static std::string value_and_grad(const Node* node) {
    return fmt::format("value {:g}\\ngrad {:g}", node->value, node->grad);
  }

  /// The graph for Graphviz. @param edge_label  what stands on the edge into input k of a node
  /// @param below  what stands below the name of a node
  std::string to_dot(const std::function<std::string(const Node*, int)>& edge_label = {},
                     const Word& below = value_and_grad) const {
    std::string dot =
        "digraph {\n"
        "  graph [rankdir=TB, nodesep=0.25, ranksep=0.4, margin=0.05]\n"
        "  node [shape=box, style=rounded, fontname=Helvetica, fontsize=14, margin=\"0.1,0.05\"]\n"
        "  edge [arrowsize=0.7, fontname=Helvetica, fontsize=13]\n";
    for (const Node* node : order_) {
      const bool leaf = node->operation == nullptr;
      std::string what = formula(node, [&](const Node* n) { return name(n); });
      if (what != name(node)) what = name(node) + " = " + what;
      dot += fmt::format("  n{} [id=v{}, label=\"{}\\n{}\"{}]\n", place(node), place(node), what,
                         below(node), leaf ? ", penwidth=2.2" : "");
      for (int k = 0; !leaf && k < node->operation->inputs; ++k)
        dot += fmt::format("  n{} -> n{} [id=e{}_{}, label=\"{}\"]\n", place(node->inputs[k]),
                           place(node), place(node), k, edge_label ? edge_label(node, k) : "");
    }
    return dot + "}\n";
  }

 private:
  std::vector<Node*> order_;
  bool by_label_;
  std::unordered_map<const Node*, std::size_t> place_;
};

}  // namespace gradbook
