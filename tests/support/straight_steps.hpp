/// @file
/// The plainest optimiser, which notes what it did: for tests and hidden cases of training.
#pragma once

#include <cmath>
#include <cstdint>
#include <utility>
#include <vector>

#include "05_modules/optimizer.hpp"

namespace gradbook {

/// Steps straight along the gradient, remembers its rates, and spoils a parameter on the way, where
/// it is told to.
class Straight final : public ModuleOptimizer {
 public:
  /// @param spoilt_at  the step, from 1, after which the last parameter is NaN; 0: never
  explicit Straight(std::vector<Parameter*> parameters, int spoilt_at = 0)
      : ModuleOptimizer(std::move(parameters), 0.125), spoilt_at_(spoilt_at) {}

  void step() override {
    rates.push_back(rate);
    for (Parameter* p : parameters_) {
      if (!p->has_gradient()) continue;
      for (std::size_t i = 0; i < p->value().size(); ++i)
        p->value().data()[i] -= static_cast<Real>(rate) * p->grad().data()[i];
    }
    if (made() == spoilt_at_) parameters_.back()->value().fill(static_cast<Real>(std::nan("")));
  }

  /// How many steps were made.
  std::int64_t made() const { return static_cast<std::int64_t>(rates.size()); }

  std::vector<double> rates;  ///< of each step

 private:
  int spoilt_at_;
};

}  // namespace gradbook
