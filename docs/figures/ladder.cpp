// The ladder b = a + a, c = b + b, d = c + c: every rung doubles the gradient.
#include "figures/drawn_graph.hpp"
#include "figures/output.hpp"

int main(int argc, char** argv) {
  using namespace gradbook;
  return draw_into(argc, argv, [](const std::filesystem::path& folder) {
    Scalar a{1.0, "a"}, b = a + a, c = b + b, d = c + c;
    b.label("b"), c.label("c"), d.label("d");
    d.backward();
    write_output(folder / "ladder.dot", DrawnGraph(d, true).to_dot());
  });
}
