#include "05_modules/procedural.hpp"

#include <cmath>

namespace gradbook {

Activations nn_forward(const Matrix& x, const Matrix& y, const Matrix& alpha, const Matrix& beta) {
  // SOLUTION BEGIN  check all sizes; then the formula line by line; before exp, subtract each row's largest
  if (y.shape(0) == 0 || x.shape(0) != y.shape(0) || x.shape(1) != alpha.shape(1) ||
      alpha.shape(0) != beta.shape(1) || beta.shape(0) != y.shape(1))
    throw ShapeError("nn_forward: x ", shape_of(x), ", y ", shape_of(y), ", alpha ",
                     shape_of(alpha), " and beta ", shape_of(beta),
                     " must be (N, D), (N, K), (H, D) and (K, H), with N at least 1");
  Activations f;
  f.a = matmul(x, transposed(alpha));
  f.z = 1 / (1 + xt::exp(-f.a));
  f.b = matmul(f.z, transposed(beta));

  f.y_hat = f.b;
  f.loss = 0;
  for (std::size_t n = 0; n < y.shape(0); ++n) {
    const std::span<Real> row = row_of(f.y_hat, n);
    Real largest = -INFINITY, sum = 0;
    for (const Real b : row) largest = std::fmax(largest, b);
    for (Real& b : row) sum += b = std::exp(b - largest);
    for (std::size_t k = 0; k < row.size(); ++k) {
      row[k] /= sum;
      f.loss -= y(n, k) * std::log(row[k]);
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
  ActivationGradients g;
  g.y_hat = -y / forward.y_hat / static_cast<Real>(y.shape(0));

  g.b = g.y_hat;
  for (std::size_t n = 0; n < y.shape(0); ++n) {
    const std::span<Real> grad = row_of(g.b, n);
    const std::span<const Real> y_hat = row_of(forward.y_hat, n);
    Real mean = 0;
    for (std::size_t k = 0; k < y_hat.size(); ++k) mean += grad[k] * y_hat[k];
    for (std::size_t k = 0; k < y_hat.size(); ++k) grad[k] = y_hat[k] * (grad[k] - mean);
  }

  g.beta = matmul(transposed(g.b), forward.z);
  g.z = matmul(g.b, beta);
  g.a = g.z * forward.z * (1 - forward.z);
  g.alpha = matmul(transposed(g.a), x);
  return g;
  // SOLUTION END
}

}  // namespace gradbook
