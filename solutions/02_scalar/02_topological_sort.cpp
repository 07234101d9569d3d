#include "02_scalar/scalar.hpp"

namespace gradbook {
namespace {

// A node on the way down, and which of its inputs is to be looked at next
struct Visit {
  Node* node;
  std::size_t next_input = 0;
};

}  // namespace

std::vector<Node*> topological_sort(Node* root) {
  // SOLUTION BEGIN  keep your own stack of Visits, with a Marker for what was seen: recursion overflows on deep graphs
  std::vector<Node*> order;
  std::vector<Visit> stack = {{root}};
  Marker seen;
  seen.insert(root);

  while (!stack.empty()) {
    auto& [node, next_input] = stack.back();

    // Go down into the next input that no one has visited
    if (next_input < node->inputs.size()) {
      Node* input = node->inputs[next_input++];
      if (input != nullptr && seen.insert(input)) stack.push_back({input});
      continue;
    }

    // All inputs are listed: the node comes next
    order.push_back(node);
    stack.pop_back();
  }
  return order;
  // SOLUTION END
}

}  // namespace gradbook
