// Wrong in part: each step is right, and none tells the step before how wrong its state was.
#include "07_language_models/rnn.hpp"

namespace gradbook {
namespace {

Matrix rows(const Matrix& m, std::size_t first, std::size_t count) {
  auto copy = Matrix::from_shape({count, m.shape(1)});
  for (std::size_t n = 0; n < count; ++n) {
    for (std::size_t j = 0; j < m.shape(1); ++j) copy(n, j) = m(first + n, j);
  }
  return copy;
}

void set_rows(Matrix& m, std::size_t first, const Matrix& values) {
  for (std::size_t n = 0; n < values.shape(0); ++n) {
    for (std::size_t j = 0; j < m.shape(1); ++j) m(first + n, j) = values(n, j);
  }
}

}  // namespace

Matrix rnn_forward(const Matrix& x, const Matrix& h, const RnnWeights& weights) {
  const std::size_t n = h.shape(0);
  if (n == 0 || x.shape(0) % n != 0 || h.shape(1) != weights.hh.shape(0))
    throw ShapeError("rnn_forward: x ", shape_of(x), " and h ", shape_of(h));
  if (weights.xh.shape(0) != weights.hh.shape(0) || weights.hh.shape(1) != weights.hh.shape(0) ||
      x.shape(1) != weights.xh.shape(1))
    throw ShapeError("rnn_forward: x ", shape_of(x), ", W_xh ", shape_of(weights.xh), " and W_hh ",
                     shape_of(weights.hh));
  auto states = Matrix::from_shape({x.shape(0), h.shape(1)});
  Matrix now = h;
  for (std::size_t row = 0; row < x.shape(0); row += n) {
    now = rnn_step_forward(rows(x, row, n), now, weights);
    set_rows(states, row, now);
  }
  return states;
}

RnnGradients rnn_backward(const Matrix& x, const Matrix& h, const RnnWeights& weights,
                          const Matrix& states, const Matrix& grad_states, bool wants_grad_x) {
  if (grad_states.shape() != states.shape())
    throw ShapeError("rnn_backward: grad_states ", shape_of(grad_states), " and states ",
                     shape_of(states));
  const std::size_t n = h.shape(0);
  RnnGradients all{xt::zeros<Real>(x.shape()), xt::zeros<Real>(h.shape()),
                   xt::zeros<Real>(weights.xh.shape()), xt::zeros<Real>(weights.hh.shape()),
                   xt::zeros<Real>({std::size_t{1}, h.shape(1)})};
  for (std::size_t row = x.shape(0); row > 0;) {
    row -= n;
    const Matrix before = row == 0 ? h : rows(states, row - n, n);
    RnnGradients step = rnn_step_backward(rows(x, row, n), before, weights, rows(states, row, n),
                                          rows(grad_states, row, n));
    set_rows(all.x, row, step.x);
    all.xh += step.xh;
    all.hh += step.hh;
    all.bias += step.bias;
    all.h = step.h;
  }
  if (!wants_grad_x) all.x = Matrix();
  return all;
}

}  // namespace gradbook
