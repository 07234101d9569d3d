#include "02_scalar/training.hpp"

namespace gradbook {

void Optimizer::zero_grad() {
  // SOLUTION BEGIN  give every parameter the grad 0
  for (Scalar& parameter : parameters_) parameter.set_grad(0);
  // SOLUTION END
}

void Optimizer::step() {
  // SOLUTION BEGIN  use set_value: `p = p - …` makes a new number and leaves the model's alone
  for (Scalar& parameter : parameters_) {
    parameter.set_value(parameter.value() - learning_rate_ * parameter.grad());
  }
  // SOLUTION END
}

}  // namespace gradbook
