#include <cmath>

#include "05_modules/layer_functions.hpp"
#include "05_modules/rows.hpp"

namespace gradbook {

SoftmaxLoss softmax_cross_entropy_forward(const Matrix& logits, std::span<const Label> labels) {
  // SOLUTION BEGIN  check the labels; log Σ exp(a_k) − a_label needs no log of a probability
  if (logits.shape(0) != labels.size() || labels.empty())
    throw ShapeError("softmax_cross_entropy: logits ", shape_of(logits), " and ", labels.size(),
                     " labels: one for each row, and at least one");
  SoftmaxLoss result{0, logits};
  for (std::size_t n = 0; n < labels.size(); ++n) {
    const std::span<Real> row = row_of(result.probabilities, n);
    if (labels[n] < 0 || labels[n] >= std::ssize(row))
      throw RangeError("softmax_cross_entropy: label ", labels[n], " of example ", n,
                       " is not below ", row.size());
    const Real largest = row_max(row);
    for (Real& a : row) a -= largest;
    const Real right = row[labels[n]];
    row_exp(row);
    const Real sum = row_sum(row);
    for (Real& a : row) a /= sum;
    result.loss += std::log(sum) - right;
  }
  result.loss /= static_cast<Real>(labels.size());
  return result;
  // SOLUTION END
}

Matrix softmax_cross_entropy_backward(const Matrix& probabilities, std::span<const Label> labels,
                                      Real grad) {
  // SOLUTION BEGIN  one less where the label is, and the mean's share of the gradient
  Matrix grad_logits = probabilities;
  for (std::size_t n = 0; n < labels.size(); ++n) row_of(grad_logits, n)[labels[n]] -= 1;
  grad_logits *= grad / static_cast<Real>(labels.size());
  return grad_logits;
  // SOLUTION END
}

}  // namespace gradbook
