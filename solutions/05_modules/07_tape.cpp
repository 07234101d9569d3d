#include <algorithm>
#include <utility>

#include "05_modules/module.hpp"

namespace gradbook {

Module& Module::apply_fwd(std::initializer_list<Module*> in) {
  // SOLUTION BEGIN  onto the tape first, which refuses who is there; then remember, forget, compute
  tape().push(*this);
  in_modules = in;
  out_gradient = Matrix();
  wants_gradient_ = std::ranges::any_of(in_modules, &Module::wants_gradient);
  out_tensor = forward(InTensors(in_modules));
  return *this;
  // SOLUTION END
}

void Module::apply_bwd() {
  // SOLUTION BEGIN  a gradient for every input that wants one, added to what it has already
  if (!has_gradient())
    throw TapeError(name(), ": apply_bwd without an out_gradient: was it applied, and does the ",
                    "loss depend on it?");
  Gradients grads(in_modules);
  backward(InTensors(in_modules), out_tensor, out_gradient, grads);

  for (std::size_t i = 0; i < in_modules.size(); ++i) {
    Module& input = *in_modules[i];
    if (!input.wants_gradient()) continue;
    if (grads[i].shape() != input.out_tensor.shape())
      throw ShapeError(name(), ": backward gave input ", i, " of shape ",
                       shape_of(input.out_tensor), " a gradient of shape ", shape_of(grads[i]));
    if (input.has_gradient())
      input.out_gradient += grads[i];
    else
      input.out_gradient = std::move(grads[i]);
  }
  // SOLUTION END
}

void tape_bwd() {
  // SOLUTION BEGIN  from the last to the first, past those that the loss does not depend on
  while (!tape().empty()) {
    Module& module = tape().pop();
    if (module.has_gradient()) module.apply_bwd();
  }
  // SOLUTION END
}

}  // namespace gradbook
