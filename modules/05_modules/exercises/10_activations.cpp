#include "05_modules/activations.hpp"

#include <cmath>
#include <numbers>
#include <utility>

namespace gradbook {
namespace {

// TODO(5.10): what GELU's forward and backward have in common: Φ(a) and its slope, in either form

}  // namespace

Matrix Tanh::forward(const InTensors& in) {
  // TODO(5.10): tanh of every number
  not_started("5.10");
}

void Tanh::backward(const InTensors&, const Matrix& out, const Matrix& grad_out,
                    Gradients& grad_in) {
  // TODO(5.10): the slope, said with the value that forward returned
  not_started("5.10");
}

Matrix ReLU::forward(const InTensors& in) {
  // TODO(5.10): what is below 0 becomes 0; NaN is not below 0
  not_started("5.10");
}

void ReLU::backward(const InTensors& in, const Matrix&, const Matrix& grad_out,
                    Gradients& grad_in) {
  // TODO(5.10): the gradient goes through where the input was positive
  not_started("5.10");
}

Matrix GELU::forward(const InTensors& in) {
  // TODO(5.10): a Φ(a), with the Φ of form_
  not_started("5.10");
}

void GELU::backward(const InTensors& in, const Matrix&, const Matrix& grad_out,
                    Gradients& grad_in) {
  // TODO(5.10): the product rule on a Φ(a)
  not_started("5.10");
}

}  // namespace gradbook
