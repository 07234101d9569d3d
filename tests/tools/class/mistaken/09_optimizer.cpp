// Wrong: every step makes new numbers, and the model keeps the old ones.
#include "02_scalar/training.hpp"

namespace gradbook {

void Optimizer::zero_grad() {
  for (Scalar& parameter : parameters_) parameter.set_grad(0);
}

void Optimizer::step() {
  for (Scalar& parameter : parameters_)
    parameter = Scalar{parameter.value() - learning_rate_ * parameter.grad()};
}

}  // namespace gradbook
