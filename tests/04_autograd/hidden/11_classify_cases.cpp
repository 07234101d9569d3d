#include <fmt/format.h>

#include <cmath>

#include "04_autograd/datasets.hpp"
#include "04_autograd/training.hpp"
#include "support/arrays.hpp"
#include "support/gradcheck.hpp"

namespace gradbook {
namespace {

// A few epochs: rounding differs by the order of sums and grows with every step, yet stays far
// below this
const Tolerance kEpochs{.terms = 1e5, .scale = 1};

std::uint64_t draw_seed() {
  return static_cast<std::uint64_t>(input("seed of the network", draw_integer(1, 1000)));
}

struct Points {
  Array points, labels;
};

Points draw_points(std::int64_t n, Layout layout = Layout::contiguous) {
  std::vector<Real> labels;
  for (std::int64_t i = 0; i < n; ++i) labels.push_back(static_cast<Real>(draw_integer(0, 1)));
  input("labels", std::vector<double>(labels.begin(), labels.end()));
  return {input_array("points", {n, 2}, -1, 1, layout), array_in(layout, {n}, labels)};
}

void observe_curve(const std::string& label, const LearningCurve& curve) {
  observe("losses, " + label, curve.losses, kEpochs);
  observe("accuracies, " + label, curve.accuracies, {.terms = 100});
}

void observe_parameters(const std::string& label, const Network& network) {
  int number = 0;
  for (const Tensor& parameter : network.parameters())
    observe(fmt::format("parameter {} after, {}", number++, label), parameter.value(), kEpochs);
}

CASE(classify, accuracy,
     "class 1 is said above a half, not at it; the share of points that are right") {
  for (const std::int64_t n : {0, 1, 2, 7, 40}) {
    const Points set = draw_points(n);
    Array out = input_array("out", {n}, 0, 1);
    if (n > 1) out.at({0}) = 0.5;
    calling(fmt::format("accuracy of {} probabilities, of which one is 0.5", n));
    observe(fmt::format("accuracy of {}", n), accuracy(out, set.labels), {.terms = 100});
    const Tensor tracked(out, true);
    observe(fmt::format("the same of a tensor with history, {}", n), accuracy(tracked, set.labels),
            {.terms = 100});
    observe(fmt::format("out after, {}", n), out);
  }
  const Array list = input_array("list", {3}, 0, 1);
  observe_error("(3, 1) and (3)", [&] { accuracy(input_array("column", {3, 1}, 0, 1), list); });
  observe_error("(3) and ()", [&] { accuracy(list, input_array("number", {}, 0, 1)); });
}

CASE(classify, few_epochs,
     "a step after each batch; losses and accuracies are those before the steps", {.weight = 3}) {
  for (const std::int64_t n : {1, 7, 10, 23}) {
    for (const std::int64_t batch : {1, 3, 10, 100}) {
      const Points set = draw_points(n, kLayouts[(n + batch) % 4]);
      const Network network(3, draw_seed());
      const std::string label = fmt::format("{} points in batches of {}", n, batch);
      calling("classify in 3 epochs, " + label);
      observe_curve(label,
                    classify(network, set.points, set.labels, {.epochs = 3, .batch = batch}));
      observe_parameters(label, network);
      observe("points after, " + label, set.points);
      observe("labels after, " + label, set.labels);
    }
  }
}

CASE(classify, options,
     "as many epochs and as far a step as the options say, and their defaults where they say "
     "nothing") {
  const Points set = draw_points(12);
  for (const double rate : {0.02, 0.1, 0.5}) {
    const Network network(4, draw_seed());
    calling(fmt::format("classify in 2 epochs at a rate of {}", rate));
    observe_curve(fmt::format("rate {}", rate),
                  classify(network, set.points, set.labels, {.epochs = 2, .rate = rate}));
    observe_parameters(fmt::format("rate {}", rate), network);
  }
  for (const int epochs : {0, 1, 5}) {
    const Network network(2, draw_seed());
    calling(fmt::format("classify in {} epochs", epochs));
    observe_curve(fmt::format("{} epochs", epochs),
                  classify(network, set.points, set.labels, {.epochs = epochs}));
    observe_parameters(fmt::format("{} epochs", epochs), network);
  }
  const Network network(1, draw_seed());
  calling("classify without options");
  const LearningCurve curve = classify(network, set.points, set.labels);
  observe("losses by default", curve.losses.size());
  observe("accuracies by default", curve.accuracies.size());
}

CASE(classify, gradients_from_before,
     "the first step follows the first batch alone, whatever gradients there were") {
  for (const std::int64_t hidden : {1, 4}) {
    const Points set = draw_points(11);
    const Network network(hidden, draw_seed());
    sum(network(set.points)).backward(input("gradient of the sum before", draw(5, 9)));
    const std::string label = fmt::format("{} units", hidden);
    calling("classify in one epoch of a network that has gradients already, " + label);
    observe_curve(label, classify(network, set.points, set.labels, {.epochs = 1}));
    observe_parameters(label, network);
  }
}

CASE(classify, goes_on, "a second call goes on from where the first one stopped") {
  const Network network(5, draw_seed());
  for (const std::int64_t n : {6, 13}) {
    const Points set = draw_points(n);
    calling(fmt::format("classify in 2 epochs, {} points", n));
    observe_curve(fmt::format("{} points", n),
                  classify(network, set.points, set.labels, {.epochs = 2, .rate = 0.3}));
    observe_parameters(fmt::format("{} points", n), network);
  }
}

CASE(classify, in_place,
     "the numbers of the parameters are overwritten where they lie, and stay leaves") {
  for (const std::int64_t hidden : {1, 3}) {
    const Points set = draw_points(5);
    const Network network(hidden, draw_seed());
    const std::vector<Tensor> before = network.parameters();
    const std::string label = fmt::format("{} units", hidden);
    calling("classify in 2 epochs, and a look through handles from before, " + label);
    classify(network, set.points, set.labels, {.epochs = 2});
    const std::vector<Tensor> after = network.parameters();
    for (std::size_t i = 0; i < before.size(); ++i) {
      observe(fmt::format("parameter {} through a handle from before, {}", i, label),
              before[i].value(), kEpochs);
      observe(fmt::format("parameter {} lies where it lay, {}", i, label),
              before[i].value().storage() == after[i].value().storage());
      observe(fmt::format("parameter {} is a leaf, {}", i, label),
              after[i].is_leaf() && after[i].requires_grad());
    }
    observe("gradients are recorded afterwards, " + label, grad_enabled());
  }
}

CASE(classify, progress,
     "progress hears of every epoch once, with its loss and accuracy, while gradients are "
     "recorded") {
  for (const int epochs : {0, 1, 6}) {
    const Points set = draw_points(13);
    const Network network(3, draw_seed());
    std::vector<int> numbers;
    std::vector<std::int64_t> enabled;
    std::vector<double> losses, accuracies;
    calling(fmt::format("classify in {} epochs with progress", epochs));
    classify(network, set.points, set.labels, {.epochs = epochs},
             [&](int epoch, double loss, double accuracy) {
               numbers.push_back(epoch);
               losses.push_back(loss);
               accuracies.push_back(accuracy);
               enabled.push_back(grad_enabled());
             });
    const std::string label = fmt::format("{} epochs", epochs);
    observe("numbers of " + label, numbers);
    observe("losses of " + label, losses, kEpochs);
    observe("accuracies of " + label, accuracies, {.terms = 100});
    observe("gradients are recorded in " + label, enabled);
  }
}

CASE(classify, memory,
     "the graph of a batch goes before the next one is built: variables and bytes do not grow") {
  for (const std::int64_t n : {4, 30}) {
    const Points set = draw_points(n);
    const Network network(4, draw_seed());
    std::vector<std::int64_t> variables, bytes;
    const std::int64_t before = live_variables();
    calling(fmt::format("classify {} points in 20 epochs, with what lives after each", n));
    const LearningCurve curve =
        classify(network, set.points, set.labels, {.epochs = 20}, [&](int, double, double) {
          variables.push_back(live_variables());
          bytes.push_back(live_bytes());
        });
    for (std::int64_t& v : variables) v -= before;
    const std::int64_t first = bytes.empty() ? 0 : bytes.front();
    for (std::int64_t& b : bytes) b -= first;
    observe(fmt::format("variables after each epoch, more than before, {} points", n), variables);
    observe(fmt::format("bytes more than after the first epoch, {} points", n), bytes);
    observe_curve(fmt::format("{} points", n), curve);
  }
}

CASE(classify, not_a_number,
     "a NaN among the points shows in every loss from then on: nothing hides it") {
  for (const std::int64_t batch : {3, 10}) {
    Points set = draw_points(8);
    set.points.at({4, 1}) = std::nan("");
    const Network network(3, draw_seed());
    calling(fmt::format("classify in 2 epochs with a point that is NaN, batches of {}", batch));
    const LearningCurve curve =
        classify(network, set.points, set.labels, {.epochs = 2, .batch = batch});
    observe(fmt::format("losses, batches of {}", batch), curve.losses);
    observe_parameters(fmt::format("batches of {}", batch), network);
  }
}

CASE(classify, refuses,
     "shapes that do not go together are refused, and the network stays as it was") {
  const Points set = draw_points(5);
  const Network network(3, draw_seed());
  calling("classify with wrong shapes, without points, and in batches of 0");
  observe_error("fewer labels", [&] { classify(network, set.points, draw_points(4).labels); });
  observe_error("fewer points", [&] { classify(network, draw_points(4).points, set.labels); });
  observe_error("labels in a column", [&] {
    classify(network, set.points, input_array("column", {5, 1}, 0, 1));
  });
  observe_error("points of three coordinates", [&] {
    classify(network, input_array("points", {5, 3}, 0, 1), set.labels);
  });
  observe_error("no points", [&] { classify(network, Array({0, 2}), Array({0})); });
  observe_error("a batch of 0", [&] { classify(network, set.points, set.labels, {.batch = 0}); });
  observe_error("a batch of -3", [&] { classify(network, set.points, set.labels, {.batch = -3}); });
  observe_parameters("nothing", network);
}

// From fixed seeds, with as little work as shows that it is learnt. The path is the solution's own,
// up to rounding that grows with every step; where it ends is not.
CASE(classify, five_sets,
     "in 200 epochs ten hidden units learn to tell the points of five sets apart", {.weight = 2}) {
  for (const char* name : {"simple", "diag", "split", "xor", "circle"}) {
    const PointSet set = draw_point_set(name, 50, 1);
    const Network network(10, 1);
    calling(fmt::format("classify 50 points of {} in 200 epochs at a rate of 0.5", name));
    const LearningCurve curve =
        classify(network, set.points, set.labels, {.epochs = 200, .rate = 0.5});
    observe(fmt::format("losses of {}", name), curve.losses);
    const NoGrad quiet;
    observe(fmt::format("probabilities of {}", name), network(set.points).value());
    observe(fmt::format("labels of {}", name), set.labels);
  }
}

JUDGE(classify, five_sets) {
  for (const std::string name : {"simple", "diag", "split", "xor", "circle"}) {
    const auto& losses = reals(student, "losses of " + name);
    const auto& expected = reals(reference, "losses of " + name);
    if (losses.size() != expected.size())
      return fail(fmt::format("{}: there are {} losses after {} epochs", name, losses.size(),
                              expected.size()));
    if (!(std::abs(losses[0] - expected[0]) < 1e-9))
      return fail(fmt::format("{}: the loss of the first epoch is {:.6g}, not {:.6g}", name,
                              losses[0], expected[0]));
    const auto& out = reals(student, "probabilities of " + name);
    const auto& labels = reals(reference, "labels of " + name);
    if (out.size() != labels.size())
      return fail(fmt::format("{}: there are {} probabilities", name, out.size()));
    int right = 0;
    for (std::size_t i = 0; i < out.size(); ++i)
      right += std::isfinite(out[i]) && (out[i] > 0.5) == (labels[i] > 0.5);
    if (right < 45)
      return fail(
          fmt::format("{}: {} of {} points are right after {} epochs, and 45 are asked for; the "
                      "loss ends at {:.4g}",
                      name, right, out.size(), losses.size(), losses.back()));
  }
  return pass();
}

PROOF(classify, one_step_is_gradient_descent) {
  const Points set = draw_points(6);
  const Network network(3, 5), other(3, 5);
  const auto loss = [&] { return binary_cross_entropy(other(set.points), set.labels); };
  const double first = loss().item();
  std::vector<std::vector<double>> expected;
  for (Tensor& parameter : other.parameters()) {
    const NoGrad quiet;
    const std::vector<Real> kept = elements(parameter.value());
    Real* const at = parameter.mutable_value().mutable_data();
    const auto slope = numeric_gradient(
        [&](const std::vector<double>& to) {
          for (std::size_t i = 0; i < to.size(); ++i) at[i] = static_cast<Real>(to[i]);
          return loss().item();
        },
        {kept.begin(), kept.end()});
    expected.emplace_back();
    for (std::size_t i = 0; i < kept.size(); ++i) {
      at[i] = kept[i];
      expected.back().push_back(kept[i] - 0.1 * slope[i]);
    }
  }
  const LearningCurve curve = classify(network, set.points, set.labels, {.epochs = 1});
  prove_close("the recorded loss", curve.losses.at(0), first, 1e-14);
  const std::vector<Tensor> parameters = network.parameters();
  for (std::size_t k = 0; k < parameters.size(); ++k) {
    const std::vector<Real> after = elements(parameters[k].value());
    for (std::size_t i = 0; i < after.size(); ++i)
      prove_close("a parameter after a step", after[i], expected[k][i], 1e-7);
  }
}

PROOF(classify, accuracy_by_hand) {
  prove_close("three of four",
              accuracy(Tensor({4}, {0.9, 0.1, 0.6, 0.5}), Tensor({4}, {1, 0, 0, 0})), 0.75, 0);
}

}  // namespace
}  // namespace gradbook
