#include "05_modules/layer_functions.hpp"

#include <cmath>

namespace gradbook {

Matrix softmax_forward(const Matrix& a) {
  // SOLUTION BEGIN  subtract the largest of the row, so that no exp overflows
  Matrix b = a;
  for (std::size_t n = 0; n < a.shape(0); ++n) {
    Real largest = -INFINITY, sum = 0;
    for (std::size_t k = 0; k < a.shape(1); ++k) largest = std::fmax(largest, a(n, k));
    for (std::size_t k = 0; k < a.shape(1); ++k) sum += b(n, k) = std::exp(a(n, k) - largest);
    for (std::size_t k = 0; k < a.shape(1); ++k) b(n, k) /= sum;
  }
  return b;
  // SOLUTION END
}

Matrix softmax_backward(const Matrix& b, const Matrix& grad_b) {
  // SOLUTION BEGIN  every element's gradient, less what all of the row have in common
  if (b.shape() != grad_b.shape())
    throw ShapeError("softmax_backward: b ", shape_of(b), " and grad_b ", shape_of(grad_b));
  Matrix grad_a = b;
  for (std::size_t n = 0; n < b.shape(0); ++n) {
    Real mean = 0;
    for (std::size_t k = 0; k < b.shape(1); ++k) mean += grad_b(n, k) * b(n, k);
    for (std::size_t k = 0; k < b.shape(1); ++k) grad_a(n, k) *= grad_b(n, k) - mean;
  }
  return grad_a;
  // SOLUTION END
}

}  // namespace gradbook
