#include "02_scalar/scalar.hpp"

namespace gradbook {

void backward(Node* root, double seed) {
  // SOLUTION BEGIN  sort, set the grads to start from, then each node adds to its inputs' grads
  const std::vector<Node*> order = topological_sort(root);

  // What was computed starts at 0; a leaf keeps what earlier passes gave it
  for (Node* node : order) {
    if (node->operation != nullptr) node->grad = 0;
  }
  root->grad += seed;

  // From root to leaves: when a node's turn comes, all of its users have added to it
  for (std::size_t i = order.size(); i-- > 0;) {
    const Node* node = order[i];
    if (node->operation == nullptr) continue;

    const Partials partials = node->operation->partials(*node);
    for (int k = 0; k < node->operation->inputs; ++k) {
      node->inputs[k]->grad += node->grad * partials[k];
    }
  }
  // SOLUTION END
}

void backward_pull(Node* root, double seed) {
  // SOLUTION BEGIN  sort, ask uses() who uses what, then each node sums what its users send
  const std::vector<Node*> order = topological_sort(root);
  const std::vector<std::vector<Use>> users = uses(order);

  for (std::size_t i = order.size(); i-- > 0;) {
    Node* node = order[i];
    if (node->operation != nullptr) node->grad = 0;
    if (node == root) node->grad += seed;

    for (const auto& [user, slot] : users[i]) {
      node->grad += user->grad * user->operation->partials(*user)[slot];
    }
  }
  // SOLUTION END
}

}  // namespace gradbook
