#include <fmt/format.h>

#include <cmath>

#include "02_scalar/training.hpp"
#include "support/case.hpp"
#include "support/gradcheck.hpp"

namespace gradbook {
namespace {

struct Points {
  std::vector<double> inputs, targets;
};

// n points near a curve, in no order
Points draw_points(std::size_t n) {
  Points points{input("inputs", draw_list(n, -1.5, 1.5)), {}};
  for (double x : points.inputs) points.targets.push_back(std::cos(2 * x) + draw(-0.1, 0.1));
  input("targets", points.targets);
  return points;
}

std::vector<double> values(const Model& model) {
  std::vector<double> result;
  for (const Scalar& parameter : model.parameters()) result.push_back(parameter.value());
  return result;
}

std::uint64_t draw_seed() {
  return static_cast<std::uint64_t>(input("model seed", draw_integer(1, 1000)));
}

// A few epochs: rounding differs by the order of sums and grows with every step, yet stays far
// below this
const Tolerance kEpochs{.terms = 1e5, .scale = 1};

CASE(training_loop, few_epochs,
     "every epoch records its loss, then takes one step over all of the data") {
  for (std::size_t n : {1, 2, 7, 13}) {
    const auto [inputs, targets] = draw_points(n);
    const auto hidden = static_cast<std::size_t>(draw_integer(1, 8));
    const int epochs = static_cast<int>(input("epochs", draw_integer(2, 6)));
    Model model(input("hidden", hidden), draw_seed());
    calling(fmt::format("fit a model of {} units to {} points in {} epochs", hidden, n, epochs));
    const History history = fit(model, inputs, targets, {.epochs = epochs});
    observe(fmt::format("history with {} points", n), history, kEpochs);
    observe(fmt::format("parameters after {} points", n), values(model), kEpochs);
    observe(fmt::format("inputs after, {} points", n), inputs);
  }
}

CASE(training_loop, learning_rate,
     "each step goes as far as the learning rate of the options says") {
  const auto [inputs, targets] = draw_points(5);
  for (double rate : {0.01, 0.05, 0.2}) {
    Model model(4, draw_seed());
    calling(fmt::format("fit in 3 epochs at a learning rate of {}", rate));
    const History history = fit(model, inputs, targets, {.epochs = 3, .learning_rate = rate});
    observe(fmt::format("history at {}", rate), history, kEpochs);
    observe(fmt::format("parameters at {}", rate), values(model), kEpochs);
  }
}

CASE(training_loop, number_of_epochs,
     "as many epochs as the options ask for: 100 by default, and none at all for 0") {
  const auto [inputs, targets] = draw_points(3);
  for (int epochs : {0, 1, 10}) {
    Model model(2, draw_seed());
    calling(fmt::format("fit in {} epochs", epochs));
    observe(fmt::format("losses in {} epochs", epochs),
            fit(model, inputs, targets, {.epochs = epochs}), kEpochs);
    observe(fmt::format("parameters after {} epochs", epochs), values(model), kEpochs);
  }
  Model model(2, draw_seed());
  calling("fit without options");
  observe("losses by default", fit(model, inputs, targets).size());
}

CASE(training_loop, grads_from_before,
     "the first step is the gradient of the first loss alone, whatever the grads were") {
  for (std::size_t hidden : {1, 4}) {
    const auto [inputs, targets] = draw_points(4);
    Model model(hidden, draw_seed());
    for (Scalar& parameter : model.parameters())
      parameter.set_grad(input("grad before", draw(1, 3)));
    calling("fit in one epoch, of a model whose grads are not 0");
    fit(model, inputs, targets, {.epochs = 1});
    observe(fmt::format("parameters after, {} units", hidden), values(model), kEpochs);
  }
}

CASE(training_loop, goes_on, "a second fit goes on from where the first one stopped") {
  const auto [inputs, targets] = draw_points(6);
  Model model(5, draw_seed());
  calling("fit in 2 epochs, then in 3 more on other data");
  observe("first history", fit(model, inputs, targets, {.epochs = 2}), kEpochs);
  observe("second history", fit(model, targets, inputs, {.epochs = 3}), kEpochs);
  observe("parameters", values(model), kEpochs);
}

CASE(training_loop, loss_that_rises,
     "a loss that rises does not end the training: all epochs are run") {
  const auto [inputs, targets] = draw_points(8);
  Model model(3, draw_seed());
  for (Scalar& parameter : model.parameters()) parameter.set_value(draw(1, 2));
  calling("fit in 5 epochs at a learning rate that is far too large");
  const History history = fit(model, inputs, targets, {.epochs = 5, .learning_rate = 1.5});
  observe("losses", history.size());
  observe("history", history, {.terms = 1e6});
}

CASE(training_loop, not_a_number,
     "a NaN among the data shows in every loss: it is neither skipped nor hidden") {
  auto [inputs, targets] = draw_points(5);
  targets[2] = std::nan("");
  Model model(3, draw_seed());
  calling("fit in 3 epochs where one target is NaN");
  const History history = fit(model, inputs, targets, {.epochs = 3});
  observe("history", history);
  observe("parameters", values(model));
}

CASE(training_loop, progress,
     "progress is told the number and the loss of every epoch, from the first to the last") {
  for (int epochs : {0, 1, 12}) {
    const auto [inputs, targets] = draw_points(4);
    Model model(3, draw_seed());
    std::vector<int> numbers;
    std::vector<double> losses;
    calling(fmt::format("fit in {} epochs with progress", epochs));
    fit(model, inputs, targets, {.epochs = epochs}, [&](int epoch, double loss) {
      numbers.push_back(epoch);
      losses.push_back(loss);
    });
    observe(fmt::format("numbers of {} epochs", epochs), numbers);
    observe(fmt::format("losses of {} epochs", epochs), losses, kEpochs);
  }
}

CASE(training_loop, memory, "the graph of an epoch is given back before the next one is built") {
  for (std::size_t n : {1, 9}) {
    const auto [inputs, targets] = draw_points(n);
    Model model(4, draw_seed());
    std::vector<std::size_t> live;
    const std::size_t before = live_nodes();
    calling(fmt::format("fit {} points in 8 epochs, with the number of live nodes after each", n));
    fit(model, inputs, targets, {.epochs = 8}, [&](int, double) { live.push_back(live_nodes()); });
    std::vector<std::int64_t> growth;
    for (std::size_t nodes : live)
      growth.push_back(static_cast<std::int64_t>(nodes - live.front()));
    observe(fmt::format("more nodes than in the first epoch, {} points", n), growth);
    observe(fmt::format("nodes left behind, {} points", n),
            static_cast<std::int64_t>(live_nodes() - before));
    observe(fmt::format("parameters, {} points", n), values(model), kEpochs);
  }
}

CASE(training_loop, wrong_lengths,
     "data that do not go together are refused, and the model stays as it was") {
  const auto [inputs, targets] = draw_points(static_cast<std::size_t>(draw_integer(3, 7)));
  Model model(3, draw_seed());
  const auto all = std::span(inputs);
  calling("fit with fewer targets than inputs, fewer inputs than targets, and no data");
  observe_error("fewer targets", [&] { fit(model, inputs, std::span(targets).first(2)); });
  observe_error("fewer inputs", [&] { fit(model, all.first(2), targets); });
  observe_error("no data", [&] { fit(model, {}, {}); });
  observe("parameters", values(model));
}

// From fixed seeds: 20 units learn a noisy cosine. The path of 100 epochs is the solution's own, up
// to rounding that grows with every step; where it ends is not.
CASE(training_loop, regression,
     "in 100 epochs twenty hidden units learn a noisy curve: the loss falls below 0.03",
     {.weight = 2}) {
  Random random(2);
  Points points;
  for (int i = 0; i < 50; ++i) {
    points.inputs.push_back(random.uniform(-1.5, 1.5));
    points.targets.push_back(std::cos(2 * points.inputs.back()) + 0.1 * random.normal());
  }
  Model model(20, 1);
  calling("fit a model of 20 units to 50 points of a noisy cosine in 100 epochs");
  observe("history", fit(model, points.inputs, points.targets));
  std::vector<Scalar> predictions;
  for (double x : points.inputs) predictions.push_back(model(x));
  observe("loss after training", mean_squared_error(predictions, points.targets).value());
}

JUDGE(training_loop, regression) {
  constexpr double bound = 0.03;
  const auto& history = reals(student, "history");
  const auto& expected = reals(reference, "history");
  if (history.size() != expected.size()) {
    return fail(
        fmt::format("the history has {} losses after {} epochs", history.size(), expected.size()));
  }
  for (std::size_t i = 0; i < history.size(); ++i) {
    if (!std::isfinite(history[i]))
      return fail(fmt::format("the loss of epoch {} is {}", i + 1, history[i]));
  }
  if (std::abs(history[0] - expected[0]) > 1e-9) {
    return fail(fmt::format("the loss before the first step is {:.6g}, not {:.6g}", history[0],
                            expected[0]));
  }
  const double last = history.back(), after = real(student, "loss after training");
  if (!(last < bound)) {
    return fail(fmt::format("the loss fell from {:.4g} to {:.4g} only, not below {}", history[0],
                            last, bound));
  }
  if (!(after < bound)) {
    return fail(
        fmt::format("the history ends at {:.4g}, yet the model that is left has a loss of {:.4g}",
                    last, after));
  }
  return pass();
}

PROOF(training_loop, one_step_is_gradient_descent) {
  const std::vector<double> inputs = {-1, 0.5, 2}, targets = {1, -1, 0.5};
  Model model(3, 5);
  const std::vector<double> start = values(model);
  const auto loss = [&](const std::vector<double>& at) {
    const Model other(3, 5);
    auto parameters = other.parameters();
    for (std::size_t i = 0; i < at.size(); ++i) parameters[i].set_value(at[i]);
    std::vector<Scalar> predictions;
    for (double x : inputs) predictions.push_back(other(x));
    return mean_squared_error(predictions, targets).value();
  };
  const std::vector<double> slope = numeric_gradient(loss, start);

  const History history = fit(model, inputs, targets, {.epochs = 1, .learning_rate = 0.1});
  prove_close("the recorded loss", history.at(0), loss(start), 1e-15);
  const std::vector<double> after = values(model);
  for (std::size_t i = 0; i < start.size(); ++i) {
    prove_close("parameter after a step", after[i], start[i] - 0.1 * slope[i], 1e-9);
  }
}

PROOF(training_loop, mean_without_hidden_units) {
  Model model(0);
  model.parameters().at(0).set_value(5);
  const std::vector<double> inputs = {7, 8}, targets = {1, 3};
  const History history = fit(model, inputs, targets, {.epochs = 2, .learning_rate = 0.25});
  prove_close("first loss", history.at(0), 10, 0);
  prove_close("second loss", history.at(1), 3.25, 0);
  prove_close("b2", model.parameters().at(0).value(), 2.75, 0);
}

}  // namespace
}  // namespace gradbook
