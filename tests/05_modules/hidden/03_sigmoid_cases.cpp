#include <fmt/format.h>

#include <cmath>
#include <limits>

#include "04_autograd/functions.hpp"
#include "05_modules/layer_functions.hpp"
#include "support/gradcheck.hpp"
#include "support/matrices.hpp"

namespace gradbook {
namespace {

constexpr std::size_t kSizes[][2] = {{1, 1}, {7, 3}, {1, 5}, {5, 1}, {11, 13}, {0, 3}, {3, 0}};

// Denormal numbers are free: below them 1 / (1 + exp(−a)) may well be 0
constexpr double kSmallest = 1e-290;

CASE(sigmoid, forward, "σ(a) = 1 / (1 + e^−a) for each element", {.weight = 2}) {
  for (const auto& [rows, columns] : kSizes) {
    const Matrix a = input_matrix("a", rows, columns, -6, 6);
    calling("sigmoid_forward of " + text(a));
    observe("b of " + text(a), sigmoid_forward(a), {.terms = 2});
    observe("a after", a);
  }
}

CASE(sigmoid, forward_of_small_values, "σ(−50) is 2e-22: it is small, and not 0") {
  const Matrix a = input_matrix("a", 3, 7, -60, -30),
               b = input_matrix("far down", 2, 3, -700, -300);
  calling("sigmoid_forward of numbers from −60 to −30, then from −700 to −300");
  observe("b from −60 to −30", sigmoid_forward(a), {.terms = 2});
  observe("b from −700 to −300", sigmoid_forward(b), {.terms = 2});
}

CASE(sigmoid, forward_far_up, "σ(50) is 1, as well as it can be said") {
  const Matrix a = input_matrix("a", 3, 5, 30, 60), b = input_matrix("far up", 2, 3, 300, 800);
  calling("sigmoid_forward of numbers from 30 to 60, then from 300 to 800");
  observe("b from 30 to 60", sigmoid_forward(a), {.terms = 2});
  observe("b from 300 to 800", sigmoid_forward(b), {.terms = 2});
}

CASE(sigmoid, forward_without_overflow,
     "no number is too large: exp of 1000 is infinite, σ is not") {
  const double infinity = std::numeric_limits<double>::infinity();
  const Matrix a = filled<Matrix>(
      {2, 4},
      input("a", std::vector<double>{0, -0.0, -720, -1000, 1000, 1e300, infinity, -infinity}));
  calling("sigmoid_forward of 0, −0, −720, −1000, 1000, 1e300, ∞ and −∞");
  observe("b", sigmoid_forward(a), {.terms = 2, .scale = kSmallest});
}

CASE(sigmoid, forward_of_nan, "what is no number stays none, and costs its neighbours nothing") {
  std::vector<double> numbers = input("a", draw_list(6, -2, 2));
  numbers[4] = std::numeric_limits<double>::quiet_NaN();
  calling("sigmoid_forward of (2, 3) with a NaN in row 1, column 1");
  observe("b", sigmoid_forward(filled<Matrix>({2, 3}, numbers)), {.terms = 2});
}

CASE(sigmoid, backward, "grad_b ⊙ b ⊙ (1 − b), where b is what forward returned", {.weight = 2}) {
  for (const auto& [rows, columns] : kSizes) {
    const Matrix b = input_matrix("b", rows, columns, 0, 1),
                 grad_b = input_matrix("grad_b", rows, columns);
    calling("sigmoid_backward of b and grad_b, both " + text(b));
    observe("gradient of " + text(b), sigmoid_backward(b, grad_b), {.terms = 2, .scale = 1});
    observe("b after", b);
    observe("grad_b after", grad_b);
  }
}

CASE(sigmoid, backward_at_the_ends, "where b is 0 or 1 nothing gets through; close to 0 a little") {
  const Matrix b = filled<Matrix>({1, 5},
                                  input("b", std::vector<double>{0, 1, 1e-300, 1e-20, 0.5})),
               grad_b = input_matrix("grad_b", 1, 5, -5, 5);
  calling("sigmoid_backward at 0, 1, 1e-300, 1e-20 and 0.5");
  observe("gradient", sigmoid_backward(b, grad_b), {.terms = 2});
}

CASE(sigmoid, errors, "shapes that differ throw, also where they would broadcast") {
  const Matrix b = input_matrix("b", 4, 3, 0, 1);
  calling("sigmoid_backward of b (4, 3) and grad_b of other shapes");
  constexpr std::size_t kOthers[][2] = {{1, 3}, {4, 1}, {3, 4}, {1, 1}, {0, 3}, {4, 0}, {2, 6}};
  for (const auto& [rows, columns] : kOthers) {
    const Matrix grad_b = input_matrix("grad_b", rows, columns);
    observe_error("grad_b " + text(grad_b), [&] { sigmoid_backward(b, grad_b); });
    observe_error("the other way round, " + text(grad_b), [&] { sigmoid_backward(grad_b, b); });
  }
}

PROOF(sigmoid, central_differences) {
  const std::vector<double> at = draw_list(15, -3, 3), r = draw_list(15, -1, 1);
  const auto forward = [&](const std::vector<double>& numbers) {
    return sigmoid_forward(filled<Matrix>({3, 5}, numbers));
  };
  const Matrix grad = sigmoid_backward(forward(at), filled<Matrix>({3, 5}, r));
  const auto numeric = numeric_gradient(
      [&](const std::vector<double>& numbers) {
        const Matrix b = forward(numbers);
        double sum = 0;
        for (std::size_t i = 0; i < r.size(); ++i) sum += r[i] * b.data()[i];
        return sum;
      },
      at);
  for (std::size_t i = 0; i < r.size(); ++i)
    prove_close(fmt::format("element {}", i), grad.data()[i], numeric[i], 1e-9);
}

PROOF(sigmoid, equals_exercise_4_3) {
  const std::vector<double> at = draw_list(12, -8, 8), r = draw_list(12, -1, 1);
  const Matrix b = sigmoid_forward(filled<Matrix>({3, 4}, at)),
               grad = sigmoid_backward(b, filled<Matrix>({3, 4}, r));
  const Tensor a(Array({3, 4}, std::vector<Real>(at.begin(), at.end())), true);
  const Tensor other = sigmoid(a);
  other.backward(Array({3, 4}, std::vector<Real>(r.begin(), r.end())));
  for (std::size_t i = 0; i < at.size(); ++i) {
    prove_close("value", b.data()[i], other.value().data()[i], 1e-15);
    prove_close("gradient", grad.data()[i], a.grad().value().data()[i], 1e-15);
  }
}

PROOF(sigmoid, literals) {
  const Matrix b = sigmoid_forward(filled<Matrix>({2, 2}, {std::log(3.0), -std::log(3.0), 0, 50}));
  prove_close("σ(log 3)", b(0, 0), 0.75, 1e-15);
  prove_close("σ(−log 3)", b(0, 1), 0.25, 1e-15);
  prove(b(1, 0) == 0.5 && b(1, 1) == 1, "σ(0) and σ(50)");
  prove_close("σ(−50) by e⁻⁵⁰", sigmoid_forward(Matrix({1, 1}, -50))(0, 0) / std::exp(-50.0), 1,
              1e-14);
}

}  // namespace
}  // namespace gradbook
