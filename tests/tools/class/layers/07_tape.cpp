// Wrong in part: what is used twice gets the gradient of one use only.
#include <utility>

#include "05_modules/module.hpp"

namespace gradbook {

Module& Module::apply_fwd(std::initializer_list<Module*> in) {
  tape().push(*this);
  in_modules = in;
  out_gradient = Matrix();
  wants_gradient_ = false;
  for (const Module* module : in_modules) wants_gradient_ |= module->wants_gradient();
  out_tensor = forward(InTensors(in_modules));
  return *this;
}

void Module::apply_bwd() {
  if (!has_gradient()) throw TapeError(name(), ": there is no gradient to send on");
  Gradients grads(in_modules);
  backward(InTensors(in_modules), out_tensor, out_gradient, grads);
  for (std::size_t i = 0; i < in_modules.size(); ++i) {
    if (in_modules[i]->wants_gradient()) in_modules[i]->out_gradient = std::move(grads[i]);
  }
}

void tape_bwd() {
  while (!tape().empty()) {
    Module& module = tape().pop();
    if (module.has_gradient()) module.apply_bwd();
  }
}

}  // namespace gradbook
