// The network of exercise 5.1 with one example and round numbers: every step with its value and
// its gradient.
#include <cmath>
#include <string>

#include "05_modules/procedural.hpp"
#include "figures/output.hpp"

namespace gradbook {
namespace {

std::string text(const Matrix& m) {
  std::string rows;
  for (std::size_t i = 0; i < m.shape(0); ++i) {
    rows += i == 0 ? "" : ",  ";
    for (std::size_t j = 0; j < m.shape(1); ++j)
      rows +=
          fmt::format("{}{}{:.4g}", j == 0 ? "" : " ", m(i, j) < 0 ? "−" : "", std::fabs(m(i, j)));
  }
  return "(" + rows + ")";
}

// What is given stands in a thick frame; what wants no gradient has none
std::string box(const char* id, const char* formula, const std::string& value,
                const std::string& grad) {
  return fmt::format(
      "  {} [label=\"{}\\nvalue {}{}\"{}]\n", id, formula, value,
      grad.empty() ? "" : "\\ngrad " + grad,
      std::string_view(formula).find('=') == std::string_view::npos ? ", penwidth=2.2" : "");
}

void draw(const std::filesystem::path& folder) {
  const Real log3 = std::log(Real(3));
  const Matrix x({{1, 2}}), y({{0, 1}}), alpha({{2, -1}, {log3, 0}}),
      beta({{log3, -log3 * 2 / 3}, {2 * log3, 0}});
  const Activations f = nn_forward(x, y, alpha, beta);
  const ActivationGradients g = nn_backward(x, y, alpha, beta, f);

  std::string dot =
      "digraph {\n"
      "  graph [rankdir=TB, nodesep=0.3, ranksep=0.3, margin=0.05]\n"
      "  node [shape=box, style=rounded, fontname=Helvetica, fontsize=14, margin=\"0.1,0.05\"]\n"
      "  edge [arrowsize=0.7]\n";
  dot += box("x", "x", text(x), "") + box("alpha", "α", text(alpha), text(g.alpha)) +
         box("a", "a = x αᵀ", text(f.a), text(g.a)) + box("z", "z = σ(a)", text(f.z), text(g.z)) +
         box("beta", "β", text(beta), text(g.beta)) + box("b", "b = z βᵀ", text(f.b), text(g.b)) +
         box("y_hat", "ŷ = softmax(b)", text(f.y_hat), text(g.y_hat)) + box("y", "y", text(y), "") +
         box("loss", "J = −Σ y log ŷ / N", fmt::format("{:.4g}", f.loss), "1");
  for (const auto& [from, to] : {std::pair{"x", "a"},
                                 {"alpha", "a"},
                                 {"a", "z"},
                                 {"z", "b"},
                                 {"beta", "b"},
                                 {"b", "y_hat"},
                                 {"y_hat", "loss"},
                                 {"y", "loss"}})
    dot += fmt::format("  {} -> {}\n", from, to);
  write_output(folder / "procedural_steps.dot", dot + "}\n");
}

}  // namespace
}  // namespace gradbook

int main(int argc, char** argv) { return gradbook::draw_into(argc, argv, gradbook::draw); }
