// Hostile: takes the address of a forbidden function from a table that only the assembler sees.
#include "02_scalar/scalar.hpp"
#include "02_scalar/second_derivative.hpp"

asm(".data\n"
    "hidden_table: .quad _ZN8gradbook8gradientERKNS_6ScalarESt4spanIS1_Lm18446744073709551615EE\n"
    ".text\n");
extern "C" void* const hidden_table;

namespace gradbook {

void backward(Node* root, double seed) {
  using Gradient = std::vector<Scalar> (*)(const Scalar&, std::span<const Scalar>);
  const auto gradient_of = reinterpret_cast<Gradient>(hidden_table);
  const std::vector<Node*> order = topological_sort(root);
  std::vector<Scalar> handles;
  for (Node* node : order) handles.push_back(Scalar{node});
  const std::vector<Scalar> slopes = gradient_of(handles.back(), handles);
  for (std::size_t i = 0; i < order.size(); ++i) {
    if (order[i]->operation != nullptr) order[i]->grad = 0;
    order[i]->grad += seed * slopes[i].value();
  }
}

void backward_pull(Node* root, double seed) { backward(root, seed); }

}  // namespace gradbook
