// The history of the loss of a linear layer: one node a function, with the shapes of values and
// gradients.
#include <map>
#include <string>

#include "00_course/random.hpp"
#include "04_autograd/functions.hpp"
#include "figures/output.hpp"

namespace gradbook {
namespace {

std::string text(const Shape& shape) { return shape.text().c_str(); }

Tensor drawn(Random& random, const Shape& shape, bool requires_grad) {
  const Array a(shape);
  std::vector<Real> values(static_cast<std::size_t>(a.size()));
  for (Real& x : values) x = static_cast<Real>(random.normal());
  return {Array(shape, values), requires_grad};
}

void draw(const std::filesystem::path& folder) {
  Random random(4);
  const Tensor x = drawn(random, {64, 3}, false), y = drawn(random, {64, 2}, false),
               w = drawn(random, {3, 2}, true), b = drawn(random, {2}, true);
  const Tensor loss = mean(pow(matmul(x, w) + b - y, 2));
  const std::map<const Variable*, std::string> leaves = {{w.variable(), "w"}, {b.variable(), "b"}};
  // What requires no gradient has no variable: it is known by the function that it went into
  const std::map<std::pair<std::string, std::size_t>, std::string> constants = {
      {{"matmul", 0}, "x"}, {{"sub", 1}, "y"}, {{"pow", 1}, "2"}};

  std::string dot =
      "digraph {\n"
      "  graph [rankdir=LR, nodesep=0.3, ranksep=0.75, margin=0.05]\n"
      "  node [shape=box, style=rounded, fontname=Helvetica, fontsize=14, margin=\"0.1,0.05\"]\n"
      "  edge [arrowsize=0.7, fontname=Helvetica, fontsize=13]\n";
  send_back(loss, Tensor(1), {.retain = true}, [&](Variable& variable, const Tensor& grad) {
    const bool leaf = variable.function == nullptr;
    dot += fmt::format("  v{} [label=\"{}\\n{}\"{}]\n", variable.number,
                       leaf ? leaves.at(&variable) : variable.function->name, text(grad.shape()),
                       leaf ? ", penwidth=2.2" : "");
    for (std::size_t k = 0; k < variable.inputs.size(); ++k) {
      const std::string shape = text(variable.context.input_shape(static_cast<int>(k)));
      if (const Variable* const input = variable.inputs[k]) {
        dot += fmt::format("  v{} -> v{} [label=\"grad {}\"]\n", input->number, variable.number,
                           shape);
      } else {
        const std::string& name = constants.at({variable.function->name, k});
        dot += fmt::format("  {} [label=\"{}\\n{}\", style=\"rounded,dashed\"]\n  {} -> v{}\n",
                           fmt::format("c{}_{}", variable.number, k), name, shape,
                           fmt::format("c{}_{}", variable.number, k), variable.number);
      }
    }
  });
  write_output(folder / "tensor_graph.dot", dot + "}\n");
}

}  // namespace
}  // namespace gradbook

int main(int argc, char** argv) { return gradbook::draw_into(argc, argv, gradbook::draw); }
