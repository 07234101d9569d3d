#include <cmath>

#include "07_language_models/gated.hpp"
#include "07_language_models/rnn.hpp"

namespace gradbook {
namespace {

// SOLUTION BEGIN  the check that all four functions need
void check(const char* what, const Matrix& m, std::size_t rows, std::size_t columns) {
  if (m.shape(0) != rows || m.shape(1) != columns)
    throw ShapeError(what, shape_of(m), " must be (", rows, ", ", columns, ")");
}
// SOLUTION END

}  // namespace

Matrix gru_gates_forward(Matrix& a, const Matrix& u, const Matrix& h) {
  // SOLUTION BEGIN  row by row: r and z in one go, then n, then the mixture of n and h
  const std::size_t rows = h.shape(0), hidden = h.shape(1);
  check("gru_gates_forward: a ", a, rows, 3 * hidden);
  check("gru_gates_forward: u ", u, rows, 3 * hidden);
  auto out = Matrix::from_shape(h.shape());
  for (std::size_t row = 0; row < rows; ++row) {
    const std::span<Real> gates = row_of(a, row), n = gates.subspan(2 * hidden);
    const std::span<const Real> inner = row_of(u, row), before = row_of(h, row);
    for (std::size_t j = 0; j < 2 * hidden; ++j) gates[j] += inner[j];
    apply(Nonlinearity::sigmoid, gates.first(2 * hidden));
    for (std::size_t j = 0; j < hidden; ++j) n[j] += gates[j] * inner[2 * hidden + j];
    apply(Nonlinearity::tanh, n);
    const std::span<Real> after = row_of(out, row);
    for (std::size_t j = 0; j < hidden; ++j) {
      const Real z = gates[hidden + j];
      after[j] = (1 - z) * n[j] + z * before[j];
    }
  }
  return out;
  // SOLUTION END
}

GruGradients gru_gates_backward(const Matrix& gates, const Matrix& u, const Matrix& h,
                                const Matrix& grad_out) {
  // SOLUTION BEGIN  for each number: from h′ to z, n and h, from n to a_n, u_n and r, then before the σ
  const std::size_t rows = h.shape(0), hidden = h.shape(1);
  check("gru_gates_backward: gates ", gates, rows, 3 * hidden);
  check("gru_gates_backward: u ", u, rows, 3 * hidden);
  check("gru_gates_backward: grad_out ", grad_out, rows, hidden);
  GruGradients grads{Matrix::from_shape(gates.shape()), Matrix::from_shape(gates.shape()),
                     Matrix::from_shape(h.shape())};
  for (std::size_t row = 0; row < rows; ++row) {
    for (std::size_t j = 0; j < hidden; ++j) {
      const std::size_t at_r = j, at_z = hidden + j, at_n = 2 * hidden + j;
      const Real r = gates(row, at_r), z = gates(row, at_z), n = gates(row, at_n);
      const Real g = grad_out(row, j);
      const Real before_n = g * (1 - z) * (1 - n * n);
      grads.h(row, j) = g * z;
      grads.a(row, at_n) = before_n;
      grads.u(row, at_n) = before_n * r;
      grads.a(row, at_r) = grads.u(row, at_r) = before_n * u(row, at_n) * r * (1 - r);
      grads.a(row, at_z) = grads.u(row, at_z) = g * (h(row, j) - n) * z * (1 - z);
    }
  }
  return grads;
  // SOLUTION END
}

LstmState lstm_gates_forward(Matrix& a, const Matrix& c) {
  // SOLUTION BEGIN  row by row: σ of i and f, tanh of g, σ of o; then c′, and h′ from tanh of it
  const std::size_t rows = c.shape(0), hidden = c.shape(1);
  check("lstm_gates_forward: a ", a, rows, 4 * hidden);
  LstmState out{Matrix::from_shape(c.shape()), Matrix::from_shape(c.shape())};
  for (std::size_t row = 0; row < rows; ++row) {
    const std::span<Real> gates = row_of(a, row);
    apply(Nonlinearity::sigmoid, gates.first(2 * hidden));
    apply(Nonlinearity::tanh, gates.subspan(2 * hidden, hidden));
    apply(Nonlinearity::sigmoid, gates.subspan(3 * hidden));
    const std::span<const Real> before = row_of(c, row);
    const std::span<Real> memory = row_of(out.c, row), shown = row_of(out.h, row);
    for (std::size_t j = 0; j < hidden; ++j)
      memory[j] = gates[hidden + j] * before[j] + gates[j] * gates[2 * hidden + j];
    std::copy(memory.begin(), memory.end(), shown.begin());
    apply(Nonlinearity::tanh, shown);
    for (std::size_t j = 0; j < hidden; ++j) shown[j] *= gates[3 * hidden + j];
  }
  return out;
  // SOLUTION END
}

LstmGradients lstm_gates_backward(const Matrix& gates, const Matrix& c, const LstmState& out,
                                  const Matrix& grad_h, const Matrix& grad_c) {
  // SOLUTION BEGIN  for each number: from h′ to o and c′, from c′ to i, f, g and c, then before σ and tanh
  const std::size_t rows = c.shape(0), hidden = c.shape(1);
  check("lstm_gates_backward: gates ", gates, rows, 4 * hidden);
  check("lstm_gates_backward: grad_h ", grad_h, rows, hidden);
  check("lstm_gates_backward: grad_c ", grad_c, rows, hidden);
  LstmGradients grads{Matrix::from_shape(gates.shape()), Matrix::from_shape(c.shape())};
  for (std::size_t row = 0; row < rows; ++row) {
    for (std::size_t j = 0; j < hidden; ++j) {
      const Real i = gates(row, j), f = gates(row, hidden + j), g = gates(row, 2 * hidden + j),
                 o = gates(row, 3 * hidden + j);
      const Real shown = std::tanh(out.c(row, j)), by_h = grad_h(row, j);
      const Real by_c = grad_c(row, j) + by_h * o * (1 - shown * shown);
      grads.a(row, j) = by_c * g * i * (1 - i);
      grads.a(row, hidden + j) = by_c * c(row, j) * f * (1 - f);
      grads.a(row, 2 * hidden + j) = by_c * i * (1 - g * g);
      grads.a(row, 3 * hidden + j) = by_h * shown * o * (1 - o);
      grads.c(row, j) = by_c * f;
    }
  }
  return grads;
  // SOLUTION END
}

Matrix lstm_bias(std::size_t hidden) {
  // SOLUTION BEGIN  zeros, and ones for the second block
  Matrix bias = xt::zeros<Real>({std::size_t{1}, 4 * hidden});
  for (std::size_t j = hidden; j < 2 * hidden; ++j) bias(0, j) = 1;
  return bias;
  // SOLUTION END
}

}  // namespace gradbook
