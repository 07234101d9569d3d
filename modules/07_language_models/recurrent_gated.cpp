// Layers whose steps have gates.
#include <utility>

#include "07_language_models/gated.hpp"
#include "07_language_models/recurrent.hpp"
#include "07_language_models/sequences.hpp"

namespace gradbook {

Gru::Gru(std::size_t inputs, std::size_t hidden, Random& random)
    : w_x(drawn(3 * hidden, inputs, hidden, random)),
      w_h(drawn(3 * hidden, hidden, hidden, random)),
      bias_x(drawn(1, 3 * hidden, hidden, random)),
      bias_h(drawn(1, 3 * hidden, hidden, random)) {
  register_parameter("w_x", w_x);
  register_parameter("w_h", w_h);
  register_parameter("bias_x", bias_x);
  register_parameter("bias_h", bias_h);
}

Gru::~Gru() = default;
const char* Gru::name() const { return "Gru"; }
std::size_t Gru::hidden() const { return w_h.out_tensor.shape(1); }
Module& Gru::operator()(Module& x) { return apply_fwd({&x, &w_x, &w_h, &bias_x, &bias_h}); }

// pass.gates: r, z and n of each step; pass.memory: h W_hᵀ + b_h
void Gru::forward_pass(const InTensors& in, Pass& pass) const {
  const std::size_t n = pass.start.shape(0), steps = pass.x.shape(0) / n;
  const Matrix a = linear_forward(pass.x, in[1], in[3]);  // the inputs' part of all steps at once
  const Matrix turned = xt::transpose(in[2]);             // once, in place of every step
  const Matrix& bias = in[4];
  pass.gates.clear();
  pass.memory.clear();
  pass.out = Matrix::from_shape({pass.x.shape(0), hidden()});
  pass.end = pass.start;
  for (std::size_t t = 0; t < steps; ++t) {
    Matrix inner = matmul(pass.end, turned);
    for (std::size_t i = 0; i < n; ++i) {
      const std::span<Real> row = row_of(inner, i);
      for (std::size_t column = 0; column < row.size(); ++column)
        row[column] += bias.data()[column];
    }
    pass.gates.push_back(block(a, t * n, n, 0, 3 * hidden()));
    pass.end = gru_gates_forward(pass.gates.back(), inner, pass.end);
    pass.memory.push_back(std::move(inner));
    set_block(pass.out, t * n, 0, pass.end);
  }
}

void Gru::backward_pass(const InTensors& in, const Matrix& grad_out, bool wants_grad_x,
                        Pass& pass) const {
  const std::size_t n = pass.start.shape(0);
  auto grad_a = Matrix::from_shape({pass.x.shape(0), 3 * hidden()}), grad_u = grad_a;
  Matrix grad_h = zeros(n, hidden());                  // from the step after
  auto before = Matrix::from_shape(pass.out.shape());  // the state that each step began with
  for (std::size_t t = pass.gates.size(); t-- > 0;) {
    const Matrix h = t == 0 ? pass.start : block(pass.out, (t - 1) * n, n, 0, hidden());
    grad_h += block(grad_out, t * n, n, 0, hidden());
    GruGradients grads = gru_gates_backward(pass.gates[t], pass.memory[t], h, grad_h);
    set_block(grad_a, t * n, 0, grads.a);
    set_block(grad_u, t * n, 0, grads.u);
    set_block(before, t * n, 0, h);
    grad_h = std::move(grads.h);
    grad_h += matmul(grads.u, in[2]);
  }
  LinearGradients by_x = linear_backward(pass.x, in[1], grad_a, wants_grad_x);
  LinearGradients by_h = linear_backward(before, in[2], grad_u, false);
  pass.grads = {std::move(by_x.a), std::move(by_x.weight), std::move(by_h.weight),
                std::move(by_x.bias), std::move(by_h.bias)};
}

Lstm::Lstm(std::size_t inputs, std::size_t hidden, Random& random)
    : w_x(drawn(4 * hidden, inputs, hidden, random)),
      w_h(drawn(4 * hidden, hidden, hidden, random)),
      bias(lstm_bias(hidden)) {
  register_parameter("w_x", w_x);
  register_parameter("w_h", w_h);
  register_parameter("bias", bias);
}

Lstm::~Lstm() = default;
const char* Lstm::name() const { return "Lstm"; }
std::size_t Lstm::hidden() const { return w_h.out_tensor.shape(1); }
Module& Lstm::operator()(Module& x) { return apply_fwd({&x, &w_x, &w_h, &bias}); }

// pass.gates: i, f, g and o of each step; pass.memory: c
void Lstm::forward_pass(const InTensors& in, Pass& pass) const {
  const std::size_t n = pass.start.shape(0), steps = pass.x.shape(0) / n, width = hidden();
  const Matrix a = linear_forward(pass.x, in[1], in[3]);  // the inputs' part of all steps at once
  const Matrix turned = xt::transpose(in[2]);             // once, in place of every step
  pass.gates.clear();
  pass.memory.clear();
  pass.out = Matrix::from_shape({pass.x.shape(0), width});
  LstmState now{block(pass.start, 0, n, 0, width), block(pass.start, 0, n, width, width)};
  for (std::size_t t = 0; t < steps; ++t) {
    Matrix gates = matmul(now.h, turned);
    for (std::size_t i = 0; i < gates.size(); ++i)
      gates.data()[i] += a.data()[t * gates.size() + i];
    now = lstm_gates_forward(gates, now.c);
    pass.gates.push_back(std::move(gates));
    pass.memory.push_back(now.c);
    set_block(pass.out, t * n, 0, now.h);
  }
  pass.end = Matrix::from_shape(pass.start.shape());
  set_block(pass.end, 0, 0, now.h);
  set_block(pass.end, 0, width, now.c);
}

void Lstm::backward_pass(const InTensors& in, const Matrix& grad_out, bool wants_grad_x,
                         Pass& pass) const {
  const std::size_t n = pass.start.shape(0), width = hidden();
  auto grad_a = Matrix::from_shape({pass.x.shape(0), 4 * width});
  auto before = Matrix::from_shape(pass.out.shape());  // what each step began with
  Matrix grad_h = zeros(n, width), grad_c = grad_h;    // from the step after
  for (std::size_t t = pass.gates.size(); t-- > 0;) {
    const Matrix h =
        t == 0 ? block(pass.start, 0, n, 0, width) : block(pass.out, (t - 1) * n, n, 0, width);
    const Matrix c = t == 0 ? block(pass.start, 0, n, width, width) : pass.memory[t - 1];
    grad_h += block(grad_out, t * n, n, 0, width);
    LstmGradients grads = lstm_gates_backward(
        pass.gates[t], c, {block(pass.out, t * n, n, 0, width), pass.memory[t]}, grad_h, grad_c);
    set_block(grad_a, t * n, 0, grads.a);
    set_block(before, t * n, 0, h);
    grad_h = matmul(grads.a, in[2]);
    grad_c = std::move(grads.c);
  }
  LinearGradients by_x = linear_backward(pass.x, in[1], grad_a, wants_grad_x);
  LinearGradients by_h = linear_backward(before, in[2], grad_a, false);
  pass.grads = {std::move(by_x.a), std::move(by_x.weight), std::move(by_h.weight),
                std::move(by_x.bias)};
}

}  // namespace gradbook
