// A column times a row, and how their gradients are summed back to a column and a row.
#include <string>

#include "04_autograd/functions.hpp"
#include "figures/output.hpp"

namespace gradbook {
namespace {

// An array as a table for Graphviz, with what it is above it
std::string node(const char* id, const std::string& says, const Array& a) {
  const bool vector = a.rank() == 1;
  const std::int64_t rows = vector ? 1 : a.shape()[0], columns = a.shape()[a.rank() - 1];
  std::string table = fmt::format(
      "  {} [label=<<TABLE BORDER=\"0\" CELLBORDER=\"1\" CELLSPACING=\"0\" CELLPADDING=\"5\">"
      "<TR><TD COLSPAN=\"{}\" BORDER=\"0\">{} {}</TD></TR>",
      id, columns, says, a.shape().text().c_str());
  for (std::int64_t i = 0; i < rows; ++i) {
    table += "<TR>";
    for (std::int64_t j = 0; j < columns; ++j)
      table += fmt::format("<TD WIDTH=\"38\">{:g}</TD>", vector ? a(j) : a(i, j));
    table += "</TR>";
  }
  return table + "</TABLE>>]\n";
}

void draw(const std::filesystem::path& folder) {
  const Tensor a({2, 1}, {1, 2}, true), b({3}, {10, 20, 30}, true);
  const Array d({2, 3}, {1, 2, 3, 4, 5, 6});
  const Tensor product = a * b;
  product.backward(d);

  const Array by_a = (Tensor(d) * b.value()).value(), by_b = (Tensor(d) * a.value()).value();
  std::string dot =
      "digraph {\n"
      "  graph [rankdir=LR, nodesep=0.35, ranksep=0.7, margin=0.05]\n"
      "  node [shape=plaintext, fontname=Helvetica, fontsize=14]\n"
      "  edge [arrowsize=0.7, fontname=Helvetica, fontsize=13]\n";
  dot += node("d", "grad of a · b", d);
  dot += node("da", "d · b", by_a) + node("db", "d · a", by_b);
  dot += node("a", "grad of a", a.grad().value()) + node("b", "grad of b", b.grad().value());
  dot +=
      "  d -> da [label=\"times b\"]\n  d -> db [label=\"times a\"]\n"
      "  da -> a [label=\"sum along axis 1\"]\n  db -> b [label=\"sum along axis 0\"]\n";
  write_output(folder / "unbroadcast.dot", dot + "}\n");
}

}  // namespace
}  // namespace gradbook

int main(int argc, char** argv) { return gradbook::draw_into(argc, argv, gradbook::draw); }
