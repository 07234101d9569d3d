#include "04_autograd/picture.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <unordered_map>

namespace gradbook {
namespace {

std::string name_of(const Variable& variable, std::span<const NamedTensor> names) {
  if (variable.function != nullptr) return variable.function->name;
  for (const auto& [name, tensor] : names) {
    if (tensor.variable() == &variable) return name;
  }
  return "leaf";
}

// All that root depends on; what was made first comes first
std::vector<Variable*> history(const Tensor& root) {
  std::vector<Variable*> order;
  VariableMarker seen;
  if (root.variable() != nullptr && seen.insert(root.variable())) order.push_back(root.variable());
  for (std::size_t i = 0; i < order.size(); ++i) {
    for (Variable* input : order[i]->inputs) {
      if (input != nullptr && seen.insert(input)) order.push_back(input);
    }
  }
  std::ranges::sort(order, {}, &Variable::number);
  return order;
}

}  // namespace

std::string to_dot(const Tensor& root, std::span<const NamedTensor> names) {
  const std::vector<Variable*> order = history(root);
  std::unordered_map<const Variable*, std::size_t> place;
  for (std::size_t i = 0; i < order.size(); ++i) place[order[i]] = i;

  std::string dot =
      "digraph {\n"
      "  graph [rankdir=TB, ordering=in, nodesep=0.2, ranksep=0.3, margin=0.05]\n"
      "  node [shape=box, style=rounded, fontname=Helvetica, fontsize=14, height=0.3, "
      "margin=\"0.1,0.03\"]\n"
      "  edge [arrowsize=0.7, fontname=Helvetica, fontsize=13]\n";
  std::size_t data = 0;
  for (const Variable* variable : order) {
    const std::size_t n = place[variable];
    const bool leaf = variable->function == nullptr;
    dot += fmt::format("  n{} [label=\"{}\"{}]\n", n, name_of(*variable, names),
                       leaf ? ", penwidth=2.2" : "");
    for (std::size_t k = 0; k < variable->inputs.size(); ++k) {
      const Variable* const input = variable->inputs[k];
      const std::string from =
          input != nullptr ? fmt::format("n{}", place[input]) : fmt::format("d{}", data++);
      if (input == nullptr) dot += fmt::format("  {} [label=\"data\", style=dashed]\n", from);
      dot += fmt::format("  {} -> n{} [label=\" {}\"]\n", from, n,
                         variable->context.input_shape(static_cast<int>(k)).text().c_str());
    }
  }
  return dot + "}\n";
}

}  // namespace gradbook
