#include <algorithm>

#include "07_language_models/rnn.hpp"

namespace gradbook {

Matrix rnn_forward(const Matrix& x, const Matrix& h, const RnnWeights& weights) {
  // TODO(7.7): what comes in, of all steps in one product; then step by step what is carried on
  not_started("7.7");
}

RnnGradients rnn_backward(const Matrix& x, const Matrix& h, const RnnWeights& weights,
                          const Matrix& states, const Matrix& grad_states, bool wants_grad_x) {
  // TODO(7.7): step by step backward, the gradient before each φ; then the products, once for all
  not_started("7.7");
}

}  // namespace gradbook
