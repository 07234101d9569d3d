#include "02_scalar/label.hpp"
#include "02_scalar/picture.hpp"

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
      what = node->label != nullptr ? std::string(node->label) + " = " : "";
      what += node->operation->name;
      if (node->operation == &kPow) what += " " + digits(node->exponent);
    }

    // The node, then an edge for each of its inputs
    const std::string name = "n" + std::to_string(number[node]);
    const std::string text =
        what + "\nvalue " + digits(node->value) + "\ngrad " + digits(node->grad);
    dot += "  " + name + " [label=\"" + dot_escape(text) + "\"];\n";
    for (const Node* input : node->inputs) {
      if (input != nullptr) dot += "  n" + std::to_string(number[input]) + " -> " + name + ";\n";
    }
  }
  return dot + "}\n";
  // SOLUTION END
}

}  // namespace gradbook
