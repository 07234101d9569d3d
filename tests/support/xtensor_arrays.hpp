/// @file
/// xtensor's arrays in tests and hidden cases: drawn, listed and observed.
#pragma once

#include <string_view>
#include <vector>

#include "03_tensor/arrays.hpp"

namespace gradbook {

/// An array of this shape with these numbers in row-major order.
template <class Container>
Container filled(const typename Container::shape_type& shape, const std::vector<double>& numbers) {
  Container result(shape);
  std::size_t i = 0;
  for (Real& element : result) element = static_cast<Real>(numbers.at(i++));
  return result;
}

/// The numbers in row-major order.
template <class Container>
std::vector<Real> listed(const Container& a) {
  return {a.begin(), a.end()};
}

/// The sizes.
template <class Container>
std::vector<std::uint64_t> sizes_of(const Container& a) {
  return {a.shape().begin(), a.shape().end()};
}

}  // namespace gradbook
