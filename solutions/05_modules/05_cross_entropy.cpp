#include "05_modules/layer_functions.hpp"

#include <algorithm>
#include <cmath>

namespace gradbook {
namespace {

[[maybe_unused]] void check(const Matrix& y_hat, const Matrix& y) {
  // SOLUTION BEGIN  both shapes are the same, and there is an example
  if (y_hat.shape() != y.shape() || y.shape(0) == 0)
    throw ShapeError("cross_entropy: y_hat ", shape_of(y_hat), " and y ", shape_of(y),
                     ": the same shape, and at least one row");
  // SOLUTION END
}

[[maybe_unused]] void check(const Matrix& y_hat, std::span<const Label> labels) {
  // SOLUTION BEGIN  there is an example, and a label for each, which is a class
  if (y_hat.shape(0) != labels.size() || labels.empty())
    throw ShapeError("cross_entropy: y_hat ", shape_of(y_hat), " and ", labels.size(),
                     " labels: one for each row, and at least one");
  const auto classes = static_cast<Label>(y_hat.shape(1));
  for (std::size_t n = 0; n < labels.size(); ++n) {
    if (labels[n] < 0 || labels[n] >= classes)
      throw RangeError("cross_entropy: label ", labels[n], " of example ", n, " is not below ",
                       classes);
  }
  // SOLUTION END
}

}  // namespace

Real cross_entropy_forward(const Matrix& y_hat, const Matrix& y) {
  // SOLUTION BEGIN  only what y says is right counts
  check(y_hat, y);
  Real sum = 0;
  for (std::size_t i = 0; i < y.size(); ++i) {
    if (const Real right = y.data()[i]; right != 0)
      sum -= right * std::log(std::max(y_hat.data()[i], kLeastProbability));
  }
  return sum / static_cast<Real>(y.shape(0));
  // SOLUTION END
}

Matrix cross_entropy_backward(const Matrix& y_hat, const Matrix& y, Real grad) {
  // SOLUTION BEGIN  the slope of −log, where y is not 0
  check(y_hat, y);
  Matrix result = xt::zeros<Real>(y.shape());
  const Real share = -grad / static_cast<Real>(y.shape(0));
  for (std::size_t i = 0; i < y.size(); ++i) {
    if (const Real right = y.data()[i]; right != 0)
      result.data()[i] = share * right / std::max(y_hat.data()[i], kLeastProbability);
  }
  return result;
  // SOLUTION END
}

Real cross_entropy_forward(const Matrix& y_hat, std::span<const Label> labels) {
  // SOLUTION BEGIN  one number of each row
  check(y_hat, labels);
  Real sum = 0;
  for (std::size_t n = 0; n < labels.size(); ++n)
    sum -= std::log(std::max(row_of(y_hat, n)[labels[n]], kLeastProbability));
  return sum / static_cast<Real>(labels.size());
  // SOLUTION END
}

Matrix cross_entropy_backward(const Matrix& y_hat, std::span<const Label> labels, Real grad) {
  // SOLUTION BEGIN  one number of each row
  check(y_hat, labels);
  Matrix result = xt::zeros<Real>(y_hat.shape());
  const Real share = -grad / static_cast<Real>(labels.size());
  for (std::size_t n = 0; n < labels.size(); ++n)
    row_of(result, n)[labels[n]] = share / std::max(row_of(y_hat, n)[labels[n]], kLeastProbability);
  return result;
  // SOLUTION END
}

}  // namespace gradbook
