#include "04_autograd/backend.hpp"
#include "04_autograd/functions.hpp"

namespace gradbook {
namespace {

// SOLUTION BEGIN  what all have in common: a gradient made as large as the input, and how many were folded

// The gradient with its folded axes back, with size 1, and then as large as the input
Tensor spread(const Context& context, const Tensor& grad) {
  const Shape& shape = context.input_shape(0);
  Shape kept = shape;
  for (const std::int64_t axis : checked_axes("spread", context.attributes().axes, shape.rank()))
    kept[static_cast<int>(axis)] = 1;
  return expand(reshape(grad, kept), shape);
}

// How many elements are folded into one
Real folded(const Shape& shape, const Axes& axes) {
  Real n = 1;
  for (const std::int64_t axis : checked_axes("mean", axes, shape.rank()))
    n *= static_cast<Real>(shape[static_cast<int>(axis)]);
  return n;
}
// SOLUTION END

}  // namespace

Array sum_forward(Context& context, Inputs in) {
  // SOLUTION BEGIN  the primitive sum, by the backend
  const auto& with = context.attributes();
  return backend().reduce(primitives::sum, in[0].value(), with.axes, with.keepdim);
  // SOLUTION END
}

std::vector<Tensor> sum_backward(const Context& context, const Tensor& grad) {
  // SOLUTION BEGIN  grad for every element
  return {spread(context, grad)};
  // SOLUTION END
}

Array mean_forward(Context& context, Inputs in) {
  // SOLUTION BEGIN  the sum, divided by how many there are
  const auto& with = context.attributes();
  const Array total = backend().reduce(primitives::sum, in[0].value(), with.axes, with.keepdim);
  return zip(primitives::div, total, Array::scalar(folded(in[0].shape(), with.axes)));
  // SOLUTION END
}

std::vector<Tensor> mean_backward(const Context& context, const Tensor& grad) {
  // SOLUTION BEGIN  grad / N for every element
  const Real n = folded(context.input_shape(0), context.attributes().axes);
  return {spread(context, grad / n)};
  // SOLUTION END
}

Array max_forward(Context& context, Inputs in) {
  // SOLUTION BEGIN  keep the input and the result
  const auto& with = context.attributes();
  context.save(in[0]);
  return context.save_output(
      backend().reduce(primitives::max_of, in[0].value(), with.axes, with.keepdim));
  // SOLUTION END
}

std::vector<Tensor> max_backward(const Context& context, const Tensor& grad) {
  // SOLUTION BEGIN  grad for the largest, in equal parts where several are
  const Tensor largest = eq(context.saved(0), spread(context, context.saved(1)));
  const Tensor many = sum(largest, context.attributes().axes, true);
  return {spread(context, grad) * largest / many};
  // SOLUTION END
}

}  // namespace gradbook
