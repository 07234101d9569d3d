/// @file
/// What changes parameters, once their gradients are known.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "05_modules/module.hpp"

namespace gradbook {

/// A matrix of somebody's with a name, to be saved and loaded.
struct NamedMatrix {
  std::string name;  ///< such as "0.weight"
  Matrix* matrix;    ///< whose owner outlives this
};

/// An optimiser of the parameters of modules: torch.optim.Optimizer.
class ModuleOptimizer {
 public:
  virtual ~ModuleOptimizer();

  /// @param parameters  what it changes, each once; they outlive it
  /// @param rate        the learning rate
  ModuleOptimizer(std::vector<Parameter*> parameters, double rate);

  /// Changes every parameter that has a gradient; one that has none stays as it is.
  virtual void step() = 0;

  /// What it remembers from step to step, besides the rate; a matrix may have no elements yet.
  virtual std::vector<NamedMatrix> state() { return {}; }

  /// Forgets the gradients, so that the next backward pass starts anew.
  void zero_grad();

  double rate;  ///< the learning rate; a schedule may change it from step to step

 protected:
  std::vector<Parameter*> parameters_;  ///< what it changes
};

}  // namespace gradbook
