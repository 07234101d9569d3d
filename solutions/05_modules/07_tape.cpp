#include <algorithm>
#include <utility>

#include "05_modules/module.hpp"

namespace gradbook {

Module& Module::apply_fwd(std::initializer_list<Module*> in) {
  // SOLUTION BEGIN  remember the inputs, compute, forget the old gradient, push
  in_modules = in;
  out_tensor = forward(Inputs(in_modules));
  out_gradient = Matrix();
  wants_gradient_ = std::ranges::any_of(in_modules, &Module::wants_gradient);
  tape().push(*this);
  return *this;
  // SOLUTION END
}

void Module::apply_bwd() {
  // SOLUTION BEGIN  a gradient for every input, added to what it has already
  if (!has_gradient())
    throw TapeError(name(),
                    ": apply_bwd without an out_gradient: was apply_fwd called, and does "
                    "the loss depend on it?");
  Gradients grads(in_modules);
  backward(Inputs(in_modules), out_tensor, out_gradient, grads);
  for (std::size_t i = 0; i < in_modules.size(); ++i) {
    Module& input = *in_modules[i];
    if (!input.wants_gradient()) continue;
    if (input.has_gradient())
      input.out_gradient += grads[i];
    else
      input.out_gradient = std::move(grads[i]);
  }
  // SOLUTION END
}

void tape_bwd() {
  // SOLUTION BEGIN  pop until it is empty
  while (!tape().empty()) {
    Module& module = tape().pop();
    if (module.has_gradient()) module.apply_bwd();
  }
  // SOLUTION END
}

}  // namespace gradbook
