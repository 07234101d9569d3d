#include "07_language_models/rnn.hpp"

namespace gradbook {

Matrix rnn_step_forward(const Matrix& x, const Matrix& h, const RnnWeights& weights) {
  // SOLUTION BEGIN  check the shapes; two products and the bias, then φ of every number
  const std::size_t hidden = weights.hh.shape(0);
  if (weights.hh.shape(1) != hidden || weights.xh.shape(0) != hidden)
    throw ShapeError("rnn_step_forward: W_xh ", shape_of(weights.xh), " and W_hh ",
                     shape_of(weights.hh), " must be (H, I) and (H, H)");
  if (x.shape(1) != weights.xh.shape(1))
    throw ShapeError("rnn_step_forward: x ", shape_of(x), " and W_xh ", shape_of(weights.xh),
                     ": inner sizes ", x.shape(1), " and ", weights.xh.shape(1), " differ");
  if (h.size() > 0 && (h.shape(0) != x.shape(0) || h.shape(1) != hidden))
    throw ShapeError("rnn_step_forward: h ", shape_of(h), " must be (", x.shape(0), ", ", hidden,
                     "), as x is ", shape_of(x));
  Matrix out = linear_forward(x, weights.xh, weights.bias);
  if (h.size() > 0) {
    const Matrix carried = matmul(h, transposed(weights.hh));
    for (std::size_t i = 0; i < out.size(); ++i) out.data()[i] += carried.data()[i];
  }
  apply(weights.nonlinearity, {out.data(), out.size()});
  return out;
  // SOLUTION END
}

RnnGradients rnn_step_backward(const Matrix& x, const Matrix& h, const RnnWeights& weights,
                               const Matrix& out, const Matrix& grad_out) {
  // SOLUTION BEGIN  the gradient before φ; from it, what two linear layers make of it
  if (grad_out.shape() != out.shape())
    throw ShapeError("rnn_step_backward: grad_out ", shape_of(grad_out), " must be ",
                     shape_of(out));
  Matrix grad_a = grad_out;
  for (std::size_t i = 0; i < grad_a.size(); ++i)
    grad_a.data()[i] *= slope(weights.nonlinearity, out.data()[i]);

  LinearGradients by_x = linear_backward(x, weights.xh, grad_a);
  Matrix by_hh = h.size() > 0 ? matmul(transposed(grad_a), h) : xt::zeros<Real>(weights.hh.shape());
  return {std::move(by_x.a), matmul(grad_a, weights.hh), std::move(by_x.weight), std::move(by_hh),
          std::move(by_x.bias)};
  // SOLUTION END
}

}  // namespace gradbook
