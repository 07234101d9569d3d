/// @file
/// Activations as modules: one number in, one number out.
#pragma once

#include "05_modules/module.hpp"

namespace gradbook {

/// b = tanh a.
class Tanh final : public Module {
 public:
  ~Tanh() override;
  Tanh();

  /// "Tanh".
  const char* name() const override;

  // Exercise 5.10

  /// (N, A) to (N, A).
  Matrix forward(const InTensors& in) override;
  /// grad_out ⊙ (1 − b ⊙ b).
  void backward(const InTensors& in, const Matrix& out, const Matrix& grad_out,
                Gradients& grad_in) override;
};

/// b = max(a, 0); at 0 the slope is 0, as in PyTorch.
class ReLU final : public Module {
 public:
  ~ReLU() override;
  ReLU();

  /// "ReLU".
  const char* name() const override;

  // Exercise 5.10

  /// (N, A) to (N, A); NaN stays NaN.
  Matrix forward(const InTensors& in) override;
  /// grad_out where a > 0, else 0.
  void backward(const InTensors& in, const Matrix& out, const Matrix& grad_out,
                Gradients& grad_in) override;
};

/// b = a Φ(a), with Φ the distribution function of the normal distribution.
/// @see  Hendrycks and Gimpel, "Gaussian error linear units", 2016
class GELU final : public Module {
 public:
  /// How Φ is computed.
  enum class Form {
    exact,  ///< Φ(a) = (1 + erf(a / √2)) / 2
    tanh,   ///< Φ(a) ≈ (1 + tanh(√(2/π) (a + 0.044715 a³))) / 2
  };

  ~GELU() override;
  /// @param form  PyTorch's approximate="none" or "tanh"
  explicit GELU(Form form = Form::exact);

  /// "GELU".
  const char* name() const override;

  // Exercise 5.10

  /// (N, A) to (N, A).
  Matrix forward(const InTensors& in) override;
  /// The slope of the same form that forward uses.
  void backward(const InTensors& in, const Matrix& out, const Matrix& grad_out,
                Gradients& grad_in) override;

 private:
  Form form_;
};

}  // namespace gradbook
