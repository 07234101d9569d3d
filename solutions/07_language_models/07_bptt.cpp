#include <algorithm>

#include "07_language_models/rnn.hpp"

namespace gradbook {

Matrix rnn_forward(const Matrix& x, const Matrix& h, const RnnWeights& weights) {
  // SOLUTION BEGIN  what comes in, of all steps in one product; then step by step what is carried on
  const std::size_t sequences = h.shape(0), hidden = weights.hh.shape(0);
  if (sequences == 0 || x.shape(0) % sequences != 0 || h.shape(1) != hidden)
    throw ShapeError("rnn_forward: x ", shape_of(x), " and h ", shape_of(h),
                     " must be (T·N, I) and (N, ", hidden, ")");
  if (weights.xh.shape(0) != hidden || weights.hh.shape(1) != hidden)
    throw ShapeError("rnn_forward: W_xh ", shape_of(weights.xh), " and W_hh ", shape_of(weights.hh),
                     " must be (H, I) and (H, H)");
  Matrix states = linear_forward(x, weights.xh, weights.bias);
  const Matrix turned = xt::transpose(weights.hh);  // once, in place of every step
  const std::size_t size = sequences * hidden;
  for (std::size_t row = 0; row < states.shape(0); row += sequences) {
    const Factor before = row == 0 ? Factor(h) : rows_of(states, row - sequences, sequences);
    const Matrix carried = matmul(before, turned);
    const std::span<Real> now(states.data() + row * hidden, size);
    for (std::size_t i = 0; i < size; ++i) now[i] += carried.data()[i];
    apply(weights.nonlinearity, now);
  }
  return states;
  // SOLUTION END
}

RnnGradients rnn_backward(const Matrix& x, const Matrix& h, const RnnWeights& weights,
                          const Matrix& states, const Matrix& grad_states, bool wants_grad_x) {
  // SOLUTION BEGIN  step by step backward, the gradient before each φ; then the products, once for all
  if (grad_states.shape() != states.shape())
    throw ShapeError("rnn_backward: grad_states ", shape_of(grad_states), " must be ",
                     shape_of(states));
  const std::size_t sequences = h.shape(0), size = h.size();
  Matrix grad_a = grad_states;                 // will be the gradient before φ, of all steps
  Matrix grad_h = xt::zeros<Real>(h.shape());  // from the step after
  for (std::size_t row = states.shape(0); row > 0;) {
    row -= sequences;
    Real* const grads = grad_a.data() + row * h.shape(1);
    const Real* const out = states.data() + row * h.shape(1);
    for (std::size_t i = 0; i < size; ++i)
      grads[i] = (grads[i] + grad_h.data()[i]) * slope(weights.nonlinearity, out[i]);
    grad_h = matmul(rows_of(grad_a, row, sequences), weights.hh);
  }

  // The state before each step: h, and then all states but the last
  auto before = Matrix::from_shape(states.shape());
  if (states.size() > 0) {
    std::copy(h.begin(), h.end(), before.begin());
    std::copy_n(states.begin(), states.size() - size, before.begin() + size);
  }
  LinearGradients by_x = linear_backward(x, weights.xh, grad_a, wants_grad_x);
  return {std::move(by_x.a), std::move(grad_h), std::move(by_x.weight),
          matmul(transposed(grad_a), before), std::move(by_x.bias)};
  // SOLUTION END
}

}  // namespace gradbook
