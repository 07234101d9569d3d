// Honest: another right algorithm. Every node is pushed, found twice, and listed the second time.
#include <algorithm>
#include <unordered_set>

#include "02_scalar/scalar.hpp"

namespace gradbook {

std::vector<Node*> topological_sort(Node* root) {
  std::vector<Node*> order;
  std::vector<std::pair<Node*, bool>> stack{{root, false}};
  std::unordered_set<Node*> listed;
  while (!stack.empty()) {
    const auto [node, inputs_are_in] = stack.back();
    stack.pop_back();
    if (listed.contains(node)) continue;
    if (inputs_are_in) {
      listed.insert(node);
      order.push_back(node);
      continue;
    }
    stack.emplace_back(node, true);
    for (int k = 1; k >= 0; --k) {
      Node* input = node->inputs[static_cast<std::size_t>(k)];
      if (input != nullptr && !listed.contains(input)) stack.emplace_back(input, false);
    }
  }
  return order;
}

}  // namespace gradbook
