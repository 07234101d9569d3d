#include <cmath>

#include "support/rnn.hpp"

namespace gradbook {
namespace {

// Sums of up to 24 terms of sizes up to 1
const Tolerance kSums{.terms = 24, .scale = 2};

const RnnSizes kAll[] = {{1, 1, 1},  {1, 1, 12},  {1, 11, 1},  {1, 11, 12},
                         {15, 1, 1}, {15, 1, 12}, {15, 11, 1}, {15, 11, 12}};
const RnnSizes kSquares[] = {{3, 3, 3}, {5, 5, 5}};
const RnnSizes kNobody[] = {{0, 3, 2}, {0, 1, 1}};

struct With {
  bool bias = true, state = true;
  Nonlinearity nonlinearity = Nonlinearity::tanh;
};

std::string text(const With& with) {
  return fmt::format("{}{}{}", with.nonlinearity == Nonlinearity::tanh ? "tanh" : "sigmoid",
                     with.bias ? "" : ", no bias", with.state ? "" : ", no state");
}

// One step of these sizes, drawn
struct Drawn {
  Drawn(const RnnSizes& s, const With& with)
      : layer(s, with.bias),
        x(input_matrix("x", s.n, s.inputs, -1, 1)),
        h(with.state ? input_matrix("h", s.n, s.hidden, -1, 1) : Matrix()),
        weights(layer.with(with.nonlinearity)),
        of(fmt::format("{}, {}", text(s), text(with))) {}

  DrawnRnn layer;
  Matrix x, h;
  RnnWeights weights;
  std::string of;
};

void observe_forward(std::span<const RnnSizes> all, const With& with) {
  for (const RnnSizes& s : all) {
    const Drawn step(s, with);
    const Matrix x = step.x, h = step.h;
    calling("rnn_step_forward, " + step.of);
    observe("state after, " + step.of, rnn_step_forward(step.x, step.h, step.weights), kSums);
    observe("x, h and weights are as before, " + step.of,
            same_bits(x, step.x) && same_bits(h, step.h) && step.layer.as_drawn());
  }
}

void observe_backward(std::span<const RnnSizes> all, const With& with) {
  for (const RnnSizes& s : all) {
    const Drawn step(s, with);
    const Matrix out = step_in_loops(step.x, step.h, step.weights),
                 grad_out = input_matrix("grad_out", s.n, s.hidden), x = step.x, h = step.h,
                 out_before = out, grad_before = grad_out;
    calling("rnn_step_backward, " + step.of);
    observe(step.of, rnn_step_backward(step.x, step.h, step.weights, out, grad_out), kSums);
    observe("nothing that went in has changed, " + step.of,
            same_bits(x, step.x) && same_bits(h, step.h) && same_bits(out, out_before) &&
                same_bits(grad_out, grad_before) && step.layer.as_drawn());
  }
}

CASE(rnn_cell, forward, "φ of what goes in times W_xh, the state times W_hh, and the bias",
     {.weight = 2}) {
  observe_forward(kAll, {});
}

CASE(rnn_cell, forward_of_sigmoid, "φ may be the sigmoid") {
  observe_forward(kAll, {.nonlinearity = Nonlinearity::sigmoid});
}

CASE(rnn_cell, forward_without_bias, "a bias without elements adds nothing") {
  observe_forward(kAll, {.bias = false});
  observe_forward(kAll, {.bias = false, .nonlinearity = Nonlinearity::sigmoid});
}

CASE(rnn_cell, forward_without_state, "a state without elements is one of zeros") {
  observe_forward(kAll, {.state = false});
  observe_forward(kAll, {.bias = false, .state = false});
}

CASE(rnn_cell, forward_of_squares, "as many numbers as units and sequences: sizes are no help") {
  observe_forward(kSquares, {});
}

CASE(rnn_cell, forward_of_large_numbers, "far out φ is −1, 0 or 1, and nothing overflows") {
  for (const Nonlinearity nonlinearity : {Nonlinearity::tanh, Nonlinearity::sigmoid}) {
    const Drawn step({3, 2, 4}, {.nonlinearity = nonlinearity});
    Matrix x = step.x;
    for (Real& number : x) number *= 2000;
    calling("rnn_step_forward of numbers up to 2000, " + step.of);
    observe("state after, " + step.of, rnn_step_forward(x, step.h, step.weights),
            {.terms = 5000, .scale = 1});
  }
}

CASE(rnn_cell, backward, "the gradient before φ, and from it one by everything that went in",
     {.weight = 3}) {
  observe_backward(kAll, {});
}

CASE(rnn_cell, backward_of_sigmoid, "φ′ is that of the φ in use") {
  observe_backward(kAll, {.nonlinearity = Nonlinearity::sigmoid});
}

CASE(rnn_cell, backward_without_bias, "without a bias the gradients are all there, its own too") {
  observe_backward(kAll, {.bias = false});
}

CASE(rnn_cell, backward_without_state,
     "without a state there is a gradient by it all the same, and that by W_hh is zeros") {
  observe_backward(kAll, {.state = false});
  observe_backward(kSquares, {.state = false});
}

CASE(rnn_cell, backward_of_squares, "as many numbers as units and sequences: sizes are no help") {
  observe_backward(kSquares, {});
}

CASE(rnn_cell, no_sequences, "no sequences are a number like any other") {
  observe_forward(kNobody, {});
  observe_backward(kNobody, {});
}

CASE(rnn_cell, errors, "whatever does not fit throws a ShapeError, also where it would broadcast",
     {.weight = 2}) {
  const Drawn step({4, 3, 2}, {});
  const auto matrix = [](std::size_t rows, std::size_t columns) {
    return input_matrix("another", rows, columns);
  };
  using Shapes = std::vector<std::pair<std::size_t, std::size_t>>;
  calling("rnn_step_forward and rnn_step_backward with one wrong shape each");
  for (const auto& [rows, columns] : Shapes{{4, 2}, {4, 1}, {3, 4}})
    observe_error(fmt::format("x ({}, {}) for W_xh (2, 3)", rows, columns),
                  [&] { rnn_step_forward(matrix(rows, columns), Matrix(), step.weights); });
  for (const auto& [rows, columns] : Shapes{{1, 2}, {3, 2}, {4, 1}, {4, 3}, {2, 4}, {5, 2}})
    observe_error(fmt::format("h ({}, {}) for (4, 2)", rows, columns),
                  [&] { rnn_step_forward(step.x, matrix(rows, columns), step.weights); });
  for (const auto& [rows, columns] : Shapes{{2, 3}, {2, 1}, {3, 2}, {3, 3}, {1, 1}}) {
    const Matrix hh = matrix(rows, columns);
    for (const bool state : {true, false})
      observe_error(
          fmt::format("W_hh ({}, {}) for (2, 2){}", rows, columns, state ? "" : ", no state"), [&] {
            rnn_step_forward(step.x, state ? step.h : Matrix(),
                             {step.layer.xh, hh, step.layer.bias});
          });
  }
  for (const auto& [rows, columns] : Shapes{{1, 1}, {2, 1}, {1, 3}, {4, 2}}) {
    const Matrix bias = matrix(rows, columns);
    observe_error(fmt::format("a bias ({}, {}) for (1, 2)", rows, columns), [&] {
      rnn_step_forward(step.x, step.h, {step.layer.xh, step.layer.hh, bias});
    });
  }
  const Matrix out = matrix(4, 2);
  for (const auto& [rows, columns] : Shapes{{2, 4}, {1, 2}, {4, 1}, {4, 3}, {5, 2}, {8, 1}})
    observe_error(fmt::format("grad_out ({}, {}) for (4, 2)", rows, columns), [&] {
      rnn_step_backward(step.x, step.h, step.weights, out, matrix(rows, columns));
    });
}

PROOF(rnn_cell, central_differences) {
  for (const bool state : {true, false}) {
    for (const Nonlinearity nonlinearity : {Nonlinearity::tanh, Nonlinearity::sigmoid}) {
      for (const RnnSizes& s : {RnnSizes{1, 1, 1}, {3, 2, 4}, {5, 3, 3}}) {
        Drawn step(s, {.state = state, .nonlinearity = nonlinearity});
        const Matrix r = drawn_matrix(s.n, s.hidden);
        const RnnGradients grads = rnn_step_backward(
            step.x, step.h, step.weights, step_in_loops(step.x, step.h, step.weights), r);
        const auto loss = [&] {
          return detail::weighted(r, rnn_step_forward(step.x, step.h, step.weights));
        };
        const auto check = [&](const char* by, Matrix& x, const Matrix& gradient) {
          detail::prove_gradient(fmt::format("{} by {}", step.of, by), x, gradient, loss, 1e-8);
        };
        check("x", step.x, grads.x);
        check("W_xh", step.layer.xh, grads.xh);
        check("W_hh", step.layer.hh, grads.hh);
        check("bias", step.layer.bias, grads.bias);
        if (!state) step.h = xt::zeros<Real>({s.n, s.hidden});
        check("h", step.h, grads.h);
      }
    }
  }
}

// tanh(log 2) is 3/5, for e^(2 log 2) is 4; σ(log 3) is 3/4. Each sum is made to be that logarithm
PROOF(rnn_cell, literals) {
  const Real log2 = std::log(Real(2)), log3 = std::log(Real(3));
  const Matrix x = {{1, 2}}, h = {{3}}, hh = {{2}}, xh = {{4, -3}}, to_log2 = {{log2 - 4}},
               to_log3 = {{log3 - 4}};
  const RnnWeights by_tanh{xh, hh, to_log2}, by_sigmoid{xh, hh, to_log3, Nonlinearity::sigmoid};
  prove_close("tanh of log 2", rnn_step_forward(x, h, by_tanh)(0, 0), 0.6, 1e-15);
  prove_close("σ of log 3", rnn_step_forward(x, h, by_sigmoid)(0, 0), 0.75, 1e-15);

  // 1 − 0.36 = 0.64, times 100 is 64: that times 4 and −3, 2, 1 and 2, 3, and as it is
  const Matrix out = {{Real(0.6)}}, grad_out = {{100}};
  const RnnGradients grads = rnn_step_backward(x, h, by_tanh, out, grad_out);
  const double expected[] = {256, -192, 128, 64, 128, 192, 64};
  const Real got[] = {grads.x(0, 0),  grads.x(0, 1),  grads.h(0, 0),   grads.xh(0, 0),
                      grads.xh(0, 1), grads.hh(0, 0), grads.bias(0, 0)};
  for (std::size_t i = 0; i < 7; ++i)
    prove_close(fmt::format("gradient {}", i), got[i], expected[i], 1e-12);
}

// What forward leaves is what a loop over sequences, units and numbers leaves
PROOF(rnn_cell, in_loops) {
  for (const RnnSizes& s : kAll) {
    const Drawn step(s, {});
    const Matrix out = rnn_step_forward(step.x, step.h, step.weights),
                 other = step_in_loops(step.x, step.h, step.weights);
    for (std::size_t i = 0; i < out.size(); ++i)
      prove_close(step.of, out.data()[i], other.data()[i], 1e-14);
  }
}

}  // namespace
}  // namespace gradbook
