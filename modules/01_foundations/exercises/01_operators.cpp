#include <cmath>

#include "01_foundations/operators.hpp"

namespace gradbook {

double mul(double a, double b) {
  // TODO(1.1): a times b
  not_started("1.1");
}

double id(double a) {
  // TODO(1.1): a as it is
  not_started("1.1");
}

double add(double a, double b) {
  // TODO(1.1): a plus b
  not_started("1.1");
}

double neg(double a) {
  // TODO(1.1): a with the other sign
  not_started("1.1");
}

bool lt(double a, double b) {
  // TODO(1.1): strictly less
  not_started("1.1");
}

bool eq(double a, double b) {
  // TODO(1.1): exactly equal: no tolerance
  not_started("1.1");
}

double max(double a, double b) {
  // TODO(1.1): the larger; comparing with NaN is false, so ask std::isnan where one gets lost
  not_started("1.1");
}

bool is_close(double a, double b) {
  // TODO(1.1): the distance against the larger size; try two infinities, and one with a number
  not_started("1.1");
}

double inv(double a) {
  // TODO(1.1): one over a; dividing a double by 0 is no error
  not_started("1.1");
}

double relu(double a) {
  // TODO(1.1): the larger of a and 0; look at what comes back for -0.0 and for NaN
  not_started("1.1");
}

double log(double a) {
  // TODO(1.1): std::log: without std:: the function would call itself
  not_started("1.1");
}

double exp(double a) {
  // TODO(1.1): std::exp, for the same reason
  not_started("1.1");
}

}  // namespace gradbook
