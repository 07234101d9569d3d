// map, zip and reduce on small arrays, and which numbers go into one element of each result.
#include <fmt/format.h>

#include <cmath>
#include <set>

#include "03_tensor/loops.hpp"
#include "figures/output.hpp"

namespace gradbook {
namespace {

// A table of numbers whose cells are shaded where `shaded` has their row-major position
std::string table(const char* id, const char* name, const Array& a, const std::set<int>& shaded) {
  const std::int64_t columns = a.rank() == 2 ? a.shape()[1] : a.rank() == 1 ? a.size() : 1;
  std::string dot = fmt::format(
      "  {} [label=<<TABLE BORDER=\"0\" CELLBORDER=\"1\" CELLSPACING=\"0\" CELLPADDING=\"5\">"
      "<TR><TD BORDER=\"0\" COLSPAN=\"{}\">{} {}</TD></TR>",
      id, columns, name, a.shape().text().c_str());
  for (int i = 0; i < a.size(); ++i) {
    if (i % columns == 0) dot += "<TR>";
    const Real number = a.data()[i];
    dot += fmt::format("<TD{}>{}{:g}</TD>", shaded.count(i) ? " BGCOLOR=\"#2f8fd855\"" : "",
                       number < 0 ? "−" : "", std::abs(number));
    if (i % columns == columns - 1) dot += "</TR>";
  }
  return dot + "</TABLE>>]\n";
}

std::string arrow(const char* from, const char* to, const char* label) {
  return fmt::format("  {} -> {} [label=\"{}\"]\n", from, to, label);
}

// An array of this shape whose elements are their own row-major positions
Array positions(const Shape& shape) {
  Array result(shape);
  for (int i = 0; i < result.size(); ++i) result.mutable_data()[i] = i;
  return result;
}

std::string all_loops() {
  const Array a({2, 3}, {1, -2, 3, -4, 5, -6}), x({2, 3}, {11, 12, 13, 14, 15, 16}),
      row({3}, {1, 5, 2});
  const Shape& shape = a.shape();
  const int chosen = 4;  // the element of map and zip that is shaded

  // The call that makes the chosen element gets the positions of what goes into it
  std::set<int> into_map, left, right, into_sum;
  int calls = 0;
  map([&](Real i) { return calls++ == chosen ? into_map.insert(static_cast<int>(i)), i : i; },
      positions(shape));
  calls = 0;
  zip(
      [&](Real i, Real j) {
        if (calls++ == chosen) left.insert(static_cast<int>(i)), right.insert(static_cast<int>(j));
        return i;
      },
      positions(shape), positions(row.shape()));

  // A sum of powers of two says which terms are in it
  const Array powers =
      map([](Real i) { return static_cast<Real>(1 << static_cast<int>(i)); }, positions(shape));
  const auto plus = [](Real p, Real q) { return p + q; };
  const auto bits = static_cast<int>(reduce(plus, 0, powers, {1})(1));
  for (int i = 0; i < a.size(); ++i) {
    if (bits & 1 << i) into_sum.insert(i);
  }

  const auto relu = [](Real p) { return p < 0 ? 0 : p; };
  return "digraph {\n"
         "  graph [rankdir=TB, nodesep=0.5, ranksep=0.5, margin=0.05]\n"
         "  node [shape=plain, fontname=Helvetica, fontsize=14]\n"
         "  edge [arrowsize=0.7, fontname=Helvetica, fontsize=13]\n" +
         table("a", "a", a, into_map) + table("relu", "result", map(relu, a), {chosen}) +
         arrow("a", "relu", "  map, relu") + table("x", "a", x, left) +
         table("row", "b", row, right) +
         table("minus", "result", zip([](Real p, Real q) { return p - q; }, x, row), {chosen}) +
         arrow("x", "minus", "zip, a − b  ") + arrow("row", "minus", "") +
         table("s", "a", x, into_sum) + table("sum", "result", reduce(plus, 0, x, {1}), {1}) +
         arrow("s", "sum", "  reduce, sum over axis 1") + "}\n";
}

}  // namespace
}  // namespace gradbook

int main(int argc, char** argv) {
  using namespace gradbook;
  return draw_into(argc, argv, [](const std::filesystem::path& folder) {
    write_output(folder / "three_loops.dot", all_loops());
  });
}
