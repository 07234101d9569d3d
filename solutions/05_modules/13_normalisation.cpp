#include "05_modules/normalisation.hpp"

#include <cmath>
#include <utility>

namespace gradbook {
namespace {

// SOLUTION BEGIN  what the two have in common: the check, dividing rows by their size, and its backward
void check_width(const Module& module, const Matrix& a, const char* label, const Matrix& row) {
  if (row.shape(0) != 1 || row.shape(1) != a.shape(1))
    throw ShapeError(module.name(), ": a ", shape_of(a), " and ", label, " ", shape_of(row),
                     ": widths ", a.shape(1), " and ", row.shape(1), " differ");
}

Real mean_product(const Matrix& x, const Matrix& y, std::size_t n) {
  Real sum = 0;
  for (std::size_t d = 0; d < x.shape(1); ++d) sum += x(n, d) * y(n, d);
  return sum / static_cast<Real>(x.shape(1));
}

void centre_rows(Matrix& a) {
  for (std::size_t n = 0; n < a.shape(0); ++n) {
    Real sum = 0;
    for (std::size_t d = 0; d < a.shape(1); ++d) sum += a(n, d);
    for (std::size_t d = 0; d < a.shape(1); ++d) a(n, d) -= sum / static_cast<Real>(a.shape(1));
  }
}

// Returns 1 / s for each row
Matrix divide_rows(Matrix& a, double epsilon) {
  auto inverse = Matrix::from_shape({1, a.shape(0)});
  for (std::size_t n = 0; n < a.shape(0); ++n) {
    inverse(0, n) = 1 / std::sqrt(mean_product(a, a, n) + static_cast<Real>(epsilon));
    for (std::size_t d = 0; d < a.shape(1); ++d) a(n, d) *= inverse(0, n);
  }
  return inverse;
}

void divide_rows_backward(Matrix& g, const Matrix& a_hat, const Matrix& inverse) {
  for (std::size_t n = 0; n < g.shape(0); ++n) {
    const Real mean = mean_product(g, a_hat, n);
    for (std::size_t d = 0; d < g.shape(1); ++d)
      g(n, d) = (g(n, d) - a_hat(n, d) * mean) * inverse(0, n);
  }
}
// SOLUTION END

}  // namespace

Matrix LayerNorm::forward(const InTensors& in) {
  // SOLUTION BEGIN  the mean first, then the size of what is left; keep both results for backward
  const Matrix &a = in[0], &scale = in[1], &shift = in[2];
  check_width(*this, a, "weight", scale);
  check_width(*this, a, "bias", shift);
  normalised_ = a;
  centre_rows(normalised_);
  inverse_deviation_ = divide_rows(normalised_, epsilon_);
  Matrix b = normalised_;
  for (std::size_t n = 0; n < b.shape(0); ++n) {
    for (std::size_t d = 0; d < b.shape(1); ++d) b(n, d) = b(n, d) * scale(0, d) + shift(0, d);
  }
  return b;
  // SOLUTION END
}

void LayerNorm::backward(const InTensors& in, const Matrix&, const Matrix& grad_out,
                         Gradients& grad_in) {
  // SOLUTION BEGIN  sums over rows for weight and bias; for a the same steps in reverse
  const Matrix& scale = in[1];
  Matrix g = grad_out, grad_scale = xt::zeros<Real>(scale.shape()), grad_shift = grad_scale;
  for (std::size_t n = 0; n < g.shape(0); ++n) {
    for (std::size_t d = 0; d < g.shape(1); ++d) {
      grad_scale(0, d) += grad_out(n, d) * normalised_(n, d);
      grad_shift(0, d) += grad_out(n, d);
      g(n, d) *= scale(0, d);
    }
  }
  divide_rows_backward(g, normalised_, inverse_deviation_);
  centre_rows(g);
  grad_in[0] = std::move(g);
  grad_in[1] = std::move(grad_scale);
  grad_in[2] = std::move(grad_shift);
  // SOLUTION END
}

Matrix RMSNorm::forward(const InTensors& in) {
  // SOLUTION BEGIN  the same without a mean, and without a bias
  const Matrix &a = in[0], &scale = in[1];
  check_width(*this, a, "weight", scale);
  normalised_ = a;
  inverse_deviation_ = divide_rows(normalised_, epsilon_);
  Matrix b = normalised_;
  for (std::size_t n = 0; n < b.shape(0); ++n) {
    for (std::size_t d = 0; d < b.shape(1); ++d) b(n, d) *= scale(0, d);
  }
  return b;
  // SOLUTION END
}

void RMSNorm::backward(const InTensors& in, const Matrix&, const Matrix& grad_out,
                       Gradients& grad_in) {
  // SOLUTION BEGIN  the same without a mean, and without a bias
  const Matrix& scale = in[1];
  Matrix g = grad_out, grad_scale = xt::zeros<Real>(scale.shape());
  for (std::size_t n = 0; n < g.shape(0); ++n) {
    for (std::size_t d = 0; d < g.shape(1); ++d) {
      grad_scale(0, d) += grad_out(n, d) * normalised_(n, d);
      g(n, d) *= scale(0, d);
    }
  }
  divide_rows_backward(g, normalised_, inverse_deviation_);
  grad_in[0] = std::move(g);
  grad_in[1] = std::move(grad_scale);
  // SOLUTION END
}

}  // namespace gradbook
