#include "07_language_models/rnn.hpp"

namespace gradbook {

Matrix rnn_step_forward(const Matrix& x, const Matrix& h, const RnnWeights& weights) {
  // TODO(7.6): check the shapes; two products and the bias, then φ of every number
  not_started("7.6");
}

RnnGradients rnn_step_backward(const Matrix& x, const Matrix& h, const RnnWeights& weights,
                               const Matrix& out, const Matrix& grad_out) {
  // TODO(7.6): the gradient before φ; from it, what two linear layers make of it
  not_started("7.6");
}

}  // namespace gradbook
