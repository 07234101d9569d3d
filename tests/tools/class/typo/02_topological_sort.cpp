// Does not compile: a misspelt member.
#include "02_scalar/scalar.hpp"

namespace gradbook {

std::vector<Node*> topological_sort(Node* root) {
  std::vector<Node*> order;
  order.push_bakc(root);
  return order;
}

}  // namespace gradbook
