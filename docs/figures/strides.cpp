// How the strides of four views walk through one storage: for each view its elements as a grid, the
// storage as a strip of cells, and an arc for every step to a neighbour along an axis.
#include <array>
#include <cmath>
#include <numbers>
#include <set>
#include <string>
#include <vector>

#include "03_tensor/array.hpp"
#include "figures/output.hpp"

namespace gradbook {
namespace {

constexpr double kStrip = 5;   // where the strip begins, in cells from the left
constexpr double kView = 4.5;  // from one view to the next

struct Tables {
  std::string cells = "x\ty\tnumber\tkind\n";  // kind 0: of the grid, 1: in the view, 2: not in it
  std::string arcs = "x\ty\taxis\n";           // points, with an empty line behind each arc
  std::string heads = "x\ty\tdx\tdy\taxis\n";  // the last piece of each arc
  std::string words = "x\ty\ttext\n";
  std::string steps = "x\ty\ttext\taxis\n";
};

// An arc above the strip for a step along the last axis, below it for one along axis 0
void add_arc(Tables& tables, std::int64_t from, std::int64_t to, double strip_y, int axis) {
  const double side = axis == 1 ? 1 : -1, edge = axis == 1 ? strip_y + 1 : strip_y;
  const bool loop = from == to;  // a step of 0 comes back to where it began
  const double begin = kStrip + static_cast<double>(from) + (loop ? 0.4 : 0.62);
  const double end = kStrip + static_cast<double>(to) + (loop ? 0.6 : 0.38);
  const double height = loop ? 0.6 : 0.3 + 0.2 * std::abs(end - begin);
  const auto point = [&](double part) {
    const double angle = std::numbers::pi * part;
    const double bulge = loop ? -0.22 * std::sin(2 * angle) : 0;
    return std::pair{begin + (end - begin) * (1 - std::cos(angle)) / 2 + bulge,
                     edge + side * height * std::sin(angle)};
  };
  constexpr int kPieces = 24;
  for (int i = 0; i < kPieces; ++i) {
    const auto [x, y] = point(static_cast<double>(i) / kPieces);
    tables.arcs += fmt::format("{}\t{}\t{}\n", x, y, axis);
  }
  const auto [x, y] = point(1 - 1.0 / kPieces);
  const auto [last_x, last_y] = point(1);
  tables.arcs += "\n";
  tables.heads += fmt::format("{}\t{}\t{}\t{}\t{}\n", x, y, last_x - x, last_y - y, axis);
}

// @param a  of rank 2, in a storage without gaps
void add_view(Tables& tables, const std::string& name, const Array& a, int number) {
  const double top = -kView * number;
  const double strip_y = top - 2.5;
  tables.words += fmt::format("0\t{}\t{}: shape {}, strides {}, offset {}\n", top, name,
                              a.shape().text().c_str(), a.strides().text().c_str(), a.offset());

  // The array as it is seen
  const std::int64_t rows = a.shape()[0], columns = a.shape()[1];
  const double grid_top = strip_y + 0.5 + static_cast<double>(rows) / 2;
  for (std::int64_t i = 0; i < rows; ++i) {
    for (std::int64_t j = 0; j < columns; ++j)
      tables.cells += fmt::format("{}\t{}\t{:g}\t0\n", static_cast<double>(j) + 0.5,
                                  grid_top - static_cast<double>(i) - 0.5, a(i, j));
  }

  // The storage, with the steps from each element to its neighbours
  const auto place = [&](std::int64_t i, std::int64_t j) {
    return a.offset() + index_to_position({i, j}, a.shape(), a.strides());
  };
  std::vector<bool> seen(static_cast<std::size_t>(a.storage().size()));
  std::set<std::array<std::int64_t, 3>> arcs;  // each once, though several elements may take it
  for (std::int64_t i = 0; i < rows; ++i) {
    for (std::int64_t j = 0; j < columns; ++j) {
      seen[static_cast<std::size_t>(place(i, j))] = true;
      if (i + 1 < rows) arcs.insert({place(i, j), place(i + 1, j), 0});
      if (j + 1 < columns) arcs.insert({place(i, j), place(i, j + 1), 1});
    }
  }
  for (std::size_t k = 0; k < seen.size(); ++k)
    tables.cells += fmt::format("{}\t{}\t{:g}\t{}\n", kStrip + static_cast<double>(k) + 0.5,
                                strip_y + 0.5, a.storage().data()[k], seen[k] ? 1 : 2);
  for (const auto& [from, to, axis] : arcs)
    add_arc(tables, from, to, strip_y, static_cast<int>(axis));
  for (const int axis : {0, 1})
    tables.steps +=
        fmt::format("{}\t{}\taxis {}: +{}\t{}\n", kStrip - 0.2,
                    axis == 1 ? strip_y + 1.25 : strip_y - 0.25, axis, a.strides()[axis], axis);
}

void draw(const std::filesystem::path& folder) {
  const Array a({2, 3}, {1, 2, 3, 4, 5, 6});
  Tables tables;
  add_view(tables, "a", a, 0);
  add_view(tables, "permute(a, {1, 0})", permute(a, {1, 0}), 1);
  add_view(tables, "slice(a, 1, {0, 3, 2})", slice(a, 1, {0, 3, 2}), 2);
  add_view(tables, "broadcast_to(row 1, {3, 3})", broadcast_to(slice(a, 0, {1}), {3, 3}), 3);
  write_output(folder / "strides_cells.tsv", tables.cells);
  write_output(folder / "strides_arcs.tsv", tables.arcs);
  write_output(folder / "strides_heads.tsv", tables.heads);
  write_output(folder / "strides_words.tsv", tables.words);
  write_output(folder / "strides_steps.tsv", tables.steps);
}

}  // namespace
}  // namespace gradbook

int main(int argc, char** argv) { return gradbook::draw_into(argc, argv, gradbook::draw); }
