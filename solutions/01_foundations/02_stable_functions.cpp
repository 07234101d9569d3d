#include <cmath>
#include <numbers>

#include "01_foundations/operators.hpp"

namespace gradbook {

double sigmoid(double x) {
  // SOLUTION BEGIN  two forms of one formula, so that std::exp is called with a number ≤ 0 in both
  if (x >= 0) return 1 / (1 + std::exp(-x));
  const double e = std::exp(x);
  return e / (1 + e);
  // SOLUTION END
}

double softplus(double x) {
  // SOLUTION BEGIN  take the larger term out of the log; std::log1p(e) keeps an e that 1 + e loses
  return std::fmax(x, 0) + std::log1p(std::exp(-std::fabs(x)));
  // SOLUTION END
}

double log_sum_exp(double a, double b) {
  // SOLUTION BEGIN  as in softplus; infinity - infinity is NaN, so treat a = b first
  if (a == b) return a + std::numbers::ln2;
  return std::fmax(a, b) + std::log1p(std::exp(-std::fabs(a - b)));
  // SOLUTION END
}

}  // namespace gradbook
