// Honest: the rules stand in a static table, and small powers are remembered between calls.
#include <array>
#include <cmath>
#include <map>

#include "02_scalar/scalar.hpp"

namespace gradbook {
namespace {

using Rule = Partials (*)(double a, double b, const Node& out);

enum Which { kProduct, kQuotient, kExponential, kLogarithm };

const std::array<Rule, 4> table = {
    [](double a, double b, const Node&) {
      return Partials{b, a};
    },
    [](double, double b, const Node& out) {
      return Partials{1 / b, -out.value / b};
    },
    [](double, double, const Node& out) {
      return Partials{out.value, 0};
    },
    [](double a, double, const Node&) {
      return Partials{1 / a, 0};
    },
};

Partials apply(Which which, const Node& out) {
  const Node* second = out.inputs[1];
  return table.at(which)(out.inputs[0]->value, second == nullptr ? 0 : second->value, out);
}

}  // namespace

Partials mul_partials(const Node& out) { return apply(kProduct, out); }
Partials div_partials(const Node& out) { return apply(kQuotient, out); }
Partials exp_partials(const Node& out) { return apply(kExponential, out); }
Partials log_partials(const Node& out) { return apply(kLogarithm, out); }

Partials pow_partials(const Node& out) {
  static std::map<std::pair<double, double>, double> remembered;
  const double a = out.inputs[0]->value, n = out.exponent;
  if (n == 0) return {0, 0};
  if (std::isnan(a) || std::isnan(n)) return {n * std::pow(a, n - 1), 0};
  if (remembered.count({a, n}) == 0) remembered[{a, n}] = n * std::pow(a, n - 1);
  return {remembered[{a, n}], 0};
}

}  // namespace gradbook
