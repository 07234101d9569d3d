// Honest: what was printed while looking for a mistake is still there.
#include <cstdio>
#include <iostream>

#include "02_scalar/scalar.hpp"

namespace gradbook {

std::vector<Node*> topological_sort(Node* root) {
  struct Step {
    Node* node;
    int next;
  };
  std::cout << "sorting from " << root << std::endl;
  std::vector<Node*> order;
  std::vector<Step> todo{{root, 0}};
  Marker seen;
  seen.insert(root);
  while (!todo.empty()) {
    Step& step = todo.back();
    if (step.next == 2) {
      std::cout << "done with " << step.node << ", " << todo.size() << " to go\n";
      order.push_back(step.node);
      todo.pop_back();
      continue;
    }
    Node* input = step.node->inputs[step.next++];
    if (input != nullptr && seen.insert(input)) todo.push_back({input, 0});
  }
  std::cerr << "DEBUG order has " << order.size() << " nodes\n";
  std::printf("here 3\n");
  return order;
}

}  // namespace gradbook
