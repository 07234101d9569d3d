// What module 04 can do once it is done: trains a network on each of the six sets of points, and
// writes what the figures are drawn from.
#include <fmt/core.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <exception>
#include <filesystem>
#include <fstream>

#include "00_course/output.hpp"
#include "00_course/program.hpp"
#include "00_course/progress.hpp"
#include "04_autograd/datasets.hpp"
#include "04_autograd/picture.hpp"
#include "04_autograd/training.hpp"

namespace gradbook {
namespace {

constexpr std::int64_t kPoints = 100, kHidden = 20, kGrid = 40;
constexpr std::uint64_t kSeed = 1;

// How a set is learnt: the last fifth of the epochs goes in steps a fifth as long, for the long
// ones jump around what they have found
struct Plan {
  int epochs;
  double rate;
};

Plan plan_for(const std::string& name, int most) {
  if (name == "spiral") return {std::min(1000, most), 0.1};
  return {std::min(name == "circle" ? 400 : 250, most), 0.2};
}

// The points, and what the network says on a grid over the unit square
void write_boundary(const std::filesystem::path& folder, const std::string& name,
                    const PointSet& set, const Network& network) {
  Output points(folder / (name + "_points.tsv"));
  points.print("x\ty\tlabel\n");
  for (std::int64_t i = 0; i < set.labels.size(); ++i)
    points.print("{}\t{}\t{}\n", set.points(i, 0), set.points(i, 1), set.labels(i));
  points.close();

  Array grid({(kGrid + 1) * (kGrid + 1), 2});
  for (std::int64_t i = 0; i < grid.shape()[0]; ++i) {
    const std::int64_t row = i / (kGrid + 1), column = i % (kGrid + 1);
    grid(i, 0) = static_cast<Real>(column) / kGrid;
    grid(i, 1) = static_cast<Real>(row) / kGrid;
  }
  const NoGrad quiet;
  const Tensor out = network(grid);
  Output plane(folder / (name + "_plane.tsv"));
  plane.print("x\ty\tprobability\n");
  for (std::int64_t i = 0; i < out.size(); ++i) {
    if (i > 0 && i % (kGrid + 1) == 0) plane.print("\n");
    plane.print("{}\t{}\t{}\n", grid(i, 0), grid(i, 1), out.value()(i));
  }
  plane.close();
}

// The graph of one step of training, before backward takes it apart
void write_graph(const std::filesystem::path& folder, const PointSet& set) {
  const Network network(kHidden, kSeed);
  std::vector<NamedTensor> names;
  const std::vector<Tensor> parameters = network.parameters();
  for (std::size_t i = 0; i < parameters.size(); ++i)
    names.push_back(
        {fmt::format("{} {}", i % 2 == 0 ? "weights" : "bias", i / 2 + 1), parameters[i]});
  const Slice batch = {0, 10};
  const Tensor out = network(slice(set.points, 0, batch));
  Output graph(folder / "step_graph.dot");
  graph.print("{}", to_dot(binary_cross_entropy(out, slice(set.labels, 0, batch)), names));
  graph.close();
}

void run(const std::filesystem::path& folder, int most_epochs) {
  int all = 0, done = 0;
  for (const char* name : kPointSets) all += plan_for(name, most_epochs).epochs;
  fmt::print("a network 2 → {0} → {0} → 1 for each of six sets of {1} points\n\n", kHidden,
             kPoints);

  Output curves(folder / "curves.tsv"), summary(folder / "accuracy.tsv");
  summary.print("set\taccuracy\n");
  for (const std::string name : kPointSets) {
    const PointSet set = draw_point_set(name.c_str(), kPoints, kSeed);
    const Network network(kHidden, kSeed);
    curves.print("epoch\t\"{}\"\n", name);
    const auto [epochs, rate] = plan_for(name, most_epochs);
    const int calm = epochs / 5;
    const int before = done;
    const auto note = [&](int, double loss, double) {
      report_progress(++done, all, loss);
      curves.print("{}\t{}\n", done - before, loss);
    };
    classify(network, set.points, set.labels, {.epochs = epochs - calm, .rate = rate}, note);
    if (calm > 0)
      classify(network, set.points, set.labels, {.epochs = calm, .rate = rate / 5}, note);
    curves.print("\n\n");
    write_boundary(folder, name, set, network);
    if (name == "xor") write_graph(folder, set);

    const NoGrad quiet;
    const double right = accuracy(network(set.points), set.labels);
    summary.print("{}\t{}\n", name, right);
    fmt::print("{:<7} {:.0f}% of the points right after {} epochs\n", name, 100 * right, epochs);
  }
  curves.close();
  summary.close();
}

}  // namespace
}  // namespace gradbook

int main(int argc, char** argv) {
  try {
    CLI::App app("Trains a network on each of six sets of points.", "run 04");
    int epochs = 1000;
    app.add_option("--epochs", epochs, "for each set, at most")->check(CLI::Range(1, 1000));
    try {
      if (argc > 2) app.parse(argc - 1, argv + 1);
    } catch (const CLI::CallForHelp&) {
      fmt::print("{}", app.help());
      return 0;
    }
    gradbook::run(argc > 1 ? argv[1] : ".", epochs);
  } catch (const CLI::ParseError& error) {
    fmt::print(stderr, "{}\n", error.what());
    return gradbook::kRefused;
  } catch (const std::exception& error) {
    fmt::print(stderr, "{}\n", error.what());
    return 1;
  }
}
