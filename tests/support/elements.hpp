/// @file
/// The numbers of an array, read without any exercise: for tests and cases.
#pragma once

#include <vector>

#include "03_tensor/array.hpp"

namespace gradbook {

/// The elements in row-major order, whatever the strides are.
inline std::vector<Real> elements(const Array& a) {
  std::vector<Real> values;
  Index index(a.rank(), 0);
  for (std::int64_t i = 0; i < a.size(); ++i) {
    std::int64_t place = 0;
    for (int axis = 0; axis < a.rank(); ++axis) place += index[axis] * a.strides()[axis];
    values.push_back(a.data()[place]);
    for (int axis = a.rank() - 1; axis >= 0 && ++index[axis] == a.shape()[axis]; --axis)
      index[axis] = 0;
  }
  return values;
}

}  // namespace gradbook
