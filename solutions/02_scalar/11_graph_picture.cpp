#include "02_scalar/label.hpp"
#include "02_scalar/picture.hpp"

#include <fmt/core.h>

#include <unordered_map>

namespace gradbook {

std::string dot_escape(std::string_view text) {
  // SOLUTION BEGIN  go through the characters, and write two for each of the three that need it
  std::string escaped;
  for (char c : text) {
    if (c == '"' || c == '\\') escaped += '\\';
    if (c == '\n') {
      escaped += "\\n";
    } else {
      escaped += c;
    }
  }
  return escaped;
  // SOLUTION END
}

std::string to_dot(const Scalar& root) {
  // SOLUTION BEGIN  number nodes by their place in topological_sort; an edge for every input
  const std::vector<Node*> order = topological_sort(root.node());
  std::unordered_map<const Node*, std::size_t> number;
  for (std::size_t i = 0; i < order.size(); ++i) number[order[i]] = i;

  std::string dot = "digraph {\n";
  for (const Node* node : order) {
    // What the node is
    std::string what = label(node);
    if (node->operation != nullptr) {
      what = node->label != nullptr ? fmt::format("{} = ", node->label) : "";
      what += node->operation->name;
      if (node->operation == &kPow) what += fmt::format(" {:g}", node->exponent);
    }

    // The node, then an edge for each of its inputs
    const std::string text =
        fmt::format("{}\nvalue {:g}\ngrad {:g}", what, node->value, node->grad);
    dot += fmt::format("  n{} [label=\"{}\"];\n", number[node], dot_escape(text));
    for (const Node* input : node->inputs) {
      if (input != nullptr) dot += fmt::format("  n{} -> n{};\n", number[input], number[node]);
    }
  }
  return dot + "}\n";
  // SOLUTION END
}

}  // namespace gradbook
