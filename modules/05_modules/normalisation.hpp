/// @file
/// Each example brought to one scale.
#pragma once

#include "05_modules/module.hpp"

namespace gradbook {

/// b = (a − mean) / √(variance + ε) ⊙ weight + bias, mean and variance (divided by D) of each row:
/// torch.nn.LayerNorm.
/// @see  Ba, Kiros and Hinton, "Layer normalization", 2016
class LayerNorm final : public Module {
 public:
  ~LayerNorm() override;

  /// @param width    D, the numbers of an example
  /// @param epsilon  keeps a constant row from being divided by 0
  explicit LayerNorm(std::size_t width, double epsilon = 1e-5);

  /// "LayerNorm".
  const char* name() const override;
  /// apply_fwd({&x, &weight, &bias}).
  Module& operator()(Module& x) override;

  // Exercise 5.13

  /// @param in  a (N, D), weight (1, D), bias (1, D)
  /// @returns   (N, D)
  /// @throws ShapeError  where the widths differ, with both shapes
  Matrix forward(const InTensors& in) override;

  /// With â = (a − mean) / s and g = grad_out ⊙ weight: to a (g − mean(g) − â mean(g ⊙ â)) / s, to
  /// the weight Σ_n grad_out ⊙ â, to the bias Σ_n grad_out.
  void backward(const InTensors& in, const Matrix& out, const Matrix& grad_out,
                Gradients& grad_in) override;

  Parameter weight;  ///< (1, D), ones at first
  Parameter bias;    ///< (1, D), zeros at first

 private:
  double epsilon_;
  Matrix normalised_;         // (N, D), â of this pass
  Matrix inverse_deviation_;  // (1, N), 1 / s of each row
};

/// b = a / √(mean(a²) + ε) ⊙ weight: torch.nn.RMSNorm.
/// @see  Zhang and Sennrich, "Root mean square layer normalization", 2019
class RMSNorm final : public Module {
 public:
  ~RMSNorm() override;

  /// @param width    D
  /// @param epsilon  keeps a row of zeros from being divided by 0
  explicit RMSNorm(std::size_t width, double epsilon = 1e-5);

  /// "RMSNorm".
  const char* name() const override;
  /// apply_fwd({&x, &weight}).
  Module& operator()(Module& x) override;

  // Exercise 5.13

  /// @param in  a (N, D), weight (1, D)
  /// @returns   (N, D)
  /// @throws ShapeError  where the widths differ, with both shapes
  Matrix forward(const InTensors& in) override;

  /// With â = a / s and g = grad_out ⊙ weight: to a (g − â mean(g ⊙ â)) / s, to the weight
  /// Σ_n grad_out ⊙ â.
  void backward(const InTensors& in, const Matrix& out, const Matrix& grad_out,
                Gradients& grad_in) override;

  Parameter weight;  ///< (1, D), ones at first

 private:
  double epsilon_;
  Matrix normalised_;         // (N, D), â of this pass
  Matrix inverse_deviation_;  // (1, N), 1 / s of each row
};

}  // namespace gradbook
