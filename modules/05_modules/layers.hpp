/// @file
/// The layers of exercises 5.2 to 5.6 as modules, and losses that end a network.
#pragma once

#include <vector>

#include "00_course/random.hpp"
#include "05_modules/layer_functions.hpp"
#include "05_modules/module.hpp"

namespace gradbook {

/// b = a weightᵀ + bias of exercise 5.2, whose parameters are inputs like any other:
/// apply_fwd({&a, &weight, &bias}); the bias may be left out.
class LinearMap : public Module {
 public:
  ~LinearMap() override;
  LinearMap();

  /// "LinearMap".
  const char* name() const override;
  /// (N, A), (B, A) and (1, B) to (N, B).
  Matrix forward(const InTensors& in) override;
  /// To all inputs that want one.
  void backward(const InTensors& in, const Matrix& out, const Matrix& grad_out,
                Gradients& grad_in) override;
};

/// The same with parameters of its own: torch.nn.Linear.
class Linear final : public LinearMap {
 public:
  ~Linear() override;

  /// @param inputs   A, how many numbers an example has
  /// @param outputs  B, how many come out
  /// @param random   for the initial numbers, uniform between ±1/√A
  /// @param bias     whether there is one
  Linear(std::size_t inputs, std::size_t outputs, Random& random, bool bias = true);

  /// "Linear".
  const char* name() const override;
  /// apply_fwd with its own parameters.
  Module& operator()(Module& x) override;

  Parameter weight;  ///< (B, A)
  Parameter bias;    ///< (1, B), or no elements
};

/// σ of exercise 5.3.
class Sigmoid final : public Module {
 public:
  ~Sigmoid() override;
  Sigmoid();

  /// "Sigmoid".
  const char* name() const override;
  /// (N, A) to (N, A).
  Matrix forward(const InTensors& in) override;
  /// From what forward returned.
  void backward(const InTensors& in, const Matrix& out, const Matrix& grad_out,
                Gradients& grad_in) override;
};

/// The softmax of each row, of exercise 5.4.
class Softmax final : public Module {
 public:
  ~Softmax() override;
  Softmax();

  /// "Softmax".
  const char* name() const override;
  /// (N, K) to (N, K).
  Matrix forward(const InTensors& in) override;
  /// From what forward returned.
  void backward(const InTensors& in, const Matrix& out, const Matrix& grad_out,
                Gradients& grad_in) override;
};

/// The cross-entropy of probabilities, of exercise 5.5, where y is the second input:
/// apply_fwd({&y_hat, &y}).
class CrossEntropy final : public Module {
 public:
  ~CrossEntropy() override;
  CrossEntropy();

  /// "CrossEntropy".
  const char* name() const override;
  /// (N, K) twice to (1, 1).
  Matrix forward(const InTensors& in) override;
  /// To ŷ alone. @throws ModuleError  where y wants a gradient
  void backward(const InTensors& in, const Matrix& out, const Matrix& grad_out,
                Gradients& grad_in) override;
};

/// A loss that compares a prediction with what is right.
class ClassLoss : public Module {
 public:
  ~ClassLoss() override;

  /// Applies it.
  /// @param prediction  whose output has a row for each example
  /// @param labels      the right class of each
  Module& operator()(Module& prediction, std::span<const Label> labels);
  using Module::operator();

 protected:
  std::vector<Label> labels_;  ///< of the examples of this pass
};

/// Softmax and cross-entropy in one, of exercise 5.6: torch.nn.CrossEntropyLoss.
class SoftmaxCrossEntropy final : public ClassLoss {
 public:
  ~SoftmaxCrossEntropy() override;
  SoftmaxCrossEntropy();

  /// "SoftmaxCrossEntropy".
  const char* name() const override;
  /// (N, K) to (1, 1).
  Matrix forward(const InTensors& in) override;
  /// To the logits.
  void backward(const InTensors& in, const Matrix& out, const Matrix& grad_out,
                Gradients& grad_in) override;

 private:
  Matrix probabilities_;
};

/// How a loss of many elements becomes one number.
enum class Reduction { mean, sum };

/// The squared difference of prediction and target: torch.nn.MSELoss. The target is the second
/// input: apply_fwd({&prediction, &target}).
class MSELoss final : public Module {
 public:
  ~MSELoss() override;

  /// @param reduction  the mean of all elements, or their sum
  explicit MSELoss(Reduction reduction = Reduction::mean);

  /// "MSELoss".
  const char* name() const override;
  /// (N, K) twice to (1, 1).
  Matrix forward(const InTensors& in) override;
  /// To both.
  void backward(const InTensors& in, const Matrix& out, const Matrix& grad_out,
                Gradients& grad_in) override;

 private:
  Reduction reduction_;
};

}  // namespace gradbook
