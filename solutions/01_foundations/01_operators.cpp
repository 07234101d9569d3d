#include <cmath>

#include "01_foundations/operators.hpp"

namespace gradbook {

double mul(double a, double b) {
  // SOLUTION BEGIN  a times b
  return a * b;
  // SOLUTION END
}

double id(double a) {
  // SOLUTION BEGIN  a as it is
  return a;
  // SOLUTION END
}

double add(double a, double b) {
  // SOLUTION BEGIN  a plus b
  return a + b;
  // SOLUTION END
}

double neg(double a) {
  // SOLUTION BEGIN  a with the other sign
  return -a;
  // SOLUTION END
}

bool lt(double a, double b) {
  // SOLUTION BEGIN  strictly less
  return a < b;
  // SOLUTION END
}

bool eq(double a, double b) {
  // SOLUTION BEGIN  exactly equal: no tolerance
  return a == b;
  // SOLUTION END
}

double max(double a, double b) {
  // SOLUTION BEGIN  the larger; comparing with NaN is false, so ask std::isnan where one gets lost
  if (std::isnan(a)) return a;
  return a > b ? a : b;
  // SOLUTION END
}

bool is_close(double a, double b) {
  // SOLUTION BEGIN  the distance against the larger size; try two infinities, and one with a number
  if (a == b) return true;  // equal infinities too, whose distance would be NaN
  const double distance = std::fabs(a - b);
  const double size = max(1, max(std::fabs(a), std::fabs(b)));
  return std::isfinite(distance) && distance <= kCloseness * size;
  // SOLUTION END
}

double inv(double a) {
  // SOLUTION BEGIN  one over a; dividing a double by 0 is no error
  return 1 / a;
  // SOLUTION END
}

double relu(double a) {
  // SOLUTION BEGIN  the larger of a and 0; look at what comes back for -0.0 and for NaN
  return max(a, 0);
  // SOLUTION END
}

double log(double a) {
  // SOLUTION BEGIN  std::log: without std:: the function would call itself
  return std::log(a);
  // SOLUTION END
}

double exp(double a) {
  // SOLUTION BEGIN  std::exp, for the same reason
  return std::exp(a);
  // SOLUTION END
}

}  // namespace gradbook
