#include <algorithm>

#include "03_tensor/threads.hpp"
#include "07_language_models/rnn.hpp"

namespace gradbook {
namespace {

[[maybe_unused]] constexpr std::int64_t kFewest = 8;  // sequences that are worth a thread

}  // namespace

Matrix rnn_forward(const Matrix& x, const Matrix& h, const RnnWeights& weights) {
  // SOLUTION BEGIN  what comes in, of all steps in one product; then step by step what is carried on
  const std::size_t sequences = h.shape(0), hidden = weights.hh.shape(0);
  if (sequences == 0 || x.shape(0) % sequences != 0 || h.shape(1) != hidden)
    throw ShapeError("rnn_forward: x ", shape_of(x), " and h ", shape_of(h),
                     " must be (T·N, I) and (N, ", hidden, ")");
  if (weights.xh.shape(0) != hidden || weights.hh.shape(1) != hidden)
    throw ShapeError("rnn_forward: W_xh ", shape_of(weights.xh), " and W_hh ",
                     shape_of(weights.hh), " must be (H, I) and (H, H)");
  Matrix states = linear_forward(x, weights.xh, weights.bias);
  parallel_for(h.shape(0), kFewest, threads(), [&](std::size_t first, std::size_t end) {
    const std::size_t count = end - first;
    for (std::size_t row = first; row < states.shape(0); row += sequences) {
      const Factor before =
          row < sequences ? rows_of(h, first, count) : rows_of(states, row - sequences, count);
      const Matrix carried = matmul(before, transposed(weights.hh));
      const std::span<Real> now(states.data() + row * hidden, count * hidden);
      for (std::size_t i = 0; i < now.size(); ++i) now[i] += carried.data()[i];
      apply(weights.nonlinearity, now);
    }
  });
  return states;
  // SOLUTION END
}

RnnGradients rnn_backward(const Matrix& x, const Matrix& h, const RnnWeights& weights,
                          const Matrix& states, const Matrix& grad_states, bool wants_grad_x) {
  // SOLUTION BEGIN  step by step backward, the gradient before each φ; then the products, once for all
  if (grad_states.shape() != states.shape())
    throw ShapeError("rnn_backward: grad_states ", shape_of(grad_states), " must be ",
                     shape_of(states));
  const std::size_t sequences = h.shape(0), hidden = h.shape(1);
  Matrix grad_a = grad_states;  // will be the gradient before φ, of all steps
  auto grad_h = Matrix::from_shape(h.shape());
  parallel_for(h.shape(0), kFewest, threads(), [&](std::size_t first, std::size_t end) {
    const std::size_t count = end - first;
    Matrix from_after = xt::zeros<Real>({count, hidden});
    for (std::size_t row = states.shape(0) + first; row > first;) {
      row -= sequences;
      Real* const grads = grad_a.data() + row * hidden;
      const Real* const out = states.data() + row * hidden;
      for (std::size_t i = 0; i < from_after.size(); ++i)
        grads[i] = (grads[i] + from_after.data()[i]) * slope(weights.nonlinearity, out[i]);
      from_after = matmul(rows_of(grad_a, row, count), weights.hh);
    }
    std::copy(from_after.begin(), from_after.end(), grad_h.begin() + first * hidden);
  });

  // The state before each step: h, and then all states but the last
  auto before = Matrix::from_shape(states.shape());
  if (states.size() > 0) {
    std::copy(h.begin(), h.end(), before.begin());
    std::copy_n(states.begin(), states.size() - h.size(), before.begin() + h.size());
  }
  LinearGradients by_x = linear_backward(x, weights.xh, grad_a, wants_grad_x);
  return {std::move(by_x.a), std::move(grad_h), std::move(by_x.weight),
          matmul(transposed(grad_a), before), std::move(by_x.bias)};
  // SOLUTION END
}

}  // namespace gradbook
