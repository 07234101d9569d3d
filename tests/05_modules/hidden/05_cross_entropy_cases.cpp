#include <fmt/format.h>

#include <cmath>
#include <limits>

#include "05_modules/layer_functions.hpp"
#include "support/gradcheck.hpp"
#include "support/matrices.hpp"

namespace gradbook {
namespace {

using Labels = std::vector<Label>;

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();
constexpr std::size_t kSizes[][2] = {{7, 3}, {2, 11}, {13, 2}, {1, 1}, {1, 5}, {3, 1}};

// Means of up to 22 terms of sizes up to 5
const Tolerance kMeans{.terms = 24, .scale = 5};

Labels draw_labels(std::size_t n, std::size_t classes) {
  Labels labels;
  for (std::size_t i = 0; i < n; ++i)
    labels.push_back(draw_integer(0, static_cast<std::int64_t>(classes) - 1));
  return input("labels", labels);
}

Matrix one_hot(const Labels& labels, std::size_t classes) {
  Matrix y({labels.size(), classes}, 0);
  for (std::size_t n = 0; n < labels.size(); ++n) y(n, static_cast<std::size_t>(labels[n])) = 1;
  return y;
}

// Forward, or backward with a drawn gradient, of probabilities of several sizes
template <class Right>
void observe_forward(Right right) {
  for (const auto& [rows, columns] : kSizes) {
    const Matrix y_hat = input_probabilities("y_hat", rows, columns);
    const auto y = right(rows, columns);
    calling("cross_entropy_forward of y_hat " + text(y_hat));
    observe("loss of " + text(y_hat), cross_entropy_forward(y_hat, y), kMeans);
    observe("y_hat after", y_hat);
    observe("y or labels after", y);
  }
}

template <class Right>
void observe_backward(Right right) {
  for (const auto& [rows, columns] : kSizes) {
    const Matrix y_hat = input_probabilities("y_hat", rows, columns);
    const auto y = right(rows, columns);
    const Real grad = static_cast<Real>(input("grad", draw(-2, 2)));
    calling("cross_entropy_backward of y_hat " + text(y_hat));
    observe("gradient of " + text(y_hat), cross_entropy_backward(y_hat, y, grad), {.terms = 4});
    observe("y_hat after", y_hat);
    observe("y or labels after", y);
  }
}

CASE(cross_entropy, forward, "the mean over the examples of −Σ y log ŷ", {.weight = 2}) {
  observe_forward([](std::size_t n, std::size_t k) { return input_probabilities("y", n, k); });
}

CASE(cross_entropy, forward_one_hot, "with a single right class, −log of what it was given") {
  observe_forward([](std::size_t n, std::size_t k) { return one_hot(draw_labels(n, k), k); });
}

CASE(cross_entropy, forward_labels, "the same, with the number of the right class", {.weight = 2}) {
  observe_forward([](std::size_t n, std::size_t k) { return draw_labels(n, k); });
}

CASE(cross_entropy, backward, "−grad · y ÷ ŷ / N", {.weight = 2}) {
  observe_backward([](std::size_t n, std::size_t k) { return input_probabilities("y", n, k); });
}

CASE(cross_entropy, backward_one_hot, "where y is 0, the gradient is 0") {
  observe_backward([](std::size_t n, std::size_t k) { return one_hot(draw_labels(n, k), k); });
}

CASE(cross_entropy, backward_labels, "the same, with the number of the right class",
     {.weight = 2}) {
  observe_backward([](std::size_t n, std::size_t k) { return draw_labels(n, k); });
}

CASE(
    cross_entropy, towards_0,
    "the loss grows as the right probability goes to 0, down to kLeastProbability and no further") {
  for (const double p : {1e-3, 1e-12, 1e-29, 1e-31, 1e-300, 0.0}) {
    const Matrix y_hat =
        filled<Matrix>({2, 2}, input("y_hat", std::vector<double>{p, 1 - p, 0.25, 0.75}));
    const Labels labels = {0, 1};
    const Matrix y = one_hot(labels, 2);
    calling(fmt::format("forward and backward where the right class got {}", p));
    observe(fmt::format("loss of one-hot, {}", p), cross_entropy_forward(y_hat, y), {.terms = 4});
    observe(fmt::format("loss of labels, {}", p), cross_entropy_forward(y_hat, labels),
            {.terms = 4});
    observe(fmt::format("gradient of one-hot, {}", p), cross_entropy_backward(y_hat, y, 3),
            {.terms = 4});
    observe(fmt::format("gradient of labels, {}", p), cross_entropy_backward(y_hat, labels, 3),
            {.terms = 4});
  }
}

CASE(cross_entropy, what_does_not_count,
     "a class of y = 0 adds nothing and gets nothing, whether its ŷ is 0, NaN or infinite") {
  for (const double other : {0.0, kNaN, std::numeric_limits<double>::infinity()}) {
    const Matrix two = filled<Matrix>(
        {2, 3}, input("y_hat", std::vector<double>{other, 0.25, 0.5, other, 0.125, other}));
    const Matrix one = filled<Matrix>({1, 2}, input("y_hat", std::vector<double>{other, 0.25}));
    for (const Matrix& y_hat : {two, one}) {
      const std::string which = fmt::format("{}, others {}", text(y_hat), other);
      const Labels labels(y_hat.shape(0), 1);
      const Matrix y = one_hot(labels, y_hat.shape(1));
      calling("forward and backward where class 1 is right and others have ŷ = " +
              fmt::format("{}", other));
      observe("loss of one-hot, " + which, cross_entropy_forward(y_hat, y), {.terms = 4});
      observe("loss of labels, " + which, cross_entropy_forward(y_hat, labels), {.terms = 4});
      observe("gradient of one-hot, " + which, cross_entropy_backward(y_hat, y, 1), {.terms = 4});
      observe("gradient of labels, " + which, cross_entropy_backward(y_hat, labels, 1),
              {.terms = 4});
    }
  }
}

CASE(cross_entropy, nan_where_it_counts,
     "a NaN is not taken for kLeastProbability: it has to show") {
  const Matrix y_hat =
      filled<Matrix>({2, 2}, input("y_hat", std::vector<double>{kNaN, 0.5, 0.5, 0.5}));
  const Labels labels = {0, 1};
  calling("forward and backward where the right class has ŷ = NaN");
  observe("loss of one-hot", cross_entropy_forward(y_hat, one_hot(labels, 2)));
  observe("loss of labels", cross_entropy_forward(y_hat, labels));
  observe("gradient of one-hot", cross_entropy_backward(y_hat, one_hot(labels, 2), 1));
  observe("gradient of labels", cross_entropy_backward(y_hat, labels, 1));
}

// One wrong label among three examples that are right
void observe_wrong_label(std::size_t place, const Labels& wrong_ones) {
  const Matrix y_hat = input_probabilities("y_hat", 4, 3);
  for (const Label wrong : wrong_ones) {
    Labels labels = {2, 0, 1, 2};
    labels[place] = wrong;
    calling(fmt::format("forward and backward of y_hat (4, 3), with label {} in place {}", wrong,
                        place));
    observe_error(fmt::format("forward, label {}", wrong),
                  [&] { cross_entropy_forward(y_hat, labels); });
    observe_error(fmt::format("backward, label {}", wrong),
                  [&] { cross_entropy_backward(y_hat, labels, 1); });
  }
}

CASE(cross_entropy, label_too_large,
     "label K throws a RangeError: there are K classes, and the first is 0") {
  observe_wrong_label(0, {3, 4, Label{1} << 40});
  observe_error("where there is no class at all", [] {
    cross_entropy_forward(Matrix({1, 0}), Labels{0});
  });
}

CASE(cross_entropy, label_negative, "a negative label throws a RangeError") {
  observe_wrong_label(1, {-1, -3, -(Label{1} << 62)});
}

CASE(cross_entropy, label_wrong_at_the_end, "the last label is checked, too") {
  observe_wrong_label(3, {4, -2});
}

CASE(cross_entropy, shapes,
     "shapes that differ, too few or too many labels, and no example throw") {
  const Matrix y_hat = input_probabilities("y_hat", 4, 3);
  calling(
      "forward and backward of y_hat (4, 3) with y of other shapes, and other numbers of labels");
  constexpr std::size_t kOthers[][2] = {{1, 3}, {4, 1}, {3, 4}, {5, 3}, {2, 6}, {0, 3}};
  for (const auto& [rows, columns] : kOthers) {
    const Matrix y = input_probabilities("y", rows, columns);
    observe_error("forward, y " + text(y), [&] { cross_entropy_forward(y_hat, y); });
    observe_error("backward, y " + text(y), [&] { cross_entropy_backward(y_hat, y, 1); });
  }
  for (const std::size_t n : {0u, 1u, 3u, 5u}) {
    const Labels labels(n, 1);
    observe_error(fmt::format("forward, {} labels", n),
                  [&] { cross_entropy_forward(y_hat, labels); });
    observe_error(fmt::format("backward, {} labels", n),
                  [&] { cross_entropy_backward(y_hat, labels, 1); });
  }
  const Matrix none({0, 3});
  observe_error("forward, no example", [&] { cross_entropy_forward(none, none); });
  observe_error("backward, no example", [&] { cross_entropy_backward(none, none, 1); });
  observe_error("forward, no example and no label", [&] { cross_entropy_forward(none, Labels{}); });
  observe_error("backward, no example and no label",
                [&] { cross_entropy_backward(none, Labels{}, 1); });
}

PROOF(cross_entropy, central_differences) {
  for (const auto& [rows, columns] : kSizes) {
    const Matrix y_hat = input_probabilities("y_hat", rows, columns),
                 y = input_probabilities("y", rows, columns);
    const Labels labels = draw_labels(rows, columns);
    const double r = draw(-2, 2);
    const std::vector<Real> at = listed(y_hat);
    const auto check = [&](const Matrix& grad, const auto& right) {
      const auto numeric = numeric_gradient(
          [&](const std::vector<double>& numbers) {
            return r * cross_entropy_forward(filled<Matrix>({rows, columns}, numbers), right);
          },
          {at.begin(), at.end()}, 1e-6);
      for (std::size_t i = 0; i < numeric.size(); ++i)
        prove_close(fmt::format("element {} of ({}, {})", i, rows, columns), grad.data()[i],
                    numeric[i], 1e-5);
    };
    check(cross_entropy_backward(y_hat, y, static_cast<Real>(r)), y);
    check(cross_entropy_backward(y_hat, labels, static_cast<Real>(r)), labels);
  }
}

PROOF(cross_entropy, closed_forms) {
  const Matrix even({5, 8}, 0.125);
  prove_close("log of the number of classes, where all are equal",
              cross_entropy_forward(even, Labels{0, 7, 3, 3, 1}), std::log(8.0), 1e-15);
  prove_close("−log 0.9", cross_entropy_forward({{0.9, 0.1}}, Labels{0}), -std::log(0.9), 1e-15);
  const Matrix y = {{0.5, 0.5}, {1, 0}}, y_hat = {{0.25, 0.75}, {0.5, 0.5}};
  prove_close("by hand", cross_entropy_forward(y_hat, y),
              (std::log(4.0) / 2 + std::log(4.0 / 3) / 2 + std::log(2.0)) / 2, 1e-15);
}

}  // namespace
}  // namespace gradbook
