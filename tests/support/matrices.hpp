/// @file
/// Matrices in hidden cases: drawn, and observed.
#pragma once

#include <string>
#include <string_view>

#include "05_modules/product.hpp"
#include "support/case.hpp"
#include "support/xtensor_arrays.hpp"

namespace gradbook {

/// A matrix of numbers drawn uniformly from [low, high), recorded as an input.
inline Matrix input_matrix(std::string_view label, std::size_t rows, std::size_t columns,
                           double low = -2, double high = 2) {
  return filled<Matrix>({rows, columns}, input(label, draw_list(rows * columns, low, high)));
}

/// A matrix whose rows are probabilities, none below 1/(20 columns), recorded as an input.
inline Matrix input_probabilities(std::string_view label, std::size_t rows, std::size_t columns) {
  std::vector<double> numbers = draw_list(rows * columns, 0.1, 1);
  for (std::size_t i = 0; i < numbers.size(); i += columns) {
    double sum = 0;
    for (std::size_t k = 0; k < columns; ++k) sum += numbers[i + k];
    for (std::size_t k = 0; k < columns; ++k) numbers[i + k] /= sum;
  }
  return filled<Matrix>({rows, columns}, input(label, numbers));
}

/// Observes shape and numbers.
inline void observe(std::string_view label, const Matrix& m, Tolerance tolerance = {}) {
  const std::vector<Real> numbers = listed(m);
  observe(label, std::span<const Real>(numbers), sizes_of(m), tolerance);
}

/// The shape, for calls and labels: "(2, 3)".
inline std::string text(const Matrix& m) { return shape_of(m).text().c_str(); }

}  // namespace gradbook
