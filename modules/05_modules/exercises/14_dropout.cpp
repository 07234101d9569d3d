#include "05_modules/dropout.hpp"

namespace gradbook {

Matrix Dropout::forward(const InTensors& in) {
  // TODO(5.14): a factor for every number, 0 or 1 / (1 − p), kept for backward
  not_started("5.14");
}

void Dropout::backward(const InTensors&, const Matrix&, const Matrix& grad_out,
                       Gradients& grad_in) {
  // TODO(5.14): the same factors
  not_started("5.14");
}

}  // namespace gradbook
