// The lecture's function at (2, 3) with dual numbers: a run along x and a run along y, every step
// of both on the graph of the computation.
#include <unordered_map>

#include "02_scalar/dual.hpp"
#include "figures/drawn_graph.hpp"
#include "figures/output.hpp"

namespace gradbook {
namespace {

using Duals = std::unordered_map<const Node*, Dual>;

Dual step(const Node* node, const Duals& known) {
  const Operation* op = node->operation;
  const Dual a = known.at(node->inputs[0]);
  if (op == &kPow) return pow(a, node->exponent);
  if (op == &kExp) return exp(a);
  if (op == &kLog) return log(a);
  if (op == &kAdd) return a + known.at(node->inputs[1]);
  if (op == &kMul) return a * known.at(node->inputs[1]);
  throw RangeError(fmt::format("no figure needs {} of dual numbers yet", op->name));
}

// One run from the inputs to the result, in which `moving` alone moves, at speed 1
Duals run_along(const Node* moving, const DrawnGraph& graph) {
  Duals known;
  for (const Node* node : graph.order())
    known[node] =
        node->operation == nullptr ? Dual(node->value, node == moving ? 1 : 0) : step(node, known);
  return known;
}

void draw(const std::filesystem::path& folder) {
  Scalar x{2.0, "x"}, y{3.0, "y"};
  const Scalar f = log(pow(x, 2) + 1.0) * exp(y) + pow(y, 2) * x;
  f.backward();
  const DrawnGraph graph(f);
  const Duals along_x = run_along(x.node(), graph), along_y = run_along(y.node(), graph);

  // What forward mode carries to the result is what reverse mode brings to the input
  for (const auto& [input, duals] : {std::pair(x, &along_x), {y, &along_y}}) {
    const double tangent = duals->at(f.node()).tangent;
    if (std::abs(tangent - input.grad()) > 1e-12 * std::abs(input.grad()))
      throw std::runtime_error(
          fmt::format("forward mode finds {}, and backward {}", tangent, input.grad()));
  }

  const auto text = [](const Dual& d) { return fmt::format("{:g} + {:g} ε", d.value, d.tangent); };
  const auto below = [&](const Node* node) {
    return fmt::format("along x: {}\\nalong y: {}", text(along_x.at(node)), text(along_y.at(node)));
  };
  write_output(folder / "dual_numbers.dot", graph.to_dot({}, below));
}

}  // namespace
}  // namespace gradbook

int main(int argc, char** argv) { return gradbook::draw_into(argc, argv, gradbook::draw); }
