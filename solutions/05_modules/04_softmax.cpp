#include "05_modules/layer_functions.hpp"

#include <cmath>

namespace gradbook {

Matrix softmax_forward(const Matrix& a) {
  // SOLUTION BEGIN  subtract the largest of each row, so that no exp overflows
  Matrix b = a;
  for (std::size_t n = 0; n < b.shape(0); ++n) {
    const std::span<Real> row = row_of(b, n);
    Real largest = -INFINITY, sum = 0;
    for (const Real x : row) largest = std::fmax(largest, x);
    for (Real& x : row) sum += x = std::exp(x - largest);
    for (Real& x : row) x /= sum;
  }
  return b;
  // SOLUTION END
}

Matrix softmax_backward(const Matrix& b, const Matrix& grad_b) {
  // SOLUTION BEGIN  every element's gradient, less what all of its row have in common
  if (b.shape() != grad_b.shape())
    throw ShapeError("softmax_backward: b ", shape_of(b), " and grad_b ", shape_of(grad_b));
  Matrix grad_a = b;
  for (std::size_t n = 0; n < b.shape(0); ++n) {
    const std::span<Real> row = row_of(grad_a, n);
    const std::span<const Real> grad = row_of(grad_b, n);
    Real mean = 0;
    for (std::size_t k = 0; k < row.size(); ++k) mean += grad[k] * row[k];
    for (std::size_t k = 0; k < row.size(); ++k) row[k] *= grad[k] - mean;
  }
  return grad_a;
  // SOLUTION END
}

}  // namespace gradbook
