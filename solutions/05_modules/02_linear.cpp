#include "05_modules/layer_functions.hpp"

namespace gradbook {

Matrix linear_forward(const Matrix& a, const Matrix& weight, const Matrix& bias) {
  // SOLUTION BEGIN  check the sizes; one product; then the bias, where there is one, to each row
  if (a.shape(1) != weight.shape(1))
    throw ShapeError("linear_forward: a ", shape_of(a), " and weight ", shape_of(weight),
                     ": inner sizes ", a.shape(1), " and ", weight.shape(1), " differ");
  if (bias.size() > 0 && (bias.shape(0) != 1 || bias.shape(1) != weight.shape(0)))
    throw ShapeError("linear_forward: bias ", shape_of(bias), " must be (1, ", weight.shape(0),
                     "), as weight is ", shape_of(weight));
  Matrix b = matmul(a, transposed(weight));
  if (bias.size() > 0) {
    for (std::size_t n = 0; n < b.shape(0); ++n) {
      const std::span<Real> row = row_of(b, n);
      for (std::size_t j = 0; j < row.size(); ++j) row[j] += bias.data()[j];
    }
  }
  return b;
  // SOLUTION END
}

LinearGradients linear_backward(const Matrix& a, const Matrix& weight, const Matrix& grad_b,
                                bool wants_grad_a) {
  // SOLUTION BEGIN  check grad_b; two products, and the sum of grad_b's rows
  if (grad_b.shape(0) != a.shape(0) || grad_b.shape(1) != weight.shape(0))
    throw ShapeError("linear_backward: grad_b ", shape_of(grad_b), " must be (", a.shape(0), ", ",
                     weight.shape(0), "), as a is ", shape_of(a), " and weight ", shape_of(weight));
  LinearGradients grads;
  if (wants_grad_a) grads.a = matmul(grad_b, weight);
  grads.weight = matmul(transposed(grad_b), a);
  grads.bias = xt::zeros<Real>({std::size_t{1}, weight.shape(0)});
  for (std::size_t n = 0; n < grad_b.shape(0); ++n) {
    const std::span<const Real> row = row_of(grad_b, n);
    for (std::size_t j = 0; j < row.size(); ++j) grads.bias.data()[j] += row[j];
  }
  return grads;
  // SOLUTION END
}

}  // namespace gradbook
