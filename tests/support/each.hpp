/// @file
/// A function of numbers, called on every number of a list.
#pragma once

#include <cstddef>
#include <vector>

#include "00_course/function_ref.hpp"

namespace gradbook {

inline std::vector<double> each(function_ref<double(double)> f, const std::vector<double>& list) {
  std::vector<double> results;
  for (double x : list) results.push_back(f(x));
  return results;
}

/// f(a_i, b_i) for every i; of bools too, as 0 and 1.
inline std::vector<double> each_pair(function_ref<double(double, double)> f,
                                     const std::vector<double>& a, const std::vector<double>& b) {
  std::vector<double> results;
  for (std::size_t i = 0; i < a.size(); ++i) results.push_back(f(a[i], b[i]));
  return results;
}

}  // namespace gradbook
