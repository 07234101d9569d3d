/// @file
/// Gradients as tensors that can be differentiated again.
#pragma once

#include "04_autograd/functions.hpp"

namespace gradbook {

// ---- exercise 4.12 ------------------------------------------------------------------------------

/// dy/dx for every x of `xs`, as PyTorch's autograd.grad. Gradients in leaves are neither read nor
/// written.
///
///     const Tensor dy = grad(sum(x * x * x), {x}, true)[0];  // 3x²
///     const Tensor again = grad(sum(dy), {x})[0];            // 6x
///
/// @param y       of one element
/// @param xs      leaves or results on the way to y, in any order, also several times
/// @param record  whether the gradients remember how they were computed; the graph of y is kept
///                then, and given back else
/// @returns       one for each, of its shape; zeros where y does not depend on it
/// @throws GradientError  where y has more than one element, and as send_back does; where an x
///                        requires no gradient
/// @see    chapter 04, "4.12 higher_order"
std::vector<Tensor> grad(const Tensor& y, const std::vector<Tensor>& xs, bool record = false);

/// The second derivatives of f at x: row i has the derivatives of df/dxᵢ by all of x.
/// @param f  makes one element from a tensor of the shape of x
/// @param x  of N elements, any shape; they are counted in row-major order
/// @returns  (N, N), without history; zeros where df/dx does not depend on x
/// @throws   GradientError  as grad does
Tensor hessian(function_ref<Tensor(const Tensor&)> f, const Tensor& x);

}  // namespace gradbook
