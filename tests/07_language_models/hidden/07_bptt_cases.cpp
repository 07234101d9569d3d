#include <algorithm>
#include <cmath>

#include "support/rnn.hpp"

namespace gradbook {
namespace {

// Sums of up to 200 terms, over steps whose rounding errors grow
const Tolerance kSums{.terms = 500, .scale = 4};

struct Pass {
  std::size_t steps;
  RnnSizes sizes;
};
const Pass kSeveral[] = {{13, {5, 3, 4}}, {13, {1, 11, 12}}, {2, {15, 1, 7}}, {7, {3, 2, 1}}};
const Pass kSquares[] = {{3, {3, 3, 3}}, {2, {4, 4, 4}}};
const Pass kOneStep[] = {{1, {5, 3, 4}}, {1, {1, 1, 1}}, {1, {15, 2, 3}}};
const Pass kNoSteps[] = {{0, {5, 3, 4}}, {0, {1, 1, 1}}};

Matrix rows(const Matrix& m, std::size_t first, std::size_t count) {
  auto copy = Matrix::from_shape({count, m.shape(1)});
  std::copy_n(m.begin() + static_cast<std::ptrdiff_t>(first * m.shape(1)), copy.size(),
              copy.begin());
  return copy;
}

void set_rows(Matrix& m, std::size_t first, const Matrix& values) {
  std::copy(values.begin(), values.end(),
            m.begin() + static_cast<std::ptrdiff_t>(first * m.shape(1)));
}

// Some steps of these sizes, drawn
struct Drawn {
  explicit Drawn(const Pass& p, Nonlinearity nonlinearity = Nonlinearity::tanh, bool bias = true)
      : pass(p),
        layer(p.sizes, bias),
        x(input_matrix("x", p.steps * p.sizes.n, p.sizes.inputs, -1, 1)),
        h(input_matrix("h", p.sizes.n, p.sizes.hidden, -1, 1)),
        weights(layer.with(nonlinearity)),
        of(fmt::format("T = {}, {}", p.steps, text(p.sizes))) {}

  // The states, from steps in loops
  Matrix states() const {
    const std::size_t n = pass.sizes.n;
    auto all = Matrix::from_shape({pass.steps * n, pass.sizes.hidden});
    Matrix before = h;
    for (std::size_t t = 0; t < pass.steps; ++t) {
      before = step_in_loops(rows(x, t * n, n), before, weights);
      set_rows(all, t * n, before);
    }
    return all;
  }

  Matrix draw_grad_states() const {
    return input_matrix("grad_states", pass.steps * pass.sizes.n, pass.sizes.hidden, -1, 1);
  }

  Pass pass;
  DrawnRnn layer;
  Matrix x, h;
  RnnWeights weights;
  std::string of;
};

void observe_forward(const Drawn& drawn) {
  const Matrix x = drawn.x, h = drawn.h;
  calling("rnn_forward, " + drawn.of);
  observe("states, " + drawn.of, rnn_forward(drawn.x, drawn.h, drawn.weights), kSums);
  observe("x, h and weights are as before, " + drawn.of,
          same_bits(x, drawn.x) && same_bits(h, drawn.h) && drawn.layer.as_drawn());
}

void observe_backward(const Drawn& drawn, const Matrix& grad_states, bool wants_grad_x = true) {
  const Matrix states = drawn.states(), states_before = states, x = drawn.x, h = drawn.h,
               grad_before = grad_states;
  calling("rnn_backward, " + drawn.of);
  observe(drawn.of,
          rnn_backward(drawn.x, drawn.h, drawn.weights, states, grad_states, wants_grad_x), kSums);
  observe("nothing that went in has changed, " + drawn.of,
          same_bits(x, drawn.x) && same_bits(h, drawn.h) && same_bits(states, states_before) &&
              same_bits(grad_states, grad_before) && drawn.layer.as_drawn());
}

CASE(bptt, forward, "each step starts from the state that the step before left", {.weight = 2}) {
  for (const Pass& p : kSeveral) observe_forward(Drawn(p));
}

CASE(bptt, forward_of_one_step, "one step is what exercise 7.6 does") {
  for (const Pass& p : kOneStep) observe_forward(Drawn(p));
}

CASE(bptt, forward_of_no_steps, "no steps leave a matrix (0, H)") {
  for (const Pass& p : kNoSteps) observe_forward(Drawn(p));
}

CASE(bptt, forward_of_squares, "as many steps, sequences, numbers and units: sizes are no help") {
  for (const Pass& p : kSquares) observe_forward(Drawn(p));
}

CASE(bptt, forward_of_others, "φ may be the sigmoid, and a bias without elements adds nothing") {
  for (const Pass& p : {kSeveral[0], kOneStep[0]}) {
    observe_forward(Drawn(p, Nonlinearity::sigmoid));
    observe_forward(Drawn(p, Nonlinearity::tanh, false));
  }
}

CASE(bptt, carried_state, "two passes, of which the second starts where the first ended, are one",
     {.weight = 2}) {
  const Drawn drawn({13, {3, 2, 4}});
  const Matrix first = rows(drawn.x, 0, 6 * 3), second = rows(drawn.x, 6 * 3, 7 * 3);
  calling("rnn_forward of 6 steps, and of 7 more from the state after them, N = 3");
  const Matrix states = rnn_forward(first, drawn.h, drawn.weights);
  observe("states of the first pass", states, kSums);
  if (states.shape(0) != 6 * 3) return;
  const Matrix carried = rows(states, 5 * 3, 3);
  const Matrix more = rnn_forward(second, carried, drawn.weights);
  observe("states of the second pass", more, kSums);
  calling("rnn_backward of the second pass, and of the first with what came back");
  const RnnGradients last =
      rnn_backward(second, carried, drawn.weights, more,
                   input_matrix("grad_states of the second", 7 * 3, 4, -1, 1));
  observe("the second pass", last, kSums);
  Matrix grad_states = input_matrix("grad_states of the first", 6 * 3, 4, -1, 1);
  for (std::size_t i = 0; i < last.h.size(); ++i)
    grad_states.data()[5 * 3 * 4 + i] += last.h.data()[i];
  observe("the first pass", rnn_backward(first, drawn.h, drawn.weights, states, grad_states),
          kSums);
}

CASE(bptt, backward, "a state hears of its own output and of the step after; weights of all steps",
     {.weight = 3}) {
  for (const Pass& p : kSeveral) {
    const Drawn drawn(p);
    observe_backward(drawn, drawn.draw_grad_states());
  }
}

CASE(bptt, backward_from_the_last_step, "what the last step gets comes back to the first",
     {.weight = 2}) {
  for (const Pass& p : {kSeveral[0], kSeveral[2]}) {
    const Drawn drawn(p);
    Matrix grad_states = drawn.draw_grad_states();
    const std::size_t last = (p.steps - 1) * p.sizes.n;
    std::fill_n(grad_states.begin(), last * p.sizes.hidden, Real(0));
    observe_backward(drawn, grad_states);
  }
}

CASE(bptt, backward_from_the_first_step, "what only the first step gets goes to no later one") {
  const Drawn drawn(kSeveral[0]);
  Matrix grad_states = drawn.draw_grad_states();
  const std::size_t first = drawn.pass.sizes.n * drawn.pass.sizes.hidden;
  std::fill(grad_states.begin() + static_cast<std::ptrdiff_t>(first), grad_states.end(), Real(0));
  observe_backward(drawn, grad_states);
}

CASE(bptt, backward_of_one_step, "one step is what exercise 7.6 does") {
  for (const Pass& p : kOneStep) {
    const Drawn drawn(p);
    observe_backward(drawn, drawn.draw_grad_states());
  }
}

CASE(bptt, backward_of_no_steps, "where nothing was computed, all gradients are zeros") {
  for (const Pass& p : kNoSteps) {
    const Drawn drawn(p);
    observe_backward(drawn, drawn.draw_grad_states());
  }
}

CASE(bptt, backward_of_squares, "as many steps, sequences, numbers and units: sizes are no help") {
  for (const Pass& p : kSquares) {
    const Drawn drawn(p);
    observe_backward(drawn, drawn.draw_grad_states());
  }
}

CASE(bptt, backward_of_others, "φ′ is that of the φ in use, and a bias may have no elements") {
  for (const Pass& p : {kSeveral[0], kOneStep[0]}) {
    const Drawn sigmoid(p, Nonlinearity::sigmoid), plain(p, Nonlinearity::tanh, false);
    observe_backward(sigmoid, sigmoid.draw_grad_states());
    observe_backward(plain, plain.draw_grad_states());
  }
}

CASE(bptt, backward_without_grad_x,
     "where nobody wants the gradient by x it has no elements, and the others are as before") {
  for (const Pass& p : {kSeveral[0], kOneStep[0], kNoSteps[0]}) {
    const Drawn drawn(p);
    observe_backward(drawn, drawn.draw_grad_states(), false);
  }
}

CASE(bptt, errors, "whatever does not fit throws a ShapeError") {
  const Drawn drawn({4, {3, 2, 5}});
  const Matrix states = drawn.states();
  const auto matrix = [](std::size_t rows, std::size_t columns) {
    return input_matrix("another", rows, columns);
  };
  using Shapes = std::vector<std::pair<std::size_t, std::size_t>>;
  calling("rnn_forward and rnn_backward with one wrong shape each, T = 4, N = 3, I = 2, H = 5");
  for (const auto& [rows, columns] : Shapes{{11, 2}, {13, 2}, {1, 2}, {12, 1}, {12, 3}, {2, 12}})
    observe_error(fmt::format("x ({}, {})", rows, columns),
                  [&] { rnn_forward(matrix(rows, columns), drawn.h, drawn.weights); });
  for (const auto& [rows, columns] : Shapes{{3, 4}, {3, 6}, {3, 1}, {5, 3}, {24, 5}, {0, 5}})
    observe_error(fmt::format("h ({}, {})", rows, columns),
                  [&] { rnn_forward(drawn.x, matrix(rows, columns), drawn.weights); });
  for (const auto& [m, k] : Shapes{{6, 2}, {5, 1}, {5, 3}, {4, 2}}) {
    const Matrix xh = matrix(m, k);
    for (const std::size_t steps : {std::size_t{1}, std::size_t{4}})
      observe_error(fmt::format("W_xh ({}, {}), T = {}", m, k, steps), [&] {
        rnn_forward(rows(drawn.x, 0, steps * 3), drawn.h, {xh, drawn.layer.hh, Matrix()});
      });
  }
  for (const auto& [rows, columns] : Shapes{{5, 4}, {5, 6}, {4, 5}, {6, 6}}) {
    const Matrix hh = matrix(rows, columns);
    observe_error(fmt::format("W_hh ({}, {})", rows, columns), [&] {
      rnn_forward(drawn.x, drawn.h, {drawn.layer.xh, hh, drawn.layer.bias});
    });
  }
  for (const auto& [rows, columns] : Shapes{{12, 4}, {12, 6}, {9, 5}, {15, 5}, {5, 12}, {3, 5}})
    for (const bool wants_grad_x : {true, false})
      observe_error(
          fmt::format("grad_states ({}, {}){}", rows, columns, wants_grad_x ? "" : ", no grad x"),
          [&] {
            rnn_backward(drawn.x, drawn.h, drawn.weights, states, matrix(rows, columns),
                         wants_grad_x);
          });
}

PROOF(bptt, central_differences) {
  for (const Nonlinearity nonlinearity : {Nonlinearity::tanh, Nonlinearity::sigmoid}) {
    for (const Pass& p : {Pass{0, {2, 3, 2}}, {1, {3, 2, 4}}, {2, {1, 1, 1}}, {5, {2, 3, 3}}}) {
      Drawn drawn(p, nonlinearity);
      const Matrix r = drawn_matrix(p.steps * p.sizes.n, p.sizes.hidden);
      const RnnGradients grads = rnn_backward(drawn.x, drawn.h, drawn.weights, drawn.states(), r);
      const auto check = [&](const char* by, Matrix& x, const Matrix& gradient) {
        detail::prove_gradient(
            fmt::format("{} by {}", drawn.of, by), x, gradient,
            [&] { return detail::weighted(r, rnn_forward(drawn.x, drawn.h, drawn.weights)); },
            1e-8);
      };
      check("x", drawn.x, grads.x);
      check("h", drawn.h, grads.h);
      check("W_xh", drawn.layer.xh, grads.xh);
      check("W_hh", drawn.layer.hh, grads.hh);
      check("bias", drawn.layer.bias, grads.bias);
    }
  }
}

// Exercise 7.6 step after step, and back: gradients of the weights added up as they come
PROOF(bptt, step_by_step) {
  for (const Pass& p : kSeveral) {
    const Drawn drawn(p);
    const std::size_t n = p.sizes.n;
    const Matrix states = rnn_forward(drawn.x, drawn.h, drawn.weights),
                 grad_states = drawn.draw_grad_states();
    const auto before = [&](std::size_t t) {
      return t == 0 ? drawn.h : rows(states, (t - 1) * n, n);
    };
    const auto close = [&](const char* what, const Matrix& a, const Matrix& b) {
      prove(a.shape() == b.shape(), fmt::format("the shape of {}", what));
      for (std::size_t i = 0; i < a.size(); ++i)
        prove_close(fmt::format("{}, {}", what, drawn.of), a.data()[i], b.data()[i], 1e-12);
    };
    const RnnGradients grads = rnn_backward(drawn.x, drawn.h, drawn.weights, states, grad_states);
    Matrix xh = xt::zeros<Real>(drawn.layer.xh.shape()),
           hh = xt::zeros<Real>(drawn.layer.hh.shape()),
           bias = xt::zeros<Real>(drawn.layer.bias.shape()), h = xt::zeros<Real>(drawn.h.shape());
    for (std::size_t t = p.steps; t-- > 0;) {
      const Matrix x = rows(drawn.x, t * n, n), after = rows(states, t * n, n);
      close("states", after, rnn_step_forward(x, before(t), drawn.weights));
      h += rows(grad_states, t * n, n);
      RnnGradients step = rnn_step_backward(x, before(t), drawn.weights, after, h);
      xh += step.xh;
      hh += step.hh;
      bias += step.bias;
      h = step.h;
      close("gradient by x", rows(grads.x, t * n, n), step.x);
    }
    close("gradient by h", grads.h, h);
    close("gradient by W_xh", grads.xh, xh);
    close("gradient by W_hh", grads.hh, hh);
    close("gradient by the bias", grads.bias, bias);
  }
}

// Two steps by hand: tanh(log 2) = 0.6 with slope 0.64, and tanh(log 3) = 0.8 with slope 0.36.
// 100 · 0.36 is 36; times W_hh = 2, and 28 of its own, is 100; times 0.64 is 64, times 2 is 128
PROOF(bptt, literals) {
  const Real first = std::log(Real(2)) - 1, second = std::log(Real(3)) - Real(1.2);
  const Matrix x = {{first}, {second}}, h = {{Real(0.5)}}, one = {{1}}, two = {{2}}, none,
               grad_states = {{28}, {100}};
  const RnnWeights weights{one, two, none};
  const Matrix states = rnn_forward(x, h, weights);
  prove_close("the first state", states(0, 0), 0.6, 1e-15);
  prove_close("the second state", states(1, 0), 0.8, 1e-15);
  const RnnGradients grads = rnn_backward(x, h, weights, states, grad_states);
  prove_close("by the second x", grads.x(1, 0), 36, 1e-12);
  prove_close("by the first x", grads.x(0, 0), 64, 1e-12);
  prove_close("by h", grads.h(0, 0), 128, 1e-12);
  prove_close("by W_hh", grads.hh(0, 0), 36 * 0.6 + 64 * 0.5, 1e-12);
  prove_close("by W_xh", grads.xh(0, 0), double{36 * second + 64 * first}, 1e-12);
  prove_close("by the bias", grads.bias(0, 0), 100, 1e-12);
}

}  // namespace
}  // namespace gradbook
