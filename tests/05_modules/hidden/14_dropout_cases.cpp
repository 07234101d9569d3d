#include "05_modules/dropout.hpp"

#include <fmt/format.h>

#include <cmath>

#include "support/modules.hpp"

namespace gradbook {
namespace {

constexpr std::size_t kSizes[][2] = {{1, 1}, {7, 5}, {1, 11}, {13, 1}, {4, 4}, {0, 3}, {3, 0}};

std::uint64_t draw_seed() {
  return static_cast<std::uint64_t>(input("seed", draw_integer(1, 1000)));
}

[[maybe_unused]] std::string text(double p, std::size_t n, std::size_t width) {
  return fmt::format("Dropout with p = {} of ({}, {})", p, n, width);
}

// Backward alone from a drawn gradient, after a forward that was run before
void observe_gradient(const std::string& what, Dropout& dropout, Input& x, const Matrix& out) {
  const std::vector<Module*> in{&x};
  Gradients grads(in);
  dropout.backward(InTensors(in), out,
                   input_matrix("grad_out", x.out_tensor.shape(0), x.out_tensor.shape(1)), grads);
  observe("gradient, " + what, grads[0]);
}

Matrix forward(Dropout& dropout, Input& x) {
  const std::vector<Module*> in{&x};
  return dropout.forward(InTensors(in));
}

CASE(dropout, training,
     "a number for each number decides, in row-major order; what stays is divided by 1 − p, "
     "and so is its gradient",
     {.weight = 3}) {
  for (const double p : {0.1, 0.5, 0.9}) {
    for (const auto& [n, width] : kSizes) {
      Dropout dropout(p, draw_seed());
      Input x(input_matrix("a", n, width), true);
      observe_passes(text(p, n, width), dropout, {&x});
    }
  }
}

CASE(dropout, nothing_left_out, "with p = 0 everything stays as it is") {
  for (const auto& [n, width] : kSizes) {
    Dropout dropout(0, draw_seed());
    Input x(input_matrix("a", n, width), true);
    observe_passes(text(0, n, width), dropout, {&x});
  }
}

CASE(dropout, all_left_out, "with p = 1 everything is 0, and not NaN; so is every gradient") {
  for (const auto& [n, width] : kSizes) {
    Dropout dropout(1, draw_seed());
    Input x(input_matrix("a", n, width), true);
    observe_passes(text(1, n, width), dropout, {&x});
  }
}

CASE(dropout, evaluation, "in evaluation nothing is changed, neither numbers nor gradients",
     {.weight = 2}) {
  for (const double p : {0.0, 0.3, 1.0}) {
    for (const auto& [n, width] : kSizes) {
      Dropout dropout(p, draw_seed());
      dropout.eval();
      Input x(input_matrix("a", n, width), true);
      observe_passes(text(p, n, width) + " in evaluation", dropout, {&x});
    }
  }
}

CASE(dropout, passes_differ,
     "every pass draws anew, for a batch of any size, and one in evaluation draws nothing") {
  Dropout dropout(0.4, draw_seed());
  for (const std::size_t pass : {1, 2, 3, 4, 5}) {
    dropout.train(pass != 3);
    const std::size_t n = pass == 4 ? 5 : 3;
    const std::string what =
        fmt::format("pass {} with ({}, 5){}", pass, n, pass == 3 ? ", in evaluation" : "");
    Input x(input_matrix("a", n, 5), true);
    calling("forward and backward of the same Dropout, " + what);
    const Matrix out = forward(dropout, x);
    observe("output, " + what, out);
    observe_gradient(what, dropout, x, out);
  }
}

CASE(dropout, mode_in_between,
     "backward does what forward did, whatever was said about training in between") {
  Dropout dropout(0.4, draw_seed());
  Input x(input_matrix("a", 3, 5), true);
  calling("forward in training, then eval(), then backward");
  Matrix out = forward(dropout, x);
  dropout.eval();
  observe_gradient("forward in training, backward in evaluation", dropout, x, out);
  calling("forward in evaluation, then train(), then backward");
  out = forward(dropout, x);
  dropout.train();
  observe_gradient("forward in evaluation, backward in training", dropout, x, out);
}

CASE(dropout, zeros_that_stay, "a 0 that was not left out has a gradient") {
  Dropout dropout(0.5, draw_seed());
  Input x(filled<Matrix>({4, 6}, std::vector<double>(24, 0.0)), true);
  calling("forward and backward of Dropout on zeros");
  const Matrix out = forward(dropout, x);
  observe("output", out);
  observe_gradient("an input of zeros", dropout, x, out);
}

CASE(dropout, on_the_tape, "within a network, the gradient takes the way of the numbers") {
  Dropout first(0.5, draw_seed()), second(0.2, draw_seed());
  Input x(input_matrix("a", 7, 3), true);
  calling("Dropout of Dropout, and tape_bwd");
  Module& out = second(first(x));
  observe("output", out.out_tensor);
  out.out_gradient = input_matrix("gradient of the output", 7, 3);
  tape_bwd();
  observe("gradient of the input", x.out_gradient);
}

CASE(dropout, mean_stays, "the mean of many numbers is what it was, and the right share is 0") {
  for (const double p : {0.1, 0.5, 0.8}) {
    Dropout dropout(p, draw_seed());
    Input x(filled<Matrix>({100, 1000}, std::vector<double>(100000, 1.0)), true);
    calling(fmt::format("Dropout with p = {} of 100000 ones", p));
    const Matrix out = forward(dropout, x);
    double sum = 0, zeros = 0, largest = 0;
    for (const Real b : out) {
      sum += b;
      zeros += b == 0;
      largest = std::fmax(largest, b);
    }
    observe(fmt::format("mean, p = {}", p), sum / 1e5);
    observe(fmt::format("share of zeros, p = {}", p), zeros / 1e5);
    observe(fmt::format("largest, p = {}", p), largest);
  }
}
JUDGE(dropout, mean_stays) {
  static_cast<void>(reference);
  for (const double p : {0.1, 0.5, 0.8}) {
    const double mean = real(student, fmt::format("mean, p = {}", p)),
                 zeros = real(student, fmt::format("share of zeros, p = {}", p)),
                 largest = real(student, fmt::format("largest, p = {}", p)),
                 sigma = std::sqrt(p * (1 - p) / 1e5);
    if (!(std::abs(zeros - p) <= 5 * sigma))
      return fail(fmt::format("p = {}: {:.4g} of 100000 numbers are 0", p, zeros));
    if (!(std::abs(mean - 1) <= 5 * sigma / (1 - p)))
      return fail(fmt::format("p = {}: the mean of 100000 ones is {:.4g} afterwards", p, mean));
    if (!(std::abs(largest - 1 / (1 - p)) <= 1e-12))
      return fail(fmt::format("p = {}: a 1 that stays becomes {:.4g}, where {:.4g} is asked for", p,
                              largest, 1 / (1 - p)));
  }
  return pass();
}

PROOF(dropout, closed_form) {
  Dropout dropout(0.3, 17);
  Random same(17);
  Input x(drawn_matrix(5, 7), true);
  const std::vector<Module*> in{&x};
  const Matrix out = forward(dropout, x), grad_out = drawn_matrix(5, 7);
  Gradients grads(in);
  dropout.backward(InTensors(in), out, grad_out, grads);
  for (std::size_t i = 0; i < out.size(); ++i) {
    const double factor = same.uniform() < 0.3 ? 0 : 1 / 0.7;
    prove_close("output", out.data()[i], x.out_tensor.data()[i] * factor, 1e-15);
    prove_close("gradient", grads[0].data()[i], grad_out.data()[i] * factor, 1e-14);
  }
}

}  // namespace
}  // namespace gradbook
