#include "04_autograd/custom.hpp"

#include "03_tensor/loops.hpp"

namespace gradbook {

Array my_relu_forward(Context& context, Inputs in) {
  // SOLUTION BEGIN  keep the input; map a lambda over its value, and let NaN pass
  context.save(in[0]);
  return map([](Real x) { return x < 0 ? 0 : x; }, in[0].value());
  // SOLUTION END
}

std::vector<Tensor> my_relu_backward(const Context& context, const Tensor& grad) {
  // SOLUTION BEGIN  grad where a > 0, else 0: a comparison is 1 or 0
  const Tensor a = context.saved(0);
  return {grad * lt(0, a)};
  // SOLUTION END
}

Tensor my_relu(const Tensor& a) {
  // SOLUTION BEGIN  a static const Function of a name and the two directions above, and apply
  static const Function function = {"my_relu", my_relu_forward, my_relu_backward};
  return apply(function, {a});
  // SOLUTION END
}

}  // namespace gradbook
