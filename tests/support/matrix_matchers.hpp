/// @file
/// What public tests say of matrices.
#pragma once

#include <gmock/gmock.h>

#include <algorithm>
#include <cmath>
#include <ostream>
#include <string>
#include <vector>

#include "05_modules/product.hpp"
#include "support/xtensor_arrays.hpp"

namespace gradbook {

/// How many rows and columns.
using Sizes = Matrix::shape_type;

/// A matrix of these sizes with these numbers, row by row.
inline Matrix matrix_of(const Sizes& sizes, const std::vector<double>& numbers) {
  return filled<Matrix>(sizes, numbers);
}

/// Of these sizes, with these numbers row by row, to 1e-12 of the larger; NaN equals NaN.
MATCHER_P2(IsMatrix, sizes, numbers,
           "is (" + std::to_string(sizes[0]) + ", " + std::to_string(sizes[1]) + ") with " +
               testing::PrintToString(numbers)) {
  if (arg.shape() != sizes) {
    *result_listener << "which is " << shape_of(arg).text().c_str() << " with "
                     << testing::PrintToString(listed(arg));
    return false;
  }
  for (std::size_t i = 0; i < arg.size(); ++i) {
    const double got = arg.data()[i], expected = numbers.at(i);
    const double size = std::max({1.0, std::abs(got), std::abs(expected)});
    if (got == expected || std::abs(got - expected) <= 1e-12 * size) continue;
    if (std::isnan(got) && std::isnan(expected)) continue;
    *result_listener << "whose number in row " << i / sizes[1] << ", column " << i % sizes[1]
                     << " is " << got << ", not " << expected;
    return false;
  }
  return true;
}

/// The same, from braces: is_matrix({2, 2}, {1, 2, 3, 4}).
inline auto is_matrix(const Sizes& sizes, const std::vector<double>& numbers) {
  return IsMatrix(sizes, numbers);
}

}  // namespace gradbook
