#include "05_modules/activations.hpp"

#include <cmath>
#include <numbers>
#include <utility>

namespace gradbook {
namespace {

// SOLUTION BEGIN  what GELU's forward and backward have in common: Φ(a) and its slope, in either form
constexpr Real kRoot2 = std::numbers::sqrt2_v<Real>, kCube = Real(0.044715),
               kScale = kRoot2 * std::numbers::inv_sqrtpi_v<Real>;  // √(2/π)

Real phi(Real a, GELU::Form form) {
  if (form == GELU::Form::exact) return (1 + std::erf(a / kRoot2)) / 2;
  return (1 + std::tanh(kScale * (a + kCube * a * a * a))) / 2;
}

Real phi_slope(Real a, GELU::Form form) {
  if (form == GELU::Form::exact) return kScale / 2 * std::exp(-a * a / 2);
  const Real t = std::tanh(kScale * (a + kCube * a * a * a));
  return (1 - t * t) / 2 * kScale * (1 + 3 * kCube * a * a);
}
// SOLUTION END

}  // namespace

Matrix Tanh::forward(const InTensors& in) {
  // SOLUTION BEGIN  tanh of every number
  Matrix b = in[0];
  for (Real& x : b) x = std::tanh(x);
  return b;
  // SOLUTION END
}

void Tanh::backward(const InTensors&, const Matrix& out, const Matrix& grad_out,
                    Gradients& grad_in) {
  // SOLUTION BEGIN  the slope, said with the value that forward returned
  grad_in[0] = grad_out * (1 - out * out);
  // SOLUTION END
}

Matrix ReLU::forward(const InTensors& in) {
  // SOLUTION BEGIN  what is below 0 becomes 0; NaN is not below 0
  Matrix b = in[0];
  for (Real& x : b) x = x < 0 ? 0 : x;
  return b;
  // SOLUTION END
}

void ReLU::backward(const InTensors& in, const Matrix&, const Matrix& grad_out,
                    Gradients& grad_in) {
  // SOLUTION BEGIN  the gradient goes through where the input was positive
  const Matrix& a = in[0];
  Matrix grad = grad_out;
  for (std::size_t i = 0; i < grad.size(); ++i) {
    if (!(a.data()[i] > 0)) grad.data()[i] = 0;
  }
  grad_in[0] = std::move(grad);
  // SOLUTION END
}

Matrix GELU::forward(const InTensors& in) {
  // SOLUTION BEGIN  a Φ(a), with the Φ of form_
  Matrix b = in[0];
  for (Real& x : b) x *= phi(x, form_);
  return b;
  // SOLUTION END
}

void GELU::backward(const InTensors& in, const Matrix&, const Matrix& grad_out,
                    Gradients& grad_in) {
  // SOLUTION BEGIN  the product rule on a Φ(a)
  const Matrix& a = in[0];
  Matrix grad = grad_out;
  for (std::size_t i = 0; i < grad.size(); ++i) {
    const Real x = a.data()[i];
    grad.data()[i] *= phi(x, form_) + x * phi_slope(x, form_);
  }
  grad_in[0] = std::move(grad);
  // SOLUTION END
}

}  // namespace gradbook
