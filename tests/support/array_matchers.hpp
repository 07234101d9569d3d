/// @file
/// What public tests say of arrays.
#pragma once

#include <gmock/gmock.h>

#include <algorithm>
#include <cmath>
#include <ostream>
#include <string>
#include <vector>

#include "03_tensor/print.hpp"
#include "support/elements.hpp"

namespace gradbook {

/// How GoogleTest prints sizes, strides and indices: "(2, 3)".
inline void PrintTo(const Dims& dims, std::ostream* out) { *out << dims.text().c_str(); }

/// How GoogleTest prints an array: its shape, and its numbers.
inline void PrintTo(const Array& a, std::ostream* out) {
  *out << "an array of shape " << a.shape().text().c_str() << "\n" << to_string(a);
}

/// Of this shape, with these numbers in row-major order, to 1e-12 of the larger.
MATCHER_P2(IsArray, shape, values,
           std::string("has shape ") + Shape(shape).text().c_str() + " and the numbers " +
               testing::PrintToString(std::vector<Real>(values))) {
  if (!(arg.shape() == Shape(shape))) {
    *result_listener << "whose shape is " << arg.shape().text().c_str();
    return false;
  }
  const std::vector<Real> got = elements(arg), expected(values);
  for (std::size_t i = 0; i < got.size(); ++i) {
    const Real size = std::max<Real>(1, std::max(std::abs(got[i]), std::abs(expected[i])));
    if (got[i] == expected[i] || std::abs(got[i] - expected[i]) <= 1e-12 * size) continue;
    *result_listener << "whose element number " << i << " in row-major order is " << got[i]
                     << ", not " << expected[i];
    return false;
  }
  return got.size() == expected.size();
}

/// The same, from braces: is_array({2, 2}, {1, 2, 3, 4}).
inline auto is_array(const Shape& shape, const std::vector<Real>& values) {
  return IsArray(shape, values);
}

}  // namespace gradbook
