#include "05_modules/dropout.hpp"

namespace gradbook {

Matrix Dropout::forward(const InTensors& in) {
  // SOLUTION BEGIN  a factor for every number, 0 or 1 / (1 − p), kept for backward
  factors_ = Matrix();
  if (!training()) return in[0];
  factors_ = Matrix::from_shape(in[0].shape());
  for (Real& factor : factors_)
    factor = random_.uniform() < p_ ? 0 : static_cast<Real>(1 / (1 - p_));
  return in[0] * factors_;
  // SOLUTION END
}

void Dropout::backward(const InTensors&, const Matrix&, const Matrix& grad_out,
                       Gradients& grad_in) {
  // SOLUTION BEGIN  the same factors
  if (factors_.size() == 0)
    grad_in[0] = grad_out;
  else
    grad_in[0] = grad_out * factors_;
  // SOLUTION END
}

}  // namespace gradbook
