// Wrong in part: exp of the numbers as they are, which overflows for large ones.
#include <cmath>

#include "05_modules/layer_functions.hpp"

namespace gradbook {

Matrix softmax_forward(const Matrix& a) {
  Matrix b = a;
  for (std::size_t n = 0; n < a.shape(0); ++n) {
    Real sum = 0;
    for (std::size_t k = 0; k < a.shape(1); ++k) sum += b(n, k) = std::exp(a(n, k));
    for (std::size_t k = 0; k < a.shape(1); ++k) b(n, k) /= sum;
  }
  return b;
}

Matrix softmax_backward(const Matrix& b, const Matrix& grad_b) {
  if (b.shape() != grad_b.shape())
    throw ShapeError("softmax_backward: ", shape_of(b), " and ", shape_of(grad_b));
  Matrix result = b;
  for (std::size_t n = 0; n < b.shape(0); ++n) {
    Real common = 0;
    for (std::size_t k = 0; k < b.shape(1); ++k) common += b(n, k) * grad_b(n, k);
    for (std::size_t k = 0; k < b.shape(1); ++k) result(n, k) *= grad_b(n, k) - common;
  }
  return result;
}

}  // namespace gradbook
