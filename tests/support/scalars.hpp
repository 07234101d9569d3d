/// @file
/// Lists of numbers with a history, as tests of module 02 look at them.
#pragma once

#include <vector>

#include "02_scalar/scalar.hpp"

namespace gradbook {

inline std::vector<double> values(const std::vector<Scalar>& scalars) {
  std::vector<double> result;
  for (const Scalar& scalar : scalars) result.push_back(scalar.value());
  return result;
}

inline std::vector<double> grads(const std::vector<Scalar>& scalars) {
  std::vector<double> result;
  for (const Scalar& scalar : scalars) result.push_back(scalar.grad());
  return result;
}

}  // namespace gradbook
