#include "05_modules/layer_functions.hpp"

#include <cmath>

namespace gradbook {

Matrix sigmoid_forward(const Matrix& a) {
  // TODO(5.3): exp of a large number overflows: take the form whose exponent is negative
  not_started("5.3");
}

Matrix sigmoid_backward(const Matrix& b, const Matrix& grad_b) {
  // TODO(5.3): the slope of σ, said with its own value
  not_started("5.3");
}

}  // namespace gradbook
