/// @file
/// The optimisers that people train with, as PyTorch defines them.
#pragma once

#include <vector>

#include "05_modules/optimizer.hpp"

namespace gradbook {

// ---- exercise 6.1 -------------------------------------------------------------------------------

/// How SGD steps.
struct SGDOptions {
  double rate = 0.01;       ///< γ
  double momentum = 0;      ///< μ, how much of the velocity stays
  double weight_decay = 0;  ///< λ, pulls towards 0
  bool nesterov = false;    ///< looks ahead along the velocity
};

/// Stochastic gradient descent: torch.optim.SGD.
class SGD final : public ModuleOptimizer {
 public:
  ~SGD() override;
  /// @throws RangeError  where rate, momentum or decay is negative or NaN, or nesterov has no
  ///                     momentum
  SGD(std::vector<Parameter*> parameters, const SGDOptions& options = {});

  /// For every parameter θ that has a gradient: g = grad + λ θ. With momentum, v = g in its first
  /// step and v = μ v + g later; nesterov takes g + μ v for g, momentum alone takes v. Then
  /// θ ← θ − γ g.
  void step() override;

  /// "velocity.0", …, one for each parameter.
  std::vector<NamedMatrix> state() override;

 private:
  SGDOptions options_;              // but for the rate, which is ModuleOptimizer's
  std::vector<Matrix> velocities_;  // of each parameter, no elements before its first step
};

// ---- exercise 6.2 -------------------------------------------------------------------------------

/// How Adam steps.
struct AdamOptions {
  double rate = 1e-3;       ///< γ
  double beta1 = 0.9;       ///< how much of the mean of gradients stays
  double beta2 = 0.999;     ///< how much of the mean of their squares stays
  double epsilon = 1e-8;    ///< keeps a step from being divided by 0
  double weight_decay = 0;  ///< λ
};

/// Adam: torch.optim.Adam, where weight decay is added to the gradient.
/// @see  Kingma and Ba, "Adam: a method for stochastic optimization", 2015
class Adam : public ModuleOptimizer {
 public:
  ~Adam() override;
  /// @throws RangeError  where rate, epsilon or decay is negative or NaN, or a beta is outside of
  ///                     [0, 1)
  Adam(std::vector<Parameter*> parameters, const AdamOptions& options = {});

  /// For every parameter θ that has a gradient, in its t-th step: g = grad + λ θ,
  /// m = β₁ m + (1 − β₁) g, v = β₂ v + (1 − β₂) g², both from 0 on;
  /// θ ← θ − γ / (1 − β₁ᵗ) · m / (√v / √(1 − β₂ᵗ) + ε).
  void step() override;

  /// "mean.0", "square.0", … for each parameter, and "steps" (1, parameters).
  std::vector<NamedMatrix> state() override;

 protected:
  /// The same with a decay beside the gradient.
  Adam(std::vector<Parameter*> parameters, const AdamOptions& options, bool decoupled);

 private:
  AdamOptions options_;          // but for the rate
  bool decoupled_ = false;       // whether decay goes beside the gradient: AdamW
  std::vector<Matrix> means_;    // m of each parameter, no elements before its first step
  std::vector<Matrix> squares_;  // v of each
  Matrix steps_;                 // (1, parameters), t of each
};

/// Adam whose decay is none of the gradient's: g = grad, and θ ← θ − γ λ θ before the step:
/// torch.optim.AdamW.
/// @see  Loshchilov and Hutter, "Decoupled weight decay regularization", 2019
class AdamW final : public Adam {
 public:
  ~AdamW() override;
  /// As Adam; PyTorch's decay is 0.01.
  AdamW(std::vector<Parameter*> parameters, const AdamOptions& options = {.weight_decay = 0.01});
};

// ---- exercise 6.3 -------------------------------------------------------------------------------

/// Makes all gradients together no longer than max_norm: n is the root of the sum of the squares of
/// all their numbers, and each is multiplied by max_norm / (n + 10⁻⁶) where this is below 1.
/// @param parameters  one that has no gradient counts nothing
/// @param max_norm    how long they may be together
/// @returns  n, before anything was changed; where it is not finite, nothing is
/// @throws RangeError  where max_norm is negative or NaN; then nothing has changed
/// @see  Pascanu, Mikolov and Bengio, "On the difficulty of training recurrent neural networks",
///       2013; torch.nn.utils.clip_grad_norm_
double clip_gradients(const std::vector<Parameter*>& parameters, double max_norm);

// ---- exercise 6.4 -------------------------------------------------------------------------------

/// A learning rate that rises in a line and falls like a cosine.
struct WarmupCosine {
  double peak;          ///< the highest
  double floor;         ///< where it ends
  std::int64_t warmup;  ///< so many steps it rises
  std::int64_t total;   ///< from this step on it is `floor`
};

/// peak · (step + 1) / warmup while it rises; then
/// floor + (peak − floor) (1 + cos(π (step − warmup) / (total − warmup))) / 2.
/// @param step      from 0
/// @param schedule  how high, and how long
/// @throws RangeError  for a negative step or warmup, or where total is below warmup
double learning_rate(std::int64_t step, const WarmupCosine& schedule);

}  // namespace gradbook
