#include "04_autograd/backend.hpp"
#include "04_autograd/functions.hpp"

namespace gradbook {

Array neg_forward([[maybe_unused]] Context& context, Inputs in) {
  // SOLUTION BEGIN  the primitive neg
  return map(primitives::neg, in[0].value());
  // SOLUTION END
}

std::vector<Tensor> neg_backward([[maybe_unused]] const Context& context, const Tensor& grad) {
  // SOLUTION BEGIN  −grad
  return {-grad};
  // SOLUTION END
}

Array inv_forward(Context& context, Inputs in) {
  // SOLUTION BEGIN  keep the result: the slope can be written with it
  return context.save_output(map(primitives::inv, in[0].value()));
  // SOLUTION END
}

std::vector<Tensor> inv_backward(const Context& context, const Tensor& grad) {
  // SOLUTION BEGIN  −grad · b²
  const Tensor b = context.saved(0);
  return {-grad * b * b};
  // SOLUTION END
}

Array exp_forward(Context& context, Inputs in) {
  // SOLUTION BEGIN  keep the result
  return context.save_output(map(primitives::exp, in[0].value()));
  // SOLUTION END
}

std::vector<Tensor> exp_backward(const Context& context, const Tensor& grad) {
  // SOLUTION BEGIN  grad · b
  return {grad * context.saved(0)};
  // SOLUTION END
}

Array log_forward(Context& context, Inputs in) {
  // SOLUTION BEGIN  keep the input
  context.save(in[0]);
  return map(primitives::log, in[0].value());
  // SOLUTION END
}

std::vector<Tensor> log_backward(const Context& context, const Tensor& grad) {
  // SOLUTION BEGIN  grad / a
  return {grad / context.saved(0)};
  // SOLUTION END
}

Array sqrt_forward(Context& context, Inputs in) {
  // SOLUTION BEGIN  keep the result
  return context.save_output(map(primitives::sqrt, in[0].value()));
  // SOLUTION END
}

std::vector<Tensor> sqrt_backward(const Context& context, const Tensor& grad) {
  // SOLUTION BEGIN  grad / 2b
  return {grad / (2 * context.saved(0))};
  // SOLUTION END
}

Array sigmoid_forward(Context& context, Inputs in) {
  // SOLUTION BEGIN  keep the result
  return context.save_output(map(primitives::sigmoid, in[0].value()));
  // SOLUTION END
}

std::vector<Tensor> sigmoid_backward(const Context& context, const Tensor& grad) {
  // SOLUTION BEGIN  grad · b · (1 − b)
  const Tensor b = context.saved(0);
  return {grad * b * (1 - b)};
  // SOLUTION END
}

Array tanh_forward(Context& context, Inputs in) {
  // SOLUTION BEGIN  keep the result
  return context.save_output(map(primitives::tanh, in[0].value()));
  // SOLUTION END
}

std::vector<Tensor> tanh_backward(const Context& context, const Tensor& grad) {
  // SOLUTION BEGIN  grad · (1 − b²)
  const Tensor b = context.saved(0);
  return {grad * (1 - b * b)};
  // SOLUTION END
}

Array relu_forward(Context& context, Inputs in) {
  // SOLUTION BEGIN  keep the result: it is above 0 exactly where a is
  return context.save_output(map(primitives::relu, in[0].value()));
  // SOLUTION END
}

std::vector<Tensor> relu_backward(const Context& context, const Tensor& grad) {
  // SOLUTION BEGIN  grad where b > 0, else 0
  return {grad * lt(0, context.saved(0))};
  // SOLUTION END
}

}  // namespace gradbook
