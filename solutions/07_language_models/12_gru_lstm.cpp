#include <algorithm>

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
  // SOLUTION BEGIN  row by row: from h′ to h and n; from n to u_n and r; z; each before its σ or tanh
  const std::size_t rows = h.shape(0), hidden = h.shape(1);
  check("gru_gates_backward: gates ", gates, rows, 3 * hidden);
  check("gru_gates_backward: u ", u, rows, 3 * hidden);
  check("gru_gates_backward: grad_out ", grad_out, rows, hidden);
  GruGradients grads{Matrix::from_shape(gates.shape()), Matrix::from_shape(gates.shape()),
                     Matrix::from_shape(h.shape())};
  for (std::size_t row = 0; row < rows; ++row) {
    const Real* const r = row_of(gates, row).data();
    const Real *const z = r + hidden, *const n = z + hidden;
    const Real *const inner = row_of(u, row).data() + 2 * hidden,
                      *const before = row_of(h, row).data(),
                      *const by_out = row_of(grad_out, row).data();
    Real *const by_a = row_of(grads.a, row).data(), *const by_u = row_of(grads.u, row).data(),
                *const by_h = row_of(grads.h, row).data();
    Real* const by_n = by_a + 2 * hidden;
    for (std::size_t j = 0; j < hidden; ++j) {
      by_h[j] = by_out[j] * z[j];
      by_n[j] = by_out[j] * (1 - z[j]) * (1 - n[j] * n[j]);
    }
    for (std::size_t j = 0; j < hidden; ++j) {
      by_u[2 * hidden + j] = by_n[j] * r[j];
      by_a[j] = by_n[j] * inner[j] * r[j] * (1 - r[j]);
    }
    for (std::size_t j = 0; j < hidden; ++j)
      by_a[hidden + j] = by_out[j] * (before[j] - n[j]) * z[j] * (1 - z[j]);
    std::copy_n(by_a, 2 * hidden, by_u);  // a and u were added
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
  // SOLUTION BEGIN  row by row: from h′ to o and c′; from c′ to i, g, f and c; each before its σ or tanh
  const std::size_t rows = c.shape(0), hidden = c.shape(1);
  check("lstm_gates_backward: gates ", gates, rows, 4 * hidden);
  check("lstm_gates_backward: out.c ", out.c, rows, hidden);
  check("lstm_gates_backward: grad_h ", grad_h, rows, hidden);
  check("lstm_gates_backward: grad_c ", grad_c, rows, hidden);
  LstmGradients grads{Matrix::from_shape(gates.shape()), out.c};
  apply(Nonlinearity::tanh, {grads.c.data(), grads.c.size()});  // for now: what h′ is o times of
  for (std::size_t row = 0; row < rows; ++row) {
    const Real* const i = row_of(gates, row).data();
    const Real *const f = i + hidden, *const g = f + hidden, *const o = g + hidden;
    const Real *const before = row_of(c, row).data(), *const by_h = row_of(grad_h, row).data(),
                      *const by_c = row_of(grad_c, row).data();
    Real *const by_a = row_of(grads.a, row).data(), *const by_memory = row_of(grads.c, row).data();
    const Real* const shown = by_memory;  // until it is needed no more
    for (std::size_t j = 0; j < hidden; ++j) {
      by_a[3 * hidden + j] = by_h[j] * shown[j] * o[j] * (1 - o[j]);
      by_memory[j] = by_c[j] + by_h[j] * o[j] * (1 - shown[j] * shown[j]);
    }
    for (std::size_t j = 0; j < hidden; ++j) {
      by_a[j] = by_memory[j] * g[j] * i[j] * (1 - i[j]);
      by_a[2 * hidden + j] = by_memory[j] * i[j] * (1 - g[j] * g[j]);
    }
    for (std::size_t j = 0; j < hidden; ++j) {
      by_a[hidden + j] = by_memory[j] * before[j] * f[j] * (1 - f[j]);
      by_memory[j] *= f[j];
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
