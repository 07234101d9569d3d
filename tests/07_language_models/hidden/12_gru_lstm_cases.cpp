#include "07_language_models/gated.hpp"

#include <algorithm>
#include <cmath>

#include "support/modules.hpp"

namespace gradbook {
namespace {

const Tolerance kSums{.terms = 20, .scale = 2};

struct Sizes {
  std::size_t n, hidden;
};
const Sizes kAll[] = {{5, 3}, {1, 1}, {1, 7}, {15, 12}, {4, 1}, {3, 3}, {0, 3}};

std::string text(const Sizes& s) { return fmt::format("N = {}, H = {}", s.n, s.hidden); }

Matrix gates_of(const Sizes& s, std::size_t blocks) {
  return input_matrix("gates", s.n, blocks * s.hidden, 0.05, 0.95);
}

// Observes the shape, and then block by block, so that feedback says which gate it is
void observe_blocks(const std::string& what, const Matrix& m, std::size_t hidden,
                    const std::vector<const char*>& names, const std::vector<std::size_t>& places) {
  observe("rows of the " + what, m.shape(0));
  observe("columns of the " + what, m.shape(1));
  for (std::size_t k = 0; k < names.size(); ++k) {
    std::vector<Real> block;
    for (std::size_t n = 0; n < m.shape(0) && m.shape(1) == names.size() * hidden; ++n)
      for (std::size_t j = 0; j < hidden; ++j) block.push_back(m(n, places[k] * hidden + j));
    observe(fmt::format("block {} of the {}", names[k], what), block, kSums);
  }
}

// ---- GRU

void observe_gru_forward(const Sizes& s, double size) {
  Matrix a = input_matrix("a", s.n, 3 * s.hidden, -size, size);
  const Matrix u = input_matrix("u", s.n, 3 * s.hidden, -size, size),
               h = input_matrix("h", s.n, s.hidden), u_before = u, h_before = h;
  const Tolerance within{.terms = 20 * size, .scale = 2};
  calling("gru_gates_forward, " + text(s));
  observe("h′, " + text(s), gru_gates_forward(a, u, h), within);
  observe("a afterwards: r, z and n, " + text(s), a, within);
  observe("u and h are as before, " + text(s), same_bits(u, u_before) && same_bits(h, h_before));
}

CASE(gru_lstm, gru_forward, "r, z, n and the mixture of n and h, a unit and a sequence at a time",
     {.weight = 2}) {
  for (const Sizes& s : kAll) observe_gru_forward(s, 2);
}

CASE(gru_lstm, gru_forward_of_large_numbers, "gates that are quite shut or open, no overflow") {
  observe_gru_forward({4, 3}, 900);
}

CASE(gru_lstm, gru_twice, "the state after one step goes into the next") {
  const Sizes s{3, 5};
  Matrix h = input_matrix("h", s.n, s.hidden);
  for (int t = 0; t < 6; ++t) {
    Matrix a = input_matrix("a", s.n, 3 * s.hidden);
    const Matrix u = input_matrix("u", s.n, 3 * s.hidden);
    calling(fmt::format("gru_gates_forward, step {}", t));
    h = gru_gates_forward(a, u, h);
    observe(fmt::format("h after step {}", t), h, kSums);
  }
}

CASE(gru_lstm, gru_backward, "from h′ back to what goes into each gate, and straight to h",
     {.weight = 3}) {
  for (const Sizes& s : kAll) {
    const Matrix gates = gates_of(s, 3), u = input_matrix("u", s.n, 3 * s.hidden),
                 h = input_matrix("h", s.n, s.hidden),
                 grad_out = input_matrix("grad_out", s.n, s.hidden);
    const Matrix all[] = {gates, u, h, grad_out};
    calling("gru_gates_backward, " + text(s));
    const GruGradients grads = gru_gates_backward(gates, u, h, grad_out);
    observe_blocks("gradient by a, " + text(s), grads.a, s.hidden, {"n", "z", "r"}, {2, 1, 0});
    observe_blocks("gradient by u, " + text(s), grads.u, s.hidden, {"n", "z", "r"}, {2, 1, 0});
    observe("gradient by h, " + text(s), grads.h, kSums);
    observe("nothing that went in has changed, " + text(s),
            same_bits(gates, all[0]) && same_bits(u, all[1]) && same_bits(h, all[2]) &&
                same_bits(grad_out, all[3]));
  }
}

// ---- LSTM

void observe_lstm_forward(const Sizes& s, double size) {
  Matrix a = input_matrix("a", s.n, 4 * s.hidden, -size, size);
  const Matrix c = input_matrix("c", s.n, s.hidden), c_before = c;
  const Tolerance within{.terms = 20 * size, .scale = 2};
  calling("lstm_gates_forward, " + text(s));
  const LstmState out = lstm_gates_forward(a, c);
  observe("h′, " + text(s), out.h, within);
  observe("c′, " + text(s), out.c, within);
  observe("a afterwards: i, f, g and o, " + text(s), a, within);
  observe("c is as before, " + text(s), same_bits(c, c_before));
}

CASE(gru_lstm, lstm_forward, "i, f, g and o, the memory, and what of it is shown", {.weight = 2}) {
  for (const Sizes& s : kAll) observe_lstm_forward(s, 2);
}

CASE(gru_lstm, lstm_forward_of_large_numbers, "gates that are quite shut or open, no overflow") {
  observe_lstm_forward({4, 3}, 900);
}

CASE(gru_lstm, lstm_memory, "a memory grows beyond 1, though what is shown of it does not") {
  const Sizes s{3, 5};
  Matrix c = input_matrix("c", s.n, s.hidden);
  for (int t = 0; t < 6; ++t) {
    Matrix a = input_matrix("a", s.n, 4 * s.hidden, 0, 4);
    calling(fmt::format("lstm_gates_forward, step {}", t));
    LstmState out = lstm_gates_forward(a, c);
    observe(fmt::format("h after step {}", t), out.h, kSums);
    observe(fmt::format("c after step {}", t), out.c, kSums);
    c = std::move(out.c);
  }
}

void observe_lstm_backward(const Sizes& s, double grad_h_size, double grad_c_size) {
  const Matrix gates = gates_of(s, 4), c = input_matrix("c", s.n, s.hidden),
               grad_h = input_matrix("grad_h", s.n, s.hidden, -grad_h_size, grad_h_size),
               grad_c = input_matrix("grad_c", s.n, s.hidden, -grad_c_size, grad_c_size);
  LstmState out{c, c};
  for (std::size_t n = 0; n < s.n; ++n) {
    for (std::size_t j = 0; j < s.hidden; ++j) {
      const auto gate = [&](std::size_t block) { return gates(n, block * s.hidden + j); };
      out.c(n, j) = gate(1) * c(n, j) + gate(0) * gate(2);
      out.h(n, j) = gate(3) * std::tanh(out.c(n, j));
    }
  }
  const Matrix all[] = {gates, c, out.h, out.c, grad_h, grad_c};
  calling("lstm_gates_backward, " + text(s));
  const LstmGradients grads = lstm_gates_backward(gates, c, out, grad_h, grad_c);
  observe("gradient by a, " + text(s), grads.a, kSums);
  observe("gradient by c, " + text(s), grads.c, kSums);
  observe("nothing that went in has changed, " + text(s),
          same_bits(gates, all[0]) && same_bits(c, all[1]) && same_bits(out.h, all[2]) &&
              same_bits(out.c, all[3]) && same_bits(grad_h, all[4]) && same_bits(grad_c, all[5]));
}

CASE(gru_lstm, lstm_backward, "from h′ and c′ back to what goes into each gate, and to c",
     {.weight = 3}) {
  for (const Sizes& s : kAll) observe_lstm_backward(s, 2, 2);
}

CASE(gru_lstm, lstm_backward_of_the_shown, "where no step comes after, all comes from h′") {
  for (const Sizes& s : {kAll[0], kAll[1]}) observe_lstm_backward(s, 2, 0);
}

CASE(gru_lstm, lstm_backward_of_the_memory, "where nobody looked at h′, all comes from c′") {
  for (const Sizes& s : {kAll[0], kAll[1]}) observe_lstm_backward(s, 0, 2);
}

CASE(gru_lstm, forget_bias, "the bias of f is 1 at the beginning, and all others are 0") {
  for (const std::size_t hidden : {5, 1, 2, 12, 0}) {
    calling(fmt::format("lstm_bias({})", hidden));
    const Matrix bias = lstm_bias(hidden);
    observe_blocks(fmt::format("bias of H = {}", hidden), bias, hidden, {"i", "f", "g", "o"},
                   {0, 1, 2, 3});
  }
}

CASE(gru_lstm, errors, "whatever does not fit throws a ShapeError") {
  const auto matrix = [](std::size_t rows, std::size_t columns) {
    return input_matrix("some", rows, columns);
  };
  const Matrix h = matrix(4, 2), three = matrix(4, 6), four = matrix(4, 8);
  using Shapes = std::vector<std::pair<std::size_t, std::size_t>>;
  calling("each function with one wrong shape, N = 4, H = 2");
  const auto refused = [&](const std::string& what, const Shapes& shapes, auto call) {
    for (const auto& [rows, columns] : shapes) {
      Matrix wrong = matrix(rows, columns);
      observe_error(fmt::format("{} ({}, {})", what, rows, columns), [&] { call(wrong); });
    }
  };
  const Shapes threes = {{4, 8}, {5, 6}, {4, 9}, {8, 6}}, fours = {{4, 12}, {5, 8}, {8, 8}, {4, 9}},
               ones = {{5, 2}, {4, 3}, {8, 2}};
  refused("GRU: a", threes, [&](Matrix& m) { gru_gates_forward(m, three, h); });
  refused("GRU: u", threes, [&](Matrix& m) {
    Matrix a = three;
    gru_gates_forward(a, m, h);
  });
  refused("GRU: gates", threes, [&](Matrix& m) { gru_gates_backward(m, three, h, h); });
  refused("GRU: u, backward", threes, [&](Matrix& m) { gru_gates_backward(three, m, h, h); });
  refused("GRU: grad_out", ones, [&](Matrix& m) { gru_gates_backward(three, three, h, m); });
  refused("LSTM: a", fours, [&](Matrix& m) { lstm_gates_forward(m, h); });
  refused("LSTM: gates", fours, [&](Matrix& m) { lstm_gates_backward(m, h, {h, h}, h, h); });
  refused("LSTM: c′", ones, [&](Matrix& m) { lstm_gates_backward(four, h, {h, m}, h, h); });
  refused("LSTM: grad_h", ones, [&](Matrix& m) { lstm_gates_backward(four, h, {h, h}, m, h); });
  refused("LSTM: grad_c", ones, [&](Matrix& m) { lstm_gates_backward(four, h, {h, h}, h, m); });
}

// ---- proofs

// From the formulas of torch.nn.GRU and torch.nn.LSTM on paper: σ(log 3) = 3/4, σ(−log 3) = 1/4,
// σ(0) = 1/2 and tanh(log 2) = 3/5, and the sums before them are made to be these logarithms
PROOF(gru_lstm, literals) {
  const Real log2 = std::log(Real(2)), log3 = std::log(Real(3));

  // r = 3/4, z = 1/4, n = tanh(a_n + 3/4 · 0.4) = 3/5; h′ = 3/4 · 3/5 + 1/4 · 2
  Matrix a = {{log3 - 1, 1 - log3, log2 - Real(0.3)}};
  const Matrix u = {{1, -1, Real(0.4)}}, h = {{2}};
  prove_close("h′ of the GRU", gru_gates_forward(a, u, h)(0, 0), 0.95, 1e-15);
  prove_close("r", a(0, 0), 0.75, 1e-15);
  prove_close("z", a(0, 1), 0.25, 1e-15);
  prove_close("n", a(0, 2), 0.6, 1e-15);

  // i = 3/4, f = 1/4, g = 3/5, o = 1/2; c′ = 1/4 · c + 9/20 is to be log 2, h′ = 1/2 · 3/5
  Matrix gates = {{log3, -log3, log2, 0}};
  const Matrix c = {{4 * (log2 - Real(0.45))}};
  const LstmState out = lstm_gates_forward(gates, c);
  prove_close("c′ of the LSTM", out.c(0, 0), double{log2}, 1e-15);
  prove_close("h′ of the LSTM", out.h(0, 0), 0.3, 1e-15);
  const double expected[] = {0.75, 0.25, 0.6, 0.5};
  for (std::size_t k = 0; k < 4; ++k)
    prove_close(fmt::format("gate {}", k), gates(0, k), expected[k], 1e-15);
}

PROOF(gru_lstm, gru_central_differences) {
  for (const Sizes& s : {Sizes{1, 1}, {3, 4}}) {
    Matrix a = drawn_matrix(s.n, 3 * s.hidden), u = drawn_matrix(s.n, 3 * s.hidden),
           h = drawn_matrix(s.n, s.hidden), gates = a;
    const Matrix r = drawn_matrix(s.n, s.hidden);
    gru_gates_forward(gates, u, h);
    const GruGradients grads = gru_gates_backward(gates, u, h, r);
    const auto loss = [&] {
      Matrix copy = a;
      return detail::weighted(r, gru_gates_forward(copy, u, h));
    };
    detail::prove_gradient("GRU by a, " + text(s), a, grads.a, loss, 1e-8);
    detail::prove_gradient("GRU by u, " + text(s), u, grads.u, loss, 1e-8);
    detail::prove_gradient("GRU by h, " + text(s), h, grads.h, loss, 1e-8);
  }
}

PROOF(gru_lstm, lstm_central_differences) {
  for (const Sizes& s : {Sizes{1, 1}, {3, 4}}) {
    Matrix a = drawn_matrix(s.n, 4 * s.hidden), c = drawn_matrix(s.n, s.hidden), gates = a;
    const Matrix by_h = drawn_matrix(s.n, s.hidden), by_c = drawn_matrix(s.n, s.hidden);
    const LstmState out = lstm_gates_forward(gates, c);
    const LstmGradients grads = lstm_gates_backward(gates, c, out, by_h, by_c);
    const auto loss = [&] {
      Matrix copy = a;
      const LstmState after = lstm_gates_forward(copy, c);
      return detail::weighted(by_h, after.h) + detail::weighted(by_c, after.c);
    };
    detail::prove_gradient("LSTM by a, " + text(s), a, grads.a, loss, 1e-8);
    detail::prove_gradient("LSTM by c, " + text(s), c, grads.c, loss, 1e-8);
  }
}

}  // namespace
}  // namespace gradbook
