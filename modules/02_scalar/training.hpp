/// @file
/// How wrong a model is, a step that makes it less so, and the loop that repeats it.
#pragma once

#include <span>
#include <utility>
#include <vector>

#include "00_course/function_ref.hpp"
#include "02_scalar/model.hpp"
#include "02_scalar/scalar.hpp"

namespace gradbook {

// ---- exercise 2.8 -------------------------------------------------------------------------------

/// The mean squared error (1/n) Σᵢ (predictionᵢ − targetᵢ)², which remembers the predictions.
/// @throws ShapeError  where the lengths differ or are 0; it names both
Scalar mean_squared_error(std::span<const Scalar> predictions, std::span<const double> targets);

// ---- exercise 2.9 -------------------------------------------------------------------------------

/// Gradient descent: moves every parameter a little against its gradient.
class Optimizer {
 public:
  /// @param parameters     what to change; a Scalar is a handle, so these are the model's own
  /// @param learning_rate  how far a step goes, per unit of gradient
  explicit Optimizer(std::vector<Scalar> parameters, double learning_rate = 0.1)
      : parameters_(std::move(parameters)), learning_rate_(learning_rate) {}

  /// Sets the grad of every parameter to 0, for backward adds to it.
  void zero_grad();

  /// value ← value − learning_rate · grad, for every parameter. The grads stay as they are.
  void step();

 private:
  std::vector<Scalar> parameters_;  // handles
  double learning_rate_;
};

// ---- exercise 2.10 ------------------------------------------------------------------------------

/// The loss of each epoch from first to last, each taken before that epoch's step.
using History = std::vector<double>;

/// How long, and in what steps.
struct FitOptions {
  int epochs = 100;            ///< how often all of the data is seen; one step each
  double learning_rate = 0.1;  ///< of the optimizer
};

/// Fits `model` to the points (inputᵢ, targetᵢ) by gradient descent on the mean squared error.
///
/// An epoch predicts all n targets, takes one step, and lets its graph go before the next begins.
/// Grads that the parameters had before are not counted.
/// @param model     starts from the values that it has
/// @param inputs    (n)
/// @param targets   (n)
/// @param options   100 epochs at a learning rate of 0.1, unless it says otherwise
/// @param progress  called once an epoch, with its number (from 1 to epochs) and its loss
/// @returns         `epochs` losses
/// @throws ShapeError  where the lengths differ or are 0; the model is unchanged then
/// @see             [DL] lecture 6; chapter 02, "2.10 training_loop"
History fit(
    Model& model, std::span<const double> inputs, std::span<const double> targets,
    FitOptions options = {},
    function_ref<void(int epoch, double loss)> progress = [](int, double) {});

}  // namespace gradbook
