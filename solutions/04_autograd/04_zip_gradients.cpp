#include "04_autograd/backend.hpp"
#include "04_autograd/functions.hpp"

namespace gradbook {
namespace {

// Both gradients, each in the shape of its input
std::vector<Tensor> both(const Context& context, const Tensor& by_a, const Tensor& by_b) {
  // SOLUTION BEGIN  unbroadcast each to the shape of its input
  return {unbroadcast(by_a, context.input_shape(0)), unbroadcast(by_b, context.input_shape(1))};
  // SOLUTION END
}

}  // namespace

Array add_forward([[maybe_unused]] Context& context, Inputs in) {
  // SOLUTION BEGIN  nothing has to be kept
  return zip(primitives::add, in[0].value(), in[1].value());
  // SOLUTION END
}

std::vector<Tensor> add_backward(const Context& context, const Tensor& grad) {
  // SOLUTION BEGIN  grad for both
  return both(context, grad, grad);
  // SOLUTION END
}

Array sub_forward([[maybe_unused]] Context& context, Inputs in) {
  // SOLUTION BEGIN  nothing has to be kept
  return zip(primitives::sub, in[0].value(), in[1].value());
  // SOLUTION END
}

std::vector<Tensor> sub_backward(const Context& context, const Tensor& grad) {
  // SOLUTION BEGIN  grad and −grad
  return both(context, grad, -grad);
  // SOLUTION END
}

Array mul_forward(Context& context, Inputs in) {
  // SOLUTION BEGIN  keep both inputs
  context.save(in[0]);
  context.save(in[1]);
  return zip(primitives::mul, in[0].value(), in[1].value());
  // SOLUTION END
}

std::vector<Tensor> mul_backward(const Context& context, const Tensor& grad) {
  // SOLUTION BEGIN  grad · b and grad · a
  const Tensor a = context.saved(0), b = context.saved(1);
  return both(context, grad * b, grad * a);
  // SOLUTION END
}

Array div_forward(Context& context, Inputs in) {
  // SOLUTION BEGIN  keep both inputs
  context.save(in[0]);
  context.save(in[1]);
  return zip(primitives::div, in[0].value(), in[1].value());
  // SOLUTION END
}

std::vector<Tensor> div_backward(const Context& context, const Tensor& grad) {
  // SOLUTION BEGIN  grad / b and −grad · (a / b) / b
  const Tensor a = context.saved(0), b = context.saved(1);
  const Tensor by_a = grad / b;
  return both(context, by_a, -by_a * (a / b));
  // SOLUTION END
}

Array pow_forward(Context& context, Inputs in) {
  // SOLUTION BEGIN  keep both inputs
  context.save(in[0]);
  context.save(in[1]);
  return zip(primitives::pow, in[0].value(), in[1].value());
  // SOLUTION END
}

std::vector<Tensor> pow_backward(const Context& context, const Tensor& grad) {
  // SOLUTION BEGIN  b · aᵇ⁻¹, 0 where b is 0; and aᵇ · log a, 0 where a is 0
  const Tensor a = context.saved(0), b = context.saved(1);
  const Tensor base = a + eq(a, 0);  // 1 where a is 0, so that no log is infinite
  const Tensor by_a = b * pow(a + eq(b, 0) * (1 - a), b - 1);
  return both(context, grad * by_a, grad * pow(a, b) * log(base));
  // SOLUTION END
}

Array maximum_forward(Context& context, Inputs in) {
  // SOLUTION BEGIN  keep both inputs
  context.save(in[0]);
  context.save(in[1]);
  return zip(primitives::max, in[0].value(), in[1].value());
  // SOLUTION END
}

std::vector<Tensor> maximum_backward(const Context& context, const Tensor& grad) {
  // SOLUTION BEGIN  grad for the larger, half for each of two equal
  const Tensor a = context.saved(0), b = context.saved(1);
  const Tensor equal = eq(a, b) / 2;
  return both(context, grad * (lt(b, a) + equal), grad * (lt(a, b) + equal));
  // SOLUTION END
}

Array lt_forward([[maybe_unused]] Context& context, Inputs in) {
  // SOLUTION BEGIN  nothing has to be kept
  return zip(primitives::lt, in[0].value(), in[1].value());
  // SOLUTION END
}

std::vector<Tensor> lt_backward(const Context& context, [[maybe_unused]] const Tensor& grad) {
  // SOLUTION BEGIN  a comparison does not change with small steps
  return {Tensor::zeros(context.input_shape(0)), Tensor::zeros(context.input_shape(1))};
  // SOLUTION END
}

Array eq_forward([[maybe_unused]] Context& context, Inputs in) {
  // SOLUTION BEGIN  nothing has to be kept
  return zip(primitives::eq, in[0].value(), in[1].value());
  // SOLUTION END
}

std::vector<Tensor> eq_backward(const Context& context, [[maybe_unused]] const Tensor& grad) {
  // SOLUTION BEGIN  a comparison does not change with small steps
  return {Tensor::zeros(context.input_shape(0)), Tensor::zeros(context.input_shape(1))};
  // SOLUTION END
}

}  // namespace gradbook
