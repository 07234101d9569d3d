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
  // TODO(2.2): keep your own stack of Visits, with a Marker for what was seen: recursion overflows
  //   on deep graphs
  not_started("2.2");
}

}  // namespace gradbook
