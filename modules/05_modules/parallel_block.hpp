/// @file
/// Two linear layers side by side, multiplied: a block that no chain of layers can express.
#pragma once

#include "05_modules/activations.hpp"
#include "05_modules/layers.hpp"

namespace gradbook {

/// a ⊙ b, for modules: apply_fwd({&a, &b}).
class Multiply final : public Module {
 public:
  ~Multiply() override;
  Multiply();

  /// "Multiply".
  const char* name() const override;

  // Exercise 5.16

  /// (N, D) twice to (N, D). @throws ShapeError  where the shapes differ, with both
  Matrix forward(const InTensors& in) override;
  /// To each the gradient times the other, where it is wanted.
  void backward(const InTensors& in, const Matrix& out, const Matrix& grad_out,
                Gradients& grad_in) override;
};

/// max((W₁x + b₁) ⊙ (W₂x + b₂), 0).
/// @see  [HW], "ParallelBlock"
class ParallelBlock final : public Module {
 public:
  ~ParallelBlock() override;

  /// @param inputs   D of x (N, D)
  /// @param outputs  H of the result (N, H)
  /// @param random   for the initial weights, of `left` before those of `right`
  ParallelBlock(std::size_t inputs, std::size_t outputs, Random& random);

  /// "ParallelBlock".
  const char* name() const override;

  // Exercise 5.16

  /// Both layers see the same x. @returns  the module with the result, (N, H)
  Module& operator()(Module& x) override;

  Linear left;        ///< W₁ and b₁
  Linear right;       ///< W₂ and b₂
  Multiply multiply;  ///< of the two
  ReLU relu;          ///< clamps at 0
};

}  // namespace gradbook
