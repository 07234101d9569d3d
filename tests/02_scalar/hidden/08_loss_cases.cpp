#include <cmath>
#include <stdexcept>
#include <utility>

#include "02_scalar/training.hpp"
#include "support/case.hpp"
#include "support/gradcheck.hpp"
#include "support/scalars.hpp"

namespace gradbook {
namespace {

std::vector<Scalar> numbers(const std::vector<double>& values) {
  return {values.begin(), values.end()};
}

// Rounding of a mean of n squares, and of the differences in them
Tolerance mean_of(std::size_t n) { return {.terms = n + 4.0}; }

std::string of(std::size_t n) { return " of " + std::to_string(n); }

CASE(loss, closed_form,
     "the loss is the sum of (prediction - target)², divided by their number n; each gradient is "
     "2 (prediction - target) / n") {
  for (std::size_t n : {1, 2, 7, 31, 1000}) {
    const auto predictions = numbers(input("predictions", draw_list(n, -2, 2)));
    const auto targets = input("targets", draw_list(n, -5, 5));
    calling("mean_squared_error" + of(n) + ", then backward");
    const Scalar loss = mean_squared_error(predictions, targets);
    loss.backward();
    observe("loss" + of(n), loss.value(), mean_of(n));
    observe("gradients" + of(n), grads(predictions), {.terms = 4, .scale = 14.0 / n});
  }
}

CASE(loss, one_example, "with one example the loss is the square of its error") {
  const auto predictions = numbers(input("predictions", draw_list(1, -2, 2)));
  const auto targets = input("targets", draw_list(1, 3, 5));
  calling("mean_squared_error of one prediction, then backward");
  const Scalar loss = mean_squared_error(predictions, targets);
  loss.backward();
  observe("loss", loss.value(), mean_of(1));
  observe("gradient", predictions[0].grad(), {.terms = 4});
}

CASE(loss, computed_predictions, "the loss remembers what the predictions were computed from") {
  for (std::size_t n : {1, 5}) {
    Scalar w = input("w", draw(0.5, 2)), b = input("b", draw(-1, 1));
    const auto x = input("x", draw_list(n, 1, 2)), targets = input("targets", draw_list(n, 5, 9));
    std::vector<Scalar> predictions;
    for (double xi : x) predictions.push_back(w * xi + b);
    calling("mean_squared_error of w * x + b, then backward" + of(n));
    const Scalar loss = mean_squared_error(predictions, targets);
    loss.backward();
    observe("loss" + of(n), loss.value(), {.terms = n + 8.0});
    observe("gradients of the predictions" + of(n), grads(predictions), {.terms = 8, .scale = 40});
    observe("gradients of w and b" + of(n), grads({w, b}), {.terms = n + 8.0, .scale = 40});
  }
}

CASE(loss, one_number_twice, "one number may stand for several predictions: its gradients add up") {
  for (std::size_t n : {2, 5}) {
    Scalar p = input("p", draw(-2, 2)), q = input("q", draw(-2, 2));
    std::vector<Scalar> predictions(n, p);  // copies of a handle are the same number
    predictions[n / 2] = q;
    const auto targets = input("targets", draw_list(n, 3, 5));
    calling("mean_squared_error({p, …, q, …, p}, targets), then backward" + of(n));
    const Scalar loss = mean_squared_error(predictions, targets);
    loss.backward();
    observe("loss" + of(n), loss.value(), mean_of(n));
    observe("gradients" + of(n), grads(predictions), mean_of(n));  // of p, q and p again
  }
}

CASE(loss, perfect, "where every prediction is right, the loss and all gradients are 0") {
  for (std::size_t n : {1, 6}) {
    const auto targets = input("targets", draw_list(n, -5, 5));
    const auto predictions = numbers(targets);
    calling("mean_squared_error(targets, targets), then backward" + of(n));
    const Scalar loss = mean_squared_error(predictions, targets);
    loss.backward();
    observe("loss" + of(n), loss.value());
    observe("gradients" + of(n), grads(predictions));
  }
}

CASE(loss, twice,
     "a second loss starts from nothing, and neither call changes predictions or targets") {
  const auto first = numbers(input("first predictions", draw_list(3, -2, 2)));
  const auto second = numbers(input("second predictions", draw_list(4, -2, 2)));
  const auto targets = input("targets", draw_list(4, 3, 5));
  calling("mean_squared_error of three numbers, then of four");
  observe("first", mean_squared_error(first, std::span(targets).first(3)).value(), mean_of(3));
  observe("second", mean_squared_error(second, targets).value(), mean_of(4));
  observe("first predictions after", values(first));
  observe("second predictions after", values(second));
  observe("targets after", targets);
}

CASE(loss, large_and_tiny, "errors of any size count, by their squares") {
  for (const auto& [n, size] : {std::pair(1, 1e-6), std::pair(2, 1e3), std::pair(5, 1e100)}) {
    const auto predictions = numbers(input("predictions", draw_list(n, size, 2 * size)));
    const auto targets = input("targets", draw_list(n, -2 * size, -size));
    calling("mean_squared_error of errors of about " + std::to_string(size) + ", then backward");
    const Scalar loss = mean_squared_error(predictions, targets);
    loss.backward();
    observe("loss" + of(n), loss.value(), mean_of(n));
    observe("gradients" + of(n), grads(predictions), mean_of(n));
  }
}

CASE(loss, not_a_number, "one NaN makes the loss NaN: a broken prediction must not go unnoticed") {
  const auto sound = input("predictions", draw_list(3, -2, 2));
  const auto targets = input("targets", draw_list(3, 3, 5));
  auto broken_predictions = sound, broken_targets = targets;
  broken_predictions[1] = broken_targets[2] = std::nan("");
  calling("mean_squared_error with a NaN among the predictions, then among the targets");
  observe("NaN predicted", mean_squared_error(numbers(broken_predictions), targets).value());
  observe("NaN as target", mean_squared_error(numbers(sound), broken_targets).value());
}

CASE(loss, unequal_lengths, "lengths that differ are refused, whichever is longer") {
  const auto few = draw_integer(1, 5), many = few + draw_integer(1, 5);
  calling("mean_squared_error of " + std::to_string(few) + " and " + std::to_string(many));
  const std::vector<Scalar> short_list(few), long_list(many);
  const std::vector<double> short_targets(few), long_targets(many);
  observe_error("more targets", [&] { mean_squared_error(short_list, long_targets); });
  observe_error("more predictions", [&] { mean_squared_error(long_list, short_targets); });
  observe_error("no targets", [&] { mean_squared_error(long_list, {}); });
  observe_error("no predictions", [&] { mean_squared_error({}, long_targets); });
}

CASE(loss, empty, "there is no mean of nothing: no examples are refused too") {
  calling("mean_squared_error of no predictions and no targets");
  observe_error("no examples", [] { mean_squared_error({}, {}); });
}

CASE(loss, message, "the error names both lengths, so that the reader need not look for them") {
  const auto few = input("predictions", draw_integer(11, 39)),
             many = input("targets", draw_integer(40, 98));
  calling("mean_squared_error of so many predictions and targets");
  std::string message;
  try {
    mean_squared_error(std::vector<Scalar>(few), std::vector<double>(many));
  } catch (const std::exception& error) {
    message = error.what();
  }
  observe("names the number of predictions", message.find(std::to_string(few)) != message.npos);
  observe("names the number of targets", message.find(std::to_string(many)) != message.npos);
}

PROOF(loss, closed_form_and_gradient) {
  const std::vector<double> targets = {2.5, -1, 0.25};
  const std::vector<double> at = {1, 2, -0.5};
  const auto f = [&](const std::vector<double>& p) {
    return mean_squared_error(numbers(p), targets).value();
  };
  prove_close("loss", f(at), (2.25 + 9 + 0.5625) / 3, 1e-15);

  const auto predictions = numbers(at);
  mean_squared_error(predictions, targets).backward();
  const std::vector<double> numeric = numeric_gradient(f, at);
  for (std::size_t i = 0; i < at.size(); ++i) {
    prove_close("gradient, numeric", predictions[i].grad(), numeric[i], 1e-9);
    prove_close("gradient, closed form", predictions[i].grad(), 2 * (at[i] - targets[i]) / 3,
                1e-15);
  }
}

}  // namespace
}  // namespace gradbook
