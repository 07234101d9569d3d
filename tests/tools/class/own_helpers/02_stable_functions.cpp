// Honest: helper functions outside of any anonymous namespace, and outside of gradbook.
#include <cmath>

#include "01_foundations/operators.hpp"

double exp_of_minus(double x) { return std::exp(x > 0 ? -x : x); }

template <class T>
T larger_of(T a, T b) {
  return a > b ? a : b;
}

namespace gradbook {

double soft_tail(double x) { return std::log1p(exp_of_minus(x)); }

double sigmoid(double x) {
  if (std::isnan(x)) return x;
  double e = exp_of_minus(x);
  return x < 0 ? e / (1 + e) : 1 / (1 + e);
}

double softplus(double x) {
  if (std::isnan(x)) return x;
  return larger_of(x, 0.0) + soft_tail(x);
}

double log_sum_exp(double a, double b) {
  if (std::isnan(a) || std::isnan(b)) return NAN;
  if (a == b) return a + std::log(2.0);
  return larger_of(a, b) + soft_tail(a - b);
}

}  // namespace gradbook
