/// @file
/// The differentiable functions: what a reader calls, and for each its two directions.
#pragma once

#include "04_autograd/tensor.hpp"

namespace gradbook {

// ---- what a reader calls (given) ----------------------------------------------------------------

/// a + b, broadcast. @throws ShapeError where the shapes do not go together; so do all below
Tensor operator+(const Tensor& a, const Tensor& b);
/// a − b, broadcast.
Tensor operator-(const Tensor& a, const Tensor& b);
/// a · b, element by element, broadcast.
Tensor operator*(const Tensor& a, const Tensor& b);
/// a / b, element by element, broadcast.
Tensor operator/(const Tensor& a, const Tensor& b);
/// −a.
Tensor operator-(const Tensor& a);
/// aᵇ, element by element, broadcast.
Tensor pow(const Tensor& a, const Tensor& b);
/// The larger of both, element by element, broadcast; NaN where one is.
Tensor maximum(const Tensor& a, const Tensor& b);
/// 1 where a < b, else 0, broadcast.
Tensor lt(const Tensor& a, const Tensor& b);
/// 1 where a = b, else 0, broadcast.
Tensor eq(const Tensor& a, const Tensor& b);

/// 1 / a.
Tensor inv(const Tensor& a);
/// eᵃ.
Tensor exp(const Tensor& a);
/// log a.
Tensor log(const Tensor& a);
/// √a.
Tensor sqrt(const Tensor& a);
/// 1 / (1 + e⁻ᵃ), without overflow.
Tensor sigmoid(const Tensor& a);
/// tanh a.
Tensor tanh(const Tensor& a);
/// max(a, 0); its slope at 0 is 0.
Tensor relu(const Tensor& a);

/// Σ along these axes. @throws RangeError for an axis that is not there, or twice; so do all below
Tensor sum(const Tensor& a, const Axes& axes, bool keepdim = false);
/// Σ of all elements, of rank 0.
Tensor sum(const Tensor& a);
/// The mean along these axes: NaN of none.
Tensor mean(const Tensor& a, const Axes& axes, bool keepdim = false);
/// The mean of all elements, of rank 0.
Tensor mean(const Tensor& a);
/// The largest along these axes: −∞ of none.
Tensor max(const Tensor& a, const Axes& axes, bool keepdim = false);

/// Axes in another order; no number is copied.
Tensor permute(const Tensor& a, const Axes& order);
/// Another shape with as many elements; one size may be −1. Copies only what is not contiguous.
Tensor reshape(const Tensor& a, const Shape& shape);
/// Some elements along an axis; no number is copied.
Tensor slice(const Tensor& a, std::int64_t axis, const Slice& taken);
/// One after the other along an axis; their other sizes are equal. @throws ShapeError of none
Tensor concat(const std::vector<Tensor>& parts, std::int64_t axis = 0);
/// The rows rows[0], rows[1], … of a (M, N); one may come more than once.
Tensor gather(const Tensor& a, const std::vector<std::int64_t>& rows);
/// As large as `shape` by repeating, as broadcast_to; no number is copied.
Tensor expand(const Tensor& a, const Shape& shape);

/// (…, M, K) times (…, K, N), with the axes before broadcast.
Tensor matmul(const Tensor& a, const Tensor& b);

// ---- exercise 4.2 -------------------------------------------------------------------------------

/// Sums a gradient back to the shape that its input had before it was broadcast: the adjoint of
/// broadcast_to.
/// @param grad   of a shape that `shape` broadcasts to
/// @param shape  that of the input
/// @returns      of `shape`; `grad` itself where it has that shape already
/// @throws ShapeError  where `shape` does not broadcast to that of grad, with both
/// @see          [Mini]; chapter 04, "What was repeated is summed"
Tensor unbroadcast(const Tensor& grad, const Shape& shape);

// ---- exercise 4.3: functions of one tensor ------------------------------------------------------

/// −a, from its value.
Array neg_forward(Context& context, Inputs in);
/// Of −a: −grad.
std::vector<Tensor> neg_backward(const Context& context, const Tensor& grad);
/// 1 / a.
Array inv_forward(Context& context, Inputs in);
/// Of b = 1/a: −grad · b².
std::vector<Tensor> inv_backward(const Context& context, const Tensor& grad);
/// eᵃ.
Array exp_forward(Context& context, Inputs in);
/// Of b = eᵃ: grad · b.
std::vector<Tensor> exp_backward(const Context& context, const Tensor& grad);
/// log a.
Array log_forward(Context& context, Inputs in);
/// Of log a: grad / a.
std::vector<Tensor> log_backward(const Context& context, const Tensor& grad);
/// √a.
Array sqrt_forward(Context& context, Inputs in);
/// Of b = √a: grad / 2b.
std::vector<Tensor> sqrt_backward(const Context& context, const Tensor& grad);
/// 1 / (1 + e⁻ᵃ).
Array sigmoid_forward(Context& context, Inputs in);
/// Of b = σ(a): grad · b · (1 − b).
std::vector<Tensor> sigmoid_backward(const Context& context, const Tensor& grad);
/// tanh a.
Array tanh_forward(Context& context, Inputs in);
/// Of b = tanh a: grad · (1 − b²).
std::vector<Tensor> tanh_backward(const Context& context, const Tensor& grad);
/// max(a, 0).
Array relu_forward(Context& context, Inputs in);
/// Of max(a, 0): grad where a > 0, else 0.
std::vector<Tensor> relu_backward(const Context& context, const Tensor& grad);

// ---- exercise 4.4: functions of two tensors -----------------------------------------------------

/// a + b.
Array add_forward(Context& context, Inputs in);
/// Of a + b: grad for both, each in the shape of its input (exercise 4.2), as below.
std::vector<Tensor> add_backward(const Context& context, const Tensor& grad);
/// a − b.
Array sub_forward(Context& context, Inputs in);
/// Of a − b: grad and −grad.
std::vector<Tensor> sub_backward(const Context& context, const Tensor& grad);
/// a · b.
Array mul_forward(Context& context, Inputs in);
/// Of a · b: grad · b and grad · a.
std::vector<Tensor> mul_backward(const Context& context, const Tensor& grad);
/// a / b.
Array div_forward(Context& context, Inputs in);
/// Of c = a / b: grad / b and −grad · c / b.
std::vector<Tensor> div_backward(const Context& context, const Tensor& grad);
/// aᵇ.
Array pow_forward(Context& context, Inputs in);
/// Of c = aᵇ: grad · b · aᵇ⁻¹, 0 where b is 0; and grad · c · log a, 0 where a is 0 and b is not
/// negative.
std::vector<Tensor> pow_backward(const Context& context, const Tensor& grad);
/// The larger of both.
Array maximum_forward(Context& context, Inputs in);
/// Of the larger: grad for the larger, half of it for each of two equal ones.
std::vector<Tensor> maximum_backward(const Context& context, const Tensor& grad);
/// 1 where a < b.
Array lt_forward(Context& context, Inputs in);
/// Of a comparison: zeros for both.
std::vector<Tensor> lt_backward(const Context& context, const Tensor& grad);
/// 1 where a = b.
Array eq_forward(Context& context, Inputs in);
/// Of a comparison: zeros for both.
std::vector<Tensor> eq_backward(const Context& context, const Tensor& grad);

// ---- exercise 4.5: functions that fold axes (attributes axes, keepdim) --------------------------

/// Σ along the axes.
Array sum_forward(Context& context, Inputs in);
/// Of a sum: grad for every element that was summed.
std::vector<Tensor> sum_backward(const Context& context, const Tensor& grad);
/// The mean along the axes.
Array mean_forward(Context& context, Inputs in);
/// Of a mean of N elements: grad / N for every one.
std::vector<Tensor> mean_backward(const Context& context, const Tensor& grad);
/// The largest along the axes.
Array max_forward(Context& context, Inputs in);
/// Of the largest: grad for the largest, shared equally where several are.
std::vector<Tensor> max_backward(const Context& context, const Tensor& grad);

// ---- exercise 4.6: functions that move numbers --------------------------------------------------

/// Axes in the order of the attribute axes; a view.
Array permute_forward(Context& context, Inputs in);
/// The inverse order.
std::vector<Tensor> permute_backward(const Context& context, const Tensor& grad);
/// With the attribute shape; a view where the input is contiguous, else a copy.
Array reshape_forward(Context& context, Inputs in);
/// Back to the shape of the input.
std::vector<Tensor> reshape_backward(const Context& context, const Tensor& grad);
/// What the attribute slice takes along the attribute axis; a view.
Array slice_forward(Context& context, Inputs in);
/// grad where it was taken from, 0 elsewhere: `embed`.
std::vector<Tensor> slice_backward(const Context& context, const Tensor& grad);
/// All inputs, at least one, one after the other along the attribute axis.
/// @throws ShapeError  of none, and where two differ in rank or along another axis
///         RangeError  where there is no such axis
Array concat_forward(Context& context, Inputs in);
/// To each input its slice.
std::vector<Tensor> concat_backward(const Context& context, const Tensor& grad);
/// The rows of (M, N) that the attribute rows names, in that order, as (rows, N).
/// @throws ShapeError  where the input is no matrix
///         RangeError  where a row is not one of 0, …, M − 1, with row and shape
Array gather_forward(Context& context, Inputs in);
/// grad added up in the rows that were taken: `scatter_rows`.
std::vector<Tensor> gather_backward(const Context& context, const Tensor& grad);

// ---- exercise 4.7 -------------------------------------------------------------------------------

/// a · b.
Array matmul_forward(Context& context, Inputs in);
/// Of a · b: grad · bᵀ and aᵀ · grad, each in the shape of its input.
std::vector<Tensor> matmul_backward(const Context& context, const Tensor& grad);

// ---- given --------------------------------------------------------------------------------------

/// Zeros of `shape`, but for the slice along the axis, which is `a`: the adjoint of slice,
/// recorded.
Tensor embed(const Tensor& a, const Shape& shape, std::int64_t axis, const Slice& taken);
/// Zeros of `shape` (M, N), to whose row rows[i] the row i of `a` is added: the adjoint of gather,
/// recorded.
Tensor scatter_rows(const Tensor& a, const Shape& shape, const std::vector<std::int64_t>& rows);

/// What may have computed a tensor: its history holds the address of one of these.
namespace functions {

extern const Function neg;      ///< −a
extern const Function inv;      ///< 1 / a
extern const Function exp;      ///< eᵃ
extern const Function log;      ///< log a
extern const Function sqrt;     ///< √a
extern const Function sigmoid;  ///< σ(a)
extern const Function tanh;     ///< tanh a
extern const Function relu;     ///< max(a, 0)
extern const Function add;      ///< a + b
extern const Function sub;      ///< a − b
extern const Function mul;      ///< a · b
extern const Function div;      ///< a / b
extern const Function pow;      ///< aᵇ
extern const Function maximum;  ///< the larger
extern const Function lt;       ///< a < b
extern const Function eq;       ///< a = b
extern const Function sum;      ///< Σ along axes
extern const Function mean;     ///< the mean along axes
extern const Function max;      ///< the largest along axes
extern const Function permute;  ///< axes in another order
extern const Function reshape;  ///< another shape
extern const Function slice;    ///< some elements along an axis
extern const Function concat;   ///< one after the other
extern const Function gather;   ///< some rows
extern const Function expand;   ///< repeated
extern const Function matmul;   ///< of matrices

}  // namespace functions

}  // namespace gradbook
