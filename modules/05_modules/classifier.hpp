/// @file
/// A classifier of pictures, and one step of its training, as PyTorch's first example has them.
#pragma once

#include "05_modules/layers.hpp"
#include "05_modules/optimizer.hpp"

namespace gradbook {

/// Plain descent: value ← value − rate · grad.
class GradientDescent final : public ModuleOptimizer {
 public:
  ~GradientDescent() override;
  /// @param parameters  as ModuleOptimizer has them
  /// @param rate        how far a step goes, per unit of gradient
  GradientDescent(std::vector<Parameter*> parameters, double rate);

  // Exercise 5.15

  /// One step for every parameter that has a gradient.
  void step() override;
};

/// Flatten → Linear → Sigmoid → Linear: logits for each class of a picture.
class FlattenClassifier final : public Module {
 public:
  ~FlattenClassifier() override;

  /// @param pixels   of a picture, such as 28 · 28
  /// @param hidden   units between the two linear layers
  /// @param classes  K
  /// @param random   for the initial weights, of `first` before those of `second`
  FlattenClassifier(std::size_t pixels, std::size_t hidden, std::size_t classes, Random& random);

  /// "FlattenClassifier".
  const char* name() const override;

  // Exercise 5.15

  /// first, sigmoid and second, in this order.
  /// @param x  (N, pixels)
  /// @returns  the module with the logits, (N, K)
  Module& operator()(Module& x) override;

  Linear first;     ///< (hidden, pixels)
  Sigmoid sigmoid;  ///< between the two
  Linear second;    ///< (K, hidden)
};

// ---- exercise 5.15 ------------------------------------------------------------------------------

/// Each picture as one row, its rows one after the other: torch.nn.Flatten. (A function named
/// flatten of xtensor's own would be called in its place.)
/// @param images  (N, H, W)
/// @returns       (N, H · W)
Matrix flat_rows(const Array3& images);

/// Predicts, compares, forgets the old gradients, runs backward, and steps.
/// @param model      gives logits (N, K) of rows (N, H · W)
/// @param optimizer  of the model's parameters, or of some of them
/// @param images     (N, H, W), N ≥ 1
/// @param labels     (N), the right class of each
/// @returns          the loss before the step
Real one_step_of_sgd(Module& model, ModuleOptimizer& optimizer, const Array3& images,
                     std::span<const Label> labels);

}  // namespace gradbook
