#include "05_modules/layer_functions.hpp"

#include <cmath>

namespace gradbook {

SoftmaxLoss softmax_cross_entropy_forward(const Matrix& logits, std::span<const Label> labels) {
  // SOLUTION BEGIN  log Σ exp(a_k) − a_label needs no log of a probability
  const auto classes = static_cast<Label>(logits.shape(1));
  if (logits.shape(0) != labels.size() || labels.empty())
    throw ShapeError("softmax_cross_entropy: logits ", shape_of(logits), " and ", labels.size(),
                     " labels");
  SoftmaxLoss result{0, logits};
  for (std::size_t n = 0; n < labels.size(); ++n) {
    if (labels[n] < 0 || labels[n] >= classes)
      throw RangeError("softmax_cross_entropy: label ", labels[n], " of example ", n,
                       " is not below ", classes);
    Real* const row = &result.probabilities(n, 0);
    Real largest = row[0], sum = 0;
    for (Label k = 1; k < classes; ++k) largest = std::fmax(largest, row[k]);
    const Real right = row[labels[n]] - largest;
    for (Label k = 0; k < classes; ++k) sum += row[k] = std::exp(row[k] - largest);
    for (Label k = 0; k < classes; ++k) row[k] /= sum;
    result.loss += std::log(sum) - right;
  }
  result.loss /= static_cast<Real>(labels.size());
  return result;
  // SOLUTION END
}

Matrix softmax_cross_entropy_backward(const Matrix& probabilities, std::span<const Label> labels,
                                      Real grad) {
  // SOLUTION BEGIN  one less where the label is, and the mean's share of the gradient
  Matrix result = probabilities;
  for (std::size_t n = 0; n < labels.size(); ++n) result(n, labels[n]) -= 1;
  result *= grad / static_cast<Real>(labels.size());
  return result;
  // SOLUTION END
}

}  // namespace gradbook
