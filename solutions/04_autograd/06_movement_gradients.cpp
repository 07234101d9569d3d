#include "03_tensor/loops.hpp"
#include "04_autograd/functions.hpp"

namespace gradbook {
namespace {

// SOLUTION BEGIN  what concat and gather have in common: writing an array into part of another

void write(const Array& from, Array into) {
  map([](Real x) { return x; }, from, into);
}
// SOLUTION END

}  // namespace

Array permute_forward(Context& context, Inputs in) {
  // SOLUTION BEGIN  a view; the order is in the attributes
  return permute(in[0].value(), context.attributes().axes);
  // SOLUTION END
}

std::vector<Tensor> permute_backward(const Context& context, const Tensor& grad) {
  // SOLUTION BEGIN  the inverse order: axis i of the result was axis order[i]
  const Axes& order = context.attributes().axes;
  Axes inverse = order;
  for (int i = 0; i < order.rank(); ++i)
    inverse[checked_axis("permute", order[i], order.rank())] = i;
  return {permute(grad, inverse)};
  // SOLUTION END
}

Array reshape_forward(Context& context, Inputs in) {
  // SOLUTION BEGIN  a view of the contiguous input
  return reshape(contiguous(in[0].value()), context.attributes().shape);
  // SOLUTION END
}

std::vector<Tensor> reshape_backward(const Context& context, const Tensor& grad) {
  // SOLUTION BEGIN  back to the shape of the input
  return {reshape(grad, context.input_shape(0))};
  // SOLUTION END
}

Array slice_forward(Context& context, Inputs in) {
  // SOLUTION BEGIN  a view
  return slice(in[0].value(), context.attributes().axis, context.attributes().slice);
  // SOLUTION END
}

std::vector<Tensor> slice_backward(const Context& context, const Tensor& grad) {
  // SOLUTION BEGIN  embed puts grad where it was taken from
  const Attributes& with = context.attributes();
  return {embed(grad, context.input_shape(0), with.axis, with.slice)};
  // SOLUTION END
}

Array concat_forward(Context& context, Inputs in) {
  // SOLUTION BEGIN  add up the sizes along the axis, then write each part into its slice
  if (in.empty()) throw ShapeError("concat: there is nothing to put together");
  Shape shape = in[0].shape();
  const int axis = checked_axis("concat", context.attributes().axis, shape.rank());
  shape[axis] = 0;
  for (const Tensor& part : in) {
    Shape others = part.shape();
    if (others.rank() == shape.rank()) others[axis] = shape[axis];
    if (!(others == shape))
      throw ShapeError("concat: ", in[0].shape(), " and ", part.shape(),
                       " do not go together along axis ", axis);
    shape[axis] += part.shape()[axis];
  }

  Array whole(shape);
  std::int64_t start = 0;
  for (const Tensor& part : in) {
    const std::int64_t stop = start + part.shape()[axis];
    write(part.value(), slice(whole, axis, {start, stop}));
    start = stop;
  }
  return whole;
  // SOLUTION END
}

std::vector<Tensor> concat_backward(const Context& context, const Tensor& grad) {
  // SOLUTION BEGIN  each input gets its slice of grad
  std::vector<Tensor> grads;
  const int axis = checked_axis("concat", context.attributes().axis, grad.rank());
  std::int64_t start = 0;
  for (int k = 0; k < context.input_count(); ++k) {
    const std::int64_t stop = start + context.input_shape(k)[axis];
    grads.push_back(slice(grad, axis, {start, stop}));
    start = stop;
  }
  return grads;
  // SOLUTION END
}

Array gather_forward(Context& context, Inputs in) {
  // SOLUTION BEGIN  copy row by row; a row may come more than once
  const Array& a = in[0].value();
  const std::vector<std::int64_t>& rows = context.attributes().rows;
  if (a.rank() != 2) throw ShapeError("gather: ", a.shape(), " is no matrix");
  Array whole({static_cast<std::int64_t>(rows.size()), a.shape()[1]});
  std::int64_t to = 0;
  for (const std::int64_t row : rows) {
    if (row < 0 || row >= a.shape()[0])
      throw RangeError("gather: there is no row ", row, " in ", a.shape());
    write(slice(a, 0, {row, row + 1}), slice(whole, 0, {to, to + 1}));
    ++to;
  }
  return whole;
  // SOLUTION END
}

std::vector<Tensor> gather_backward(const Context& context, const Tensor& grad) {
  // SOLUTION BEGIN  scatter_rows adds grad up in the rows
  return {scatter_rows(grad, context.input_shape(0), context.attributes().rows)};
  // SOLUTION END
}

}  // namespace gradbook
