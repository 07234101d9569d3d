// What module 02 can do once it is done: trains a network of 20 hidden units on a noisy curve, and
// writes what the figures are drawn from.
#include <fmt/core.h>

#include <algorithm>
#include <cmath>
#include <exception>
#include <filesystem>
#include <fstream>

#include "00_course/output.hpp"
#include "00_course/progress.hpp"
#include "00_course/random.hpp"
#include "02_scalar/label.hpp"
#include "02_scalar/picture.hpp"
#include "02_scalar/training.hpp"

namespace gradbook {
namespace {

struct Points {
  std::vector<double> inputs, targets;
};

// n points of cos(2x) with noise, from left to right
Points noisy_cosine(std::size_t n, std::uint64_t seed) {
  Random random(seed);
  Points points;
  for (std::size_t i = 0; i < n; ++i) points.inputs.push_back(random.uniform(-1.5, 1.5));
  std::ranges::sort(points.inputs);
  for (double x : points.inputs) points.targets.push_back(std::cos(2 * x) + 0.1 * random.normal());
  return points;
}

void run(const std::filesystem::path& folder) {
  // Train
  const Points points = noisy_cosine(50, 2);
  Model model(20, 1);
  fmt::print("a network of 20 hidden units, {} parameters, {} points\n\n",
             model.parameters().size(), points.inputs.size());
  const FitOptions options;
  const History history =
      fit(model, points.inputs, points.targets, options,
          [&](int epoch, double loss) { report_progress(epoch, options.epochs, loss); });

  // The curves
  Output loss(folder / "loss.tsv");
  loss.print("epoch\tloss\n");
  for (std::size_t i = 0; i < history.size(); ++i) loss.print("{}\t{}\n", i + 1, history[i]);
  loss.close();

  Output curve(folder / "fit.tsv");
  curve.print("x\ttarget\tprediction\n");
  for (std::size_t i = 0; i < points.inputs.size(); ++i) {
    const double x = points.inputs[i];
    curve.print("{}\t{}\t{}\n", x, points.targets[i], model(x).value());
  }
  curve.close();

  // The lecture's function, with its gradients
  Scalar x{2.0, "x"}, y{3.0, "y"};
  Scalar f = log(pow(x, 2) + 1.0) * exp(y) + pow(y, 2) * x;
  f.label("f").backward();
  Output graph(folder / "graph.dot");
  graph.print("{}", to_dot(f));
  graph.close();
}

}  // namespace
}  // namespace gradbook

int main(int argc, char** argv) {
  try {
    gradbook::run(argc > 1 ? argv[1] : ".");
  } catch (const std::exception& error) {
    fmt::print(stderr, "{}\n", error.what());
    return 1;
  }
}
