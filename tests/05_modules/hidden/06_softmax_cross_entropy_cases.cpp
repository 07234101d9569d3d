#include <fmt/format.h>

#include <cmath>
#include <limits>

#include "05_modules/layer_functions.hpp"
#include "support/gradcheck.hpp"
#include "support/matrices.hpp"

namespace gradbook {
namespace {

using Labels = std::vector<Label>;

constexpr std::size_t kSizes[][2] = {{7, 3}, {2, 11}, {13, 2}, {1, 1}, {1, 5}, {3, 1}};

Labels draw_labels(std::size_t n, std::size_t classes) {
  Labels labels;
  for (std::size_t i = 0; i < n; ++i)
    labels.push_back(draw_integer(0, static_cast<std::int64_t>(classes) - 1));
  return input("labels", labels);
}

// exp(a − log Σ exp) is as good as any other way, and loses the digits that a large logit has lost
void observe_both(const std::string& label, const SoftmaxLoss& result, double largest_logit) {
  observe("loss of " + label, result.loss, {.terms = 24, .scale = largest_logit + 8});
  observe("probabilities of " + label, result.probabilities,
          {.terms = 24 + 2 * largest_logit, .scale = 1e-290});
}

CASE(softmax_cross_entropy, forward,
     "the mean of log Σ exp(a_k) − a_label, and the probabilities of each row", {.weight = 2}) {
  for (const auto& [rows, columns] : kSizes) {
    const Matrix logits = input_matrix("logits", rows, columns, -3, 3);
    const Labels labels = draw_labels(rows, columns);
    calling("softmax_cross_entropy_forward of " + text(logits));
    observe_both(text(logits), softmax_cross_entropy_forward(logits, labels), 3);
    observe("logits after", logits);
    observe("labels after", labels);
  }
}

CASE(softmax_cross_entropy, forward_of_large_logits,
     "logits of a thousand: exp overflows, and a probability of 0 has no log", {.weight = 2}) {
  for (const auto& [rows, columns] : kSizes) {
    const Matrix logits = input_matrix("logits", rows, columns, -1000, 1000);
    const Labels labels = draw_labels(rows, columns);
    calling("softmax_cross_entropy_forward of " + text(logits) + " between ±1000");
    observe_both(text(logits), softmax_cross_entropy_forward(logits, labels), 1000);
  }
}

CASE(softmax_cross_entropy, forward_of_small_probabilities,
     "a loss of a hundred is said as it is, not cut where a probability is thought too small") {
  for (const auto& [rows, columns] : {std::pair<std::size_t, std::size_t>{3, 2}, {1, 4}}) {
    const Matrix logits = input_matrix("logits", rows, columns, 0, 5);
    Matrix apart = logits;
    for (std::size_t n = 0; n < rows; ++n)
      apart(n, 1) += static_cast<Real>(input("more", draw(80, 200)));
    const Labels labels(rows, 0);
    calling("softmax_cross_entropy_forward where a wrong logit is about 100 larger, " +
            text(apart));
    observe("loss of " + text(apart), softmax_cross_entropy_forward(apart, labels).loss,
            {.terms = 24, .scale = 200});
  }
}

CASE(softmax_cross_entropy, forward_shifted, "a number added to a whole row changes nothing") {
  for (const double shift : {1e4, -1e4, -800.0}) {
    Matrix logits = input_matrix("logits, before the shift", 3, 4, -2, 2);
    const Labels labels = draw_labels(3, 4);
    for (std::size_t k = 0; k < 4; ++k) logits(1, k) += static_cast<Real>(input("shift", shift));
    calling(fmt::format("softmax_cross_entropy_forward of (3, 4) with {} added to row 1", shift));
    observe_both(fmt::format("row 1 shifted by {}", shift),
                 softmax_cross_entropy_forward(logits, labels), 1e4);
  }
}

CASE(softmax_cross_entropy, forward_of_the_surely_right,
     "who is sure and right loses little, and that little is not rounded away from the sum") {
  for (const double distance : {10.0, 30.0, 800.0}) {
    const Matrix logits =
        filled<Matrix>({1, 2}, input("logits", std::vector<double>{0, -distance}));
    calling(
        fmt::format("softmax_cross_entropy_forward where the right logit is {} larger", distance));
    observe(fmt::format("loss, {}", distance),
            softmax_cross_entropy_forward(logits, Labels{0}).loss, {.terms = 8, .scale = 1});
  }
}

CASE(softmax_cross_entropy, forward_with_minus_infinity,
     "a class that is masked by −∞ has probability 0, and costs the others nothing") {
  const double infinity = std::numeric_limits<double>::infinity();
  std::vector<double> numbers = input("logits", draw_list(8, -2, 2));
  numbers[0] = numbers[5] = numbers[6] = numbers[7] = -infinity;
  calling("softmax_cross_entropy_forward of (2, 4) with −∞ in places 0, 5, 6 and 7");
  observe_both("masked logits",
               softmax_cross_entropy_forward(filled<Matrix>({2, 4}, numbers), Labels{2, 0}), 2);
}

CASE(softmax_cross_entropy, backward,
     "what was said less what is right, as a share of the mean, times grad", {.weight = 2}) {
  for (const auto& [rows, columns] : kSizes) {
    const Matrix probabilities = input_probabilities("probabilities", rows, columns);
    const Labels labels = draw_labels(rows, columns);
    const Real grad = static_cast<Real>(input("grad", draw(-3, 3)));
    calling("softmax_cross_entropy_backward of " + text(probabilities));
    observe("gradient of " + text(probabilities),
            softmax_cross_entropy_backward(probabilities, labels, grad), {.terms = 4, .scale = 3});
    observe("probabilities after", probabilities);
    observe("labels after", labels);
  }
}

CASE(softmax_cross_entropy, backward_of_extremes,
     "sure and right has no gradient, sure and wrong the largest") {
  const Matrix probabilities =
      filled<Matrix>({3, 2}, input("probabilities", std::vector<double>{1, 0, 0, 1, 0.5, 0.5}));
  calling("softmax_cross_entropy_backward of (1, 0), (0, 1) and (½, ½), where class 0 is right");
  observe("gradient", softmax_cross_entropy_backward(probabilities, Labels{0, 0, 0}, 1),
          {.terms = 4});
}

CASE(softmax_cross_entropy, forward_then_backward, "the two together, as training calls them") {
  for (const auto& [rows, columns] : kSizes) {
    const Matrix logits = input_matrix("logits", rows, columns, -300, 300);
    const Labels labels = draw_labels(rows, columns);
    calling("forward and backward of " + text(logits) + " between ±300");
    const SoftmaxLoss result = softmax_cross_entropy_forward(logits, labels);
    observe("gradient of " + text(logits),
            softmax_cross_entropy_backward(result.probabilities, labels, 1),
            {.terms = 600, .scale = 1});
  }
}

// One wrong label among three examples that are right
void observe_wrong_label(std::size_t place, const Labels& wrong_ones) {
  const Matrix logits = input_matrix("logits", 4, 3);
  for (const Label wrong : wrong_ones) {
    Labels labels = {2, 0, 1, 2};
    labels[place] = wrong;
    calling(fmt::format("softmax_cross_entropy_forward of (4, 3), with label {} in place {}", wrong,
                        place));
    observe_error(fmt::format("label {}", wrong),
                  [&] { softmax_cross_entropy_forward(logits, labels); });
  }
}

CASE(softmax_cross_entropy, label_too_large,
     "label K throws a RangeError: there are K classes, and the first is 0") {
  for (const std::size_t place : {0, 3}) observe_wrong_label(place, {3, 4, Label{1} << 40});
  observe_error("where there is no class at all", [] {
    softmax_cross_entropy_forward(Matrix({1, 0}), Labels{0});
  });
}

CASE(softmax_cross_entropy, label_negative, "a negative label throws a RangeError") {
  for (const std::size_t place : {0, 3}) observe_wrong_label(place, {-1, -3, -(Label{1} << 62)});
}

CASE(softmax_cross_entropy, shapes,
     "too few or too many labels, and no example, throw a ShapeError") {
  const Matrix logits = input_matrix("logits", 4, 3);
  calling("softmax_cross_entropy_forward of (4, 3) with other numbers of labels, and of nothing");
  for (const std::size_t n : {0u, 1u, 3u, 5u, 12u}) {
    const Labels labels(n, 1);
    observe_error(fmt::format("{} labels", n),
                  [&] { softmax_cross_entropy_forward(logits, labels); });
  }
  observe_error("no example and no label", [] {
    softmax_cross_entropy_forward(Matrix({0, 3}), Labels{});
  });
}

PROOF(softmax_cross_entropy, central_differences) {
  for (const auto& [rows, columns] : kSizes) {
    const std::vector<double> at = draw_list(rows * columns, -3, 3);
    const Labels labels = draw_labels(rows, columns);
    const double r = draw(-2, 2);
    const auto forward = [&](const std::vector<double>& numbers) {
      return softmax_cross_entropy_forward(filled<Matrix>({rows, columns}, numbers), labels);
    };
    const Matrix grad =
        softmax_cross_entropy_backward(forward(at).probabilities, labels, static_cast<Real>(r));
    const auto numeric = numeric_gradient(
        [&](const std::vector<double>& numbers) { return r * forward(numbers).loss; }, at);
    for (std::size_t i = 0; i < numeric.size(); ++i)
      prove_close(fmt::format("element {} of ({}, {})", i, rows, columns), grad.data()[i],
                  numeric[i], 1e-8);
  }
}

PROOF(softmax_cross_entropy, equals_softmax_then_cross_entropy) {
  for (const auto& [rows, columns] : kSizes) {
    const Matrix logits = input_matrix("logits", rows, columns, -3, 3);
    const Labels labels = draw_labels(rows, columns);
    const SoftmaxLoss fused = softmax_cross_entropy_forward(logits, labels);
    const Matrix y_hat = softmax_forward(logits);
    prove_close("loss", fused.loss, cross_entropy_forward(y_hat, labels), 1e-12);
    const Matrix grad = softmax_cross_entropy_backward(fused.probabilities, labels, 1),
                 in_turn = softmax_backward(y_hat, cross_entropy_backward(y_hat, labels, 1));
    for (std::size_t i = 0; i < grad.size(); ++i) {
      prove_close("probability", fused.probabilities.data()[i], y_hat.data()[i], 1e-12);
      prove_close("gradient", grad.data()[i], in_turn.data()[i], 1e-12);
    }
  }
}

PROOF(softmax_cross_entropy, closed_forms) {
  prove_close("log of the number of classes",
              softmax_cross_entropy_forward(Matrix({3, 7}, 5), Labels{0, 3, 6}).loss, std::log(7.0),
              1e-14);
  prove_close("softplus of a distance",
              softmax_cross_entropy_forward({{2, 0}, {2, 0}}, Labels{1, 1}).loss,
              std::log1p(std::exp(2.0)), 1e-14);
  prove(softmax_cross_entropy_forward({{5000, 0}, {0, 5000}}, Labels{1, 0}).loss == 5000,
        "wrong by 5000");
}

}  // namespace
}  // namespace gradbook
