#include <algorithm>

#include "07_language_models/gated.hpp"
#include "07_language_models/rnn.hpp"

namespace gradbook {
namespace {

// TODO(7.12): the check that all four functions need

}  // namespace

Matrix gru_gates_forward(Matrix& a, const Matrix& u, const Matrix& h) {
  // TODO(7.12): row by row: r and z in one go, then n, then the mixture of n and h
  not_started("7.12");
}

GruGradients gru_gates_backward(const Matrix& gates, const Matrix& u, const Matrix& h,
                                const Matrix& grad_out) {
  // TODO(7.12): row by row: from h′ to h and n; from n to u_n and r; z; each before its σ or
  //   tanh
  not_started("7.12");
}

LstmState lstm_gates_forward(Matrix& a, const Matrix& c) {
  // TODO(7.12): row by row: σ of i and f, tanh of g, σ of o; then c′, and h′ from tanh of it
  not_started("7.12");
}

LstmGradients lstm_gates_backward(const Matrix& gates, const Matrix& c, const LstmState& out,
                                  const Matrix& grad_h, const Matrix& grad_c) {
  // TODO(7.12): row by row: from h′ to o and c′; from c′ to i, g, f and c; each before its σ
  //   or tanh
  not_started("7.12");
}

Matrix lstm_bias(std::size_t hidden) {
  // TODO(7.12): zeros, and ones for the second block
  not_started("7.12");
}

}  // namespace gradbook
