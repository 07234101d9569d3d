#include "04_autograd/backend.hpp"
#include "04_autograd/functions.hpp"

namespace gradbook {
namespace {

// SOLUTION BEGIN  what many have in common: saving both inputs, and unbroadcasting both gradients

// f of both inputs, which backward will want to see
Array keep_both(Context& context, Inputs in, const ZipPrimitive& f) {
  context.save(in[0]);
  context.save(in[1]);
  return zip(f, in[0].value(), in[1].value());
}

// Both gradients, each in the shape of its input
std::vector<Tensor> fitted(const Context& context, const Tensor& by_a, const Tensor& by_b) {
  return {unbroadcast(by_a, context.input_shape(0)), unbroadcast(by_b, context.input_shape(1))};
}
// SOLUTION END

}  // namespace

Array add_forward([[maybe_unused]] Context& context, Inputs in) {
  // SOLUTION BEGIN  the primitive add; nothing has to be kept
  return zip(primitives::add, in[0].value(), in[1].value());
  // SOLUTION END
}

std::vector<Tensor> add_backward(const Context& context, const Tensor& grad) {
  // SOLUTION BEGIN  grad for both
  return fitted(context, grad, grad);
  // SOLUTION END
}

Array sub_forward([[maybe_unused]] Context& context, Inputs in) {
  // SOLUTION BEGIN  nothing has to be kept
  return zip(primitives::sub, in[0].value(), in[1].value());
  // SOLUTION END
}

std::vector<Tensor> sub_backward(const Context& context, const Tensor& grad) {
  // SOLUTION BEGIN  grad and −grad
  return fitted(context, grad, -grad);
  // SOLUTION END
}

Array mul_forward(Context& context, Inputs in) {
  // SOLUTION BEGIN  each slope is the other input
  return keep_both(context, in, primitives::mul);
  // SOLUTION END
}

std::vector<Tensor> mul_backward(const Context& context, const Tensor& grad) {
  // SOLUTION BEGIN  grad · b and grad · a
  const Tensor a = context.saved(0), b = context.saved(1);
  return fitted(context, grad * b, grad * a);
  // SOLUTION END
}

Array div_forward(Context& context, Inputs in) {
  // SOLUTION BEGIN  keep what backward needs
  return keep_both(context, in, primitives::div);
  // SOLUTION END
}

std::vector<Tensor> div_backward(const Context& context, const Tensor& grad) {
  // SOLUTION BEGIN  grad / b and −grad / b · (a / b): b² could overflow
  const Tensor a = context.saved(0), b = context.saved(1);
  const Tensor by_a = grad / b;
  return fitted(context, by_a, -by_a * (a / b));
  // SOLUTION END
}

Array pow_forward(Context& context, Inputs in) {
  // SOLUTION BEGIN  keep what backward needs
  return keep_both(context, in, primitives::pow);
  // SOLUTION END
}

std::vector<Tensor> pow_backward(const Context& context, const Tensor& grad) {
  // SOLUTION BEGIN  b · aᵇ⁻¹, 0 where b is 0; aᵇ · log a, 0 where a is 0
  const Tensor a = context.saved(0), b = context.saved(1);
  const Tensor by_a = b * pow(a, b - 1 + eq(b, 0));   // 0 · a⁰, never 0 · ∞
  const Tensor by_b = pow(a, b) * log(a + eq(a, 0));  // 0ᵇ · log 1, never 0 · −∞
  return fitted(context, grad * by_a, grad * by_b);
  // SOLUTION END
}

Array maximum_forward(Context& context, Inputs in) {
  // SOLUTION BEGIN  keep what backward needs
  return keep_both(context, in, primitives::max);
  // SOLUTION END
}

std::vector<Tensor> maximum_backward(const Context& context, const Tensor& grad) {
  // SOLUTION BEGIN  grad for the larger, half for each of two equal
  const Tensor a = context.saved(0), b = context.saved(1);
  const Tensor half = eq(a, b) / 2;
  return fitted(context, grad * (lt(b, a) + half), grad * (lt(a, b) + half));
  // SOLUTION END
}

Array lt_forward([[maybe_unused]] Context& context, Inputs in) {
  // SOLUTION BEGIN  nothing has to be kept
  return zip(primitives::lt, in[0].value(), in[1].value());
  // SOLUTION END
}

std::vector<Tensor> lt_backward(const Context& context, [[maybe_unused]] const Tensor& grad) {
  // SOLUTION BEGIN  a comparison does not change with small steps: zeros of both shapes
  return {Tensor::zeros(context.input_shape(0)), Tensor::zeros(context.input_shape(1))};
  // SOLUTION END
}

Array eq_forward([[maybe_unused]] Context& context, Inputs in) {
  // SOLUTION BEGIN  nothing has to be kept
  return zip(primitives::eq, in[0].value(), in[1].value());
  // SOLUTION END
}

std::vector<Tensor> eq_backward(const Context& context, const Tensor& grad) {
  // SOLUTION BEGIN  the same as of the other comparison
  return lt_backward(context, grad);
  // SOLUTION END
}

}  // namespace gradbook
