#include "02_scalar/second_derivative.hpp"

#include <map>

namespace gradbook {

std::array<Scalar, 2> partials(const Scalar& out) {
  // SOLUTION BEGIN  the rules of 2.3 and 2.4 with Scalars; `Scalar{node}` is the handle of a node
  const Node& node = *out.node();
  const Operation* op = node.operation;
  if (op == nullptr) throw RangeError("partials: a leaf was not computed from anything");
  const Scalar a{node.inputs[0]}, b{node.inputs[op->inputs - 1]};
  const double n = node.exponent;

  if (op == &kAdd) return {1.0, 1.0};
  if (op == &kSub) return {1.0, -1.0};
  if (op == &kNeg) return {-1.0};
  if (op == &kMul) return {b, a};
  if (op == &kDiv) return {1.0 / b, -out / b};
  if (op == &kPow) return {n == 0 ? 0.0 : n * pow(a, n - 1)};
  if (op == &kExp) return {out};
  if (op == &kLog) return {1.0 / a};
  if (op == &kRelu) return {out.value() > 0 ? 1.0 : 0.0};
  if (op == &kSigmoid) return {out * (1.0 - out)};
  if (op == &kTanh) return {1.0 - out * out};
  throw RangeError("partials: no rule for the operation ", op->name);
  // SOLUTION END
}

std::vector<Scalar> gradient(const Scalar& y, std::span<const Scalar> wrt) {
  // SOLUTION BEGIN  backward of 2.5, with the grads as Scalars in a map of your own
  std::map<const Node*, Scalar> grads = {{y.node(), 1.0}};
  const std::vector<Node*> order = topological_sort(y.node());

  // From root to leaves: each node adds its share to the grads of its inputs
  for (std::size_t i = order.size(); i-- > 0;) {
    const Node* node = order[i];
    if (node->operation == nullptr) continue;

    const Scalar grad = grads.at(node);
    const std::array<Scalar, 2> slopes = partials(Scalar{order[i]});
    for (int k = 0; k < node->operation->inputs; ++k) {
      const Scalar share = grad * slopes[k];
      const auto [sum, is_first] = grads.try_emplace(node->inputs[k], share);
      if (!is_first) sum->second = sum->second + share;
    }
  }

  // What was not reached has no influence on y
  std::vector<Scalar> result;
  for (const Scalar& x : wrt) {
    const auto found = grads.find(x.node());
    result.push_back(found == grads.end() ? Scalar{0.0} : found->second);
  }
  return result;
  // SOLUTION END
}

}  // namespace gradbook
