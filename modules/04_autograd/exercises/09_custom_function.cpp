#include "04_autograd/custom.hpp"

#include "03_tensor/loops.hpp"

namespace gradbook {

Array my_relu_forward(Context& context, Inputs in) {
  // TODO(4.9): keep the input; map a lambda over its value, and let NaN pass
  not_started("4.9");
}

std::vector<Tensor> my_relu_backward(const Context& context, const Tensor& grad) {
  // TODO(4.9): grad where a > 0, else 0: a comparison is 1 or 0
  not_started("4.9");
}

Tensor my_relu(const Tensor& a) {
  // TODO(4.9): a static const Function of a name and the two directions above, and apply
  not_started("4.9");
}

}  // namespace gradbook
