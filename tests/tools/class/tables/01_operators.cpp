// Honest: global constants, and an object that is set up before main.
#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "01_foundations/operators.hpp"

namespace gradbook {
namespace {

const double one = 1.0;
const std::vector<std::string> names = {"mul", "id", "add", "neg"};  // for my notes

}  // namespace

double mul(double a, double b) { return a * b; }
double id(double a) { return a; }
double add(double a, double b) { return a + b; }
double neg(double a) { return -a; }
bool lt(double a, double b) { return a < b; }
bool eq(double a, double b) { return a == b; }

double max(double a, double b) {
  if (a != a) return a;
  if (b != b) return b;
  return a > b ? a : b;
}

bool is_close(double a, double b) {
  if (a == b) return true;
  if (std::isnan(a) || std::isnan(b) || std::isinf(a) || std::isinf(b)) return false;
  const double distance = a < b ? b - a : a - b;
  if (std::isinf(distance)) return false;
  return distance <= kCloseness * std::max({one, std::abs(a), std::abs(b)});
}

double inv(double a) { return one / a; }
double relu(double a) { return max(a, 0.0); }
double log(double a) { return std::log(a); }
double exp(double a) { return std::exp(a); }

}  // namespace gradbook
