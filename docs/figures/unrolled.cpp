// Three steps of a recurrent network with one unit: every state with its value and its gradient,
// and what each step adds to the gradients of the two weights that all of them share.
#include <cmath>
#include <stdexcept>
#include <string>

#include "07_language_models/rnn.hpp"
#include "figures/output.hpp"

namespace gradbook {
namespace {

constexpr std::size_t kSteps = 3;

std::string text(Real number) {
  return fmt::format("{}{:.4g}", number < 0 ? "−" : "", std::fabs(number));
}

std::string subscript(std::size_t t) { return std::string("₀₁₂₃").substr(3 * t, 3); }

void draw(const std::filesystem::path& folder) {
  const Matrix xh = {{1}}, hh = {{2}}, none, h = {{Real(0.5)}};
  const RnnWeights weights{xh, hh, none};

  // The states are to be 0.6, 0.8 and 0.6: tanh of log 2, log 3 and log 2
  const Real log2 = std::log(Real(2)), log3 = std::log(Real(3));
  const Matrix x = {{log2 - 1}, {log3 - Real(1.2)}, {log2 - Real(1.6)}},
               grad_states = {{1}, {1}, {1}};
  const Matrix states = rnn_forward(x, h, weights);
  const RnnGradients grads = rnn_backward(x, h, weights, states, grad_states);

  std::string dot =
      "digraph {\n"
      "  graph [rankdir=TB, nodesep=0.6, ranksep=0.6, margin=0.05]\n"
      "  node [shape=box, style=rounded, fontname=Helvetica, fontsize=14, margin=\"0.1,0.05\"]\n"
      "  edge [arrowsize=0.7, fontname=Helvetica, fontsize=13]\n";
  const auto box = [&](const std::string& id, const std::string& name, Real value, Real grad,
                       bool given) {
    dot += fmt::format("  {} [label=\"{}\\nvalue {}\\ngrad {}\"{}]\n", id, name, text(value),
                       text(grad), given ? ", penwidth=2.2" : "");
  };
  box("xh", "W_xh", xh(0, 0), grads.xh(0, 0), true);
  box("hh", "W_hh", hh(0, 0), grads.hh(0, 0), true);
  box("h0", "h₀", h(0, 0), grads.h(0, 0), true);

  // Back from the last step: each state gets 1 from its own output, and what the next sends
  std::string edges, same = "  {rank=same; h0", inputs = "  {rank=same";
  Matrix grad_h = {{0}};
  Real by_hh = 0, by_xh = 0;
  for (std::size_t t = kSteps; t > 0; --t) {
    const Matrix before = {{t == 1 ? h(0, 0) : states(t - 2, 0)}}, in = {{x(t - 1, 0)}},
                 out = {{states(t - 1, 0)}}, grad_out = {{grad_h(0, 0) + 1}};
    const RnnGradients step = rnn_step_backward(in, before, weights, out, grad_out);
    box(fmt::format("h{}", t), "h" + subscript(t), out(0, 0), grad_out(0, 0), false);
    box(fmt::format("x{}", t), "x" + subscript(t), in(0, 0), grads.x(t - 1, 0), true);
    edges += fmt::format("  h{} -> h{} [label=\"{}\"]\n  h{} -> x{} [dir=back, label=\"{}\"]\n",
                         t - 1, t, text(step.h(0, 0)), t, t, text(step.x(0, 0)));
    edges += fmt::format("  hh -> h{} [label=\"{}\"]\n  h{} -> xh [dir=back, label=\"{}\"]\n", t,
                         text(step.hh(0, 0)), t, text(step.xh(0, 0)));
    same += fmt::format("; h{}", t);
    inputs += fmt::format("; x{}", t);
    by_hh += step.hh(0, 0);
    by_xh += step.xh(0, 0);
    grad_h = step.h;
  }
  if (std::fabs(by_hh - grads.hh(0, 0)) > 1e-5 || std::fabs(by_xh - grads.xh(0, 0)) > 1e-5 ||
      std::fabs(grad_h(0, 0) - grads.h(0, 0)) > 1e-5)
    throw std::runtime_error("steps and the whole do not agree");
  write_output(folder / "unrolled.dot",
               dot + edges + same + "}\n" + inputs + "}\n  x2 -> xh [style=invis]\n}\n");
}

}  // namespace
}  // namespace gradbook

int main(int argc, char** argv) { return gradbook::draw_into(argc, argv, gradbook::draw); }
