/// @file
/// Gradients by central differences, for the proofs of references and for public tests.
#pragma once

#include <cmath>
#include <vector>

#include "00_course/function_ref.hpp"

namespace gradbook {

/// df/dx_i for every i, each as (f(x + h e_i) - f(x - h e_i)) / 2h with h = step · max(1, |x_i|).
///
/// The step balances truncation (h²) against rounding (eps/h): 6e-6 is the cube root of eps of
/// double.
inline std::vector<double> numeric_gradient(function_ref<double(const std::vector<double>&)> f,
                                            std::vector<double> x, double step = 6e-6) {
  std::vector<double> gradient(x.size());
  for (std::size_t i = 0; i < x.size(); ++i) {
    const double kept = x[i];
    const double h = step * std::fmax(1.0, std::fabs(kept));
    x[i] = kept + h;
    const double above = f(x);
    x[i] = kept - h;
    const double below = f(x);
    x[i] = kept;
    gradient[i] = (above - below) / (2 * h);
  }
  return gradient;
}

}  // namespace gradbook
