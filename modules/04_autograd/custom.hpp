/// @file
/// A differentiable function that the book does not have: yours.
#pragma once

#include "04_autograd/functions.hpp"

namespace gradbook {

// ---- exercise 4.9 -------------------------------------------------------------------------------

/// max(a, 0), element by element; NaN stays NaN. Keeps for backward what it will need.
Array my_relu_forward(Context& context, Inputs in);

/// Of max(a, 0): grad where a > 0, else 0; at 0 it is 0. Computed with tensors, so that it can be
/// differentiated again.
std::vector<Tensor> my_relu_backward(const Context& context, const Tensor& grad);

/// max(a, 0) as one function of your own, whose name is "my_relu": what PyTorch's tutorial calls
/// MyReLU. It equals `relu`, which may not be called here, nor may relu_forward and relu_backward.
/// @param a  of any shape and strides
/// @see      [HW]; chapter 04, "4.9 custom_function"
Tensor my_relu(const Tensor& a);

}  // namespace gradbook
