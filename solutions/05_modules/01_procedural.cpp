#include "05_modules/procedural.hpp"

#include <cmath>

namespace gradbook {

Activations nn_forward(const Matrix& x, const Matrix& y, const Matrix& alpha, const Matrix& beta) {
  // SOLUTION BEGIN  five lines of the formula, each kept; subtract each row's largest before exp
  Activations f;
  f.a = matmul(x, transposed(alpha));
  f.z = 1 / (1 + xt::exp(-f.a));
  f.b = matmul(f.z, transposed(beta));
  if (f.b.shape() != y.shape())
    throw ShapeError("nn_forward: ŷ is ", shape_of(f.b), " and y ", shape_of(y));

  f.y_hat = f.b;
  f.loss = 0;
  for (std::size_t n = 0; n < y.shape(0); ++n) {
    Real largest = f.b(n, 0), sum = 0;
    for (std::size_t k = 1; k < y.shape(1); ++k) largest = std::fmax(largest, f.b(n, k));
    for (std::size_t k = 0; k < y.shape(1); ++k)
      sum += f.y_hat(n, k) = std::exp(f.b(n, k) - largest);
    for (std::size_t k = 0; k < y.shape(1); ++k) {
      f.y_hat(n, k) /= sum;
      f.loss -= y(n, k) * std::log(f.y_hat(n, k));
    }
  }
  f.loss /= static_cast<Real>(y.shape(0));
  return f;
  // SOLUTION END
}

ActivationGradients nn_backward(const Matrix& x, const Matrix& y,
                                [[maybe_unused]] const Matrix& alpha, const Matrix& beta,
                                const Activations& forward) {
  // SOLUTION BEGIN  the lines of forward from the last to the first, each with the gradient before
  const auto& [a, z, b, y_hat, loss] = forward;
  ActivationGradients g;
  g.y_hat = -y / y_hat / static_cast<Real>(y.shape(0));
  g.b = Matrix::from_shape(b.shape());
  for (std::size_t n = 0; n < b.shape(0); ++n) {
    Real mean = 0;
    for (std::size_t k = 0; k < b.shape(1); ++k) mean += g.y_hat(n, k) * y_hat(n, k);
    for (std::size_t k = 0; k < b.shape(1); ++k) g.b(n, k) = y_hat(n, k) * (g.y_hat(n, k) - mean);
  }
  g.beta = matmul(transposed(g.b), z);
  g.z = matmul(g.b, beta);
  g.a = g.z * z * (1 - z);
  g.alpha = matmul(transposed(g.a), x);
  return g;
  // SOLUTION END
}

}  // namespace gradbook
