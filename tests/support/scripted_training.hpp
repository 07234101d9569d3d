/// @file
/// Training whose course is written down beforehand, for tests and hidden cases of the loop.
#pragma once

#include <string>
#include <vector>

#include "05_modules/layers.hpp"
#include "05_modules/sequential.hpp"
#include "06_training/loop.hpp"

namespace gradbook {

/// An optimiser that pays no heed to gradients: its n-th step sets every number of its first
/// parameter to the n-th of a list, or leaves it where the list is over.
class Scripted final : public ModuleOptimizer {
 public:
  Scripted(std::vector<Parameter*> parameters, std::vector<double> values)
      : ModuleOptimizer(std::move(parameters), 0), values_(std::move(values)) {}

  void step() override {
    const auto n = static_cast<std::size_t>(made_(0, 0));
    made_(0, 0) += 1;
    if (n < values_.size()) parameters_[0]->value().fill(static_cast<Real>(values_[n]));
  }
  std::vector<NamedMatrix> state() override { return {{"made", &made_}}; }

  /// How many steps were made.
  int made() const { return static_cast<int>(made_(0, 0)); }

 private:
  std::vector<double> values_;
  Matrix made_ = {{0}};
};

/// Logits w and 0 for an input of 1: a loss that falls where w rises and the right class is 0.
class OneWeight final : public Module {
 public:
  OneWeight() : weight(Matrix{{0}}) { register_parameter("weight", weight); }
  const char* name() const override { return "OneWeight"; }
  Module& operator()(Module& x) override { return apply_fwd({&x, &weight}); }
  Matrix forward(const InTensors& in) override {
    auto logits = Matrix::from_shape({in[0].shape(0), 2});
    for (std::size_t i = 0; i < in[0].shape(0); ++i) {
      logits(i, 0) = in[0](i, 0) * in[1](0, 0);
      logits(i, 1) = 0;
    }
    return logits;
  }
  void backward(const InTensors& in, const Matrix&, const Matrix& grad_out,
                Gradients& grad_in) override {
    grad_in[1] = Matrix{{0}};
    for (std::size_t i = 0; i < in[0].shape(0); ++i)
      grad_in[1](0, 0) += in[0](i, 0) * grad_out(i, 0);
  }

  Parameter weight;
};

/// n examples of class 0 with an input of 1.
inline Examples ones(std::size_t n) { return {Matrix({n, 1}, 1), std::vector<Label>(n, 0)}; }

/// Thrown where a program is to be killed: out of what is called after an epoch.
struct Killed {};

/// A two-layer classifier of D inputs and K classes.
inline void build(Sequential& model, std::size_t inputs, std::size_t classes, std::uint64_t seed) {
  Random random(seed);
  model.add<Linear>(inputs, 6, random);
  model.add<Sigmoid>();
  model.add<Linear>(6, classes, random);
}

}  // namespace gradbook
