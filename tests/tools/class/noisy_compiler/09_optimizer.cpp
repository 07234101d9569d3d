// Honest in the end: includes itself 150 times with a warning each, which makes a flood of
// messages.
#if __INCLUDE_LEVEL__ < 150
#include __FILE__
#endif
#warning "I must remember to tidy this up before I hand it in, I must remember to tidy this up"

#if __INCLUDE_LEVEL__ == 0
#include "02_scalar/training.hpp"

namespace gradbook {

void Optimizer::zero_grad() {
  for (Scalar& parameter : parameters_) parameter.set_grad(0);
}

void Optimizer::step() {
  for (Scalar& parameter : parameters_)
    parameter.set_value(parameter.value() - learning_rate_ * parameter.grad());
}

}  // namespace gradbook
#endif
