/// @file
/// One module run alone in a public test, without the tape.
#pragma once

#include <deque>
#include <vector>

#include "05_modules/module.hpp"
#include "support/xtensor_arrays.hpp"

namespace gradbook {

/// What a module computed.
struct Passes {
  Matrix out;                     ///< of forward
  std::vector<Matrix> gradients;  ///< of backward, one for each input
};

/// Runs forward on these inputs, and backward from `grad_out`, the gradient of the output.
inline Passes passes_of(Module& module, const std::vector<Matrix>& inputs, const Matrix& grad_out) {
  std::deque<Input> leaves;
  std::vector<Module*> in;
  for (const Matrix& value : inputs) in.push_back(&leaves.emplace_back(value, true));
  Passes passes{module.forward(InTensors(in)), {}};
  Gradients gradients(in);
  module.backward(InTensors(in), passes.out, grad_out, gradients);
  for (std::size_t i = 0; i < in.size(); ++i) passes.gradients.push_back(gradients[i]);
  return passes;
}

/// Runs forward alone.
inline Matrix forward_of(Module& module, const std::vector<Matrix>& inputs) {
  std::deque<Input> leaves;
  std::vector<Module*> in;
  for (const Matrix& value : inputs) in.push_back(&leaves.emplace_back(value));
  return module.forward(InTensors(in));
}

}  // namespace gradbook
