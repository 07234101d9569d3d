#include "04_autograd/functions.hpp"

#include "03_tensor/loops.hpp"
#include "04_autograd/backend.hpp"

namespace gradbook {
namespace functions {

const Function neg = {"neg", neg_forward, neg_backward};
const Function inv = {"inv", inv_forward, inv_backward};
const Function exp = {"exp", exp_forward, exp_backward};
const Function log = {"log", log_forward, log_backward};
const Function sqrt = {"sqrt", sqrt_forward, sqrt_backward};
const Function sigmoid = {"sigmoid", sigmoid_forward, sigmoid_backward};
const Function tanh = {"tanh", tanh_forward, tanh_backward};
const Function relu = {"relu", relu_forward, relu_backward};
const Function add = {"add", add_forward, add_backward};
const Function sub = {"sub", sub_forward, sub_backward};
const Function mul = {"mul", mul_forward, mul_backward};
const Function div = {"div", div_forward, div_backward};
const Function pow = {"pow", pow_forward, pow_backward};
const Function maximum = {"maximum", maximum_forward, maximum_backward};
const Function lt = {"lt", lt_forward, lt_backward};
const Function eq = {"eq", eq_forward, eq_backward};
const Function sum = {"sum", sum_forward, sum_backward};
const Function mean = {"mean", mean_forward, mean_backward};
const Function max = {"max", max_forward, max_backward};
const Function permute = {"permute", permute_forward, permute_backward};
const Function reshape = {"reshape", reshape_forward, reshape_backward};
const Function slice = {"slice", slice_forward, slice_backward};
const Function concat = {"concat", concat_forward, concat_backward};
const Function gather = {"gather", gather_forward, gather_backward};
const Function matmul = {"matmul", matmul_forward, matmul_backward};

}  // namespace functions

// ---- adjoints that the exercises need -----------------------------------------------------------

namespace {

Array expand_forward(Context& context, Inputs in) {
  return broadcast_to(in[0].value(), context.attributes().shape);
}

std::vector<Tensor> expand_backward(const Context& context, const Tensor& grad) {
  return {unbroadcast(grad, context.input_shape(0))};
}

Array embed_forward(Context& context, Inputs in) {
  const Attributes& with = context.attributes();
  Array whole = Array::zeros(with.shape);
  Array part = slice(whole, with.axis, with.slice);
  map([](Real x) { return x; }, in[0].value(), part);
  return whole;
}

std::vector<Tensor> embed_backward(const Context& context, const Tensor& grad) {
  return {slice(grad, context.attributes().axis, context.attributes().slice)};
}

Array row(const Array& a, std::int64_t i) { return slice(a, 0, {i, i + 1}); }

Array scatter_rows_forward(Context& context, Inputs in) {
  const std::vector<std::int64_t>& rows = context.attributes().rows;
  Array whole = Array::zeros(context.attributes().shape);
  for (std::size_t i = 0; i < rows.size(); ++i) {
    Array into = row(whole, rows[i]);
    backend().zip(primitives::add, into, row(in[0].value(), static_cast<std::int64_t>(i)), into);
  }
  return whole;
}

std::vector<Tensor> scatter_rows_backward(const Context& context, const Tensor& grad) {
  return {gather(grad, context.attributes().rows)};
}

}  // namespace

namespace functions {

const Function expand = {"expand", expand_forward, expand_backward};
const Function embed = {"embed", embed_forward, embed_backward};
const Function scatter_rows = {"scatter_rows", scatter_rows_forward, scatter_rows_backward};

}  // namespace functions

// ---- what a reader calls ------------------------------------------------------------------------

Tensor operator+(const Tensor& a, const Tensor& b) { return apply(functions::add, {a, b}); }
Tensor operator-(const Tensor& a, const Tensor& b) { return apply(functions::sub, {a, b}); }
Tensor operator*(const Tensor& a, const Tensor& b) { return apply(functions::mul, {a, b}); }
Tensor operator/(const Tensor& a, const Tensor& b) { return apply(functions::div, {a, b}); }
Tensor operator-(const Tensor& a) { return apply(functions::neg, {a}); }
Tensor pow(const Tensor& a, const Tensor& b) { return apply(functions::pow, {a, b}); }
Tensor maximum(const Tensor& a, const Tensor& b) { return apply(functions::maximum, {a, b}); }
Tensor lt(const Tensor& a, const Tensor& b) { return apply(functions::lt, {a, b}); }
Tensor eq(const Tensor& a, const Tensor& b) { return apply(functions::eq, {a, b}); }
Tensor matmul(const Tensor& a, const Tensor& b) { return apply(functions::matmul, {a, b}); }

Tensor inv(const Tensor& a) { return apply(functions::inv, {a}); }
Tensor exp(const Tensor& a) { return apply(functions::exp, {a}); }
Tensor log(const Tensor& a) { return apply(functions::log, {a}); }
Tensor sqrt(const Tensor& a) { return apply(functions::sqrt, {a}); }
Tensor sigmoid(const Tensor& a) { return apply(functions::sigmoid, {a}); }
Tensor tanh(const Tensor& a) { return apply(functions::tanh, {a}); }
Tensor relu(const Tensor& a) { return apply(functions::relu, {a}); }

Tensor sum(const Tensor& a, const Axes& axes, bool keepdim) {
  return apply(functions::sum, {a}, {.axes = axes, .keepdim = keepdim});
}
Tensor mean(const Tensor& a, const Axes& axes, bool keepdim) {
  return apply(functions::mean, {a}, {.axes = axes, .keepdim = keepdim});
}
Tensor max(const Tensor& a, const Axes& axes, bool keepdim) {
  return apply(functions::max, {a}, {.axes = axes, .keepdim = keepdim});
}
Tensor sum(const Tensor& a) { return sum(a, all_axes(a.rank())); }
Tensor mean(const Tensor& a) { return mean(a, all_axes(a.rank())); }

Tensor permute(const Tensor& a, const Axes& order) {
  return apply(functions::permute, {a}, {.axes = order});
}

Tensor reshape(const Tensor& a, const Shape& shape) {
  return apply(functions::reshape, {a}, {.shape = shape});
}

Tensor slice(const Tensor& a, std::int64_t axis, const Slice& taken) {
  return apply(functions::slice, {a}, {.axis = axis, .slice = taken});
}

Tensor concat(const std::vector<Tensor>& parts, std::int64_t axis) {
  return apply(functions::concat, Inputs(parts), {.axis = axis});
}

Tensor gather(const Tensor& a, const std::vector<std::int64_t>& rows) {
  return apply(functions::gather, {a}, {.rows = rows});
}

Tensor expand(const Tensor& a, const Shape& shape) {
  return apply(functions::expand, {a}, {.shape = shape});
}

Tensor embed(const Tensor& a, const Shape& shape, std::int64_t axis, const Slice& taken) {
  return apply(functions::embed, {a}, {.shape = shape, .axis = axis, .slice = taken});
}

Tensor scatter_rows(const Tensor& a, const Shape& shape, const std::vector<std::int64_t>& rows) {
  return apply(functions::scatter_rows, {a}, {.shape = shape, .rows = rows});
}

}  // namespace gradbook
