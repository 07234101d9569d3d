// Right on small graphs, and overflows the stack on a deep one: a recursive visit.
#include "02_scalar/scalar.hpp"

namespace gradbook {
namespace {

void visit(Node* node, Marker& seen, std::vector<Node*>& order) {
  for (Node* input : node->inputs) {
    if (input != nullptr && seen.insert(input)) visit(input, seen, order);
  }
  order.push_back(node);
}

}  // namespace

std::vector<Node*> topological_sort(Node* root) {
  std::vector<Node*> order;
  Marker seen;
  seen.insert(root);
  visit(root, seen, order);
  return order;
}

}  // namespace gradbook
