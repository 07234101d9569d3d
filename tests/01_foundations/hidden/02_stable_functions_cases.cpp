#include <cfenv>
#include <cmath>
#include <limits>
#include <numbers>

#include "00_course/function_ref.hpp"
#include "01_foundations/operators.hpp"
#include "support/case.hpp"
#include "support/each.hpp"
#include "support/gradcheck.hpp"

namespace gradbook {
namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();
constexpr double kInfinity = std::numeric_limits<double>::infinity();

// Whether an intermediate result of f(x) was too large for a double; the processor keeps a flag for
// it
bool overflows(function_ref<double(double)> f, double x) {
  std::feclearexcept(FE_ALL_EXCEPT);
  f(x);
  return std::fetestexcept(FE_OVERFLOW) != 0;
}

CASE(stable_functions, everyday_numbers,
     "on numbers of moderate size the three formulas are as they stand in the book") {
  const auto x = input("x", draw_list(500, -15, 15));
  const auto a = input("a", draw_list(101, -15, 15)), b = input("b", draw_list(101, -15, 15));
  calling("sigmoid(x), softplus(x), log_sum_exp(a, b)");
  observe("sigmoid(x)", each(sigmoid, x), {.terms = 100});
  observe("softplus(x)", each(softplus, x), {.terms = 100});
  observe("log_sum_exp(a, b)", each_pair(log_sum_exp, a, b), {.terms = 10, .scale = 1});
  observe("at 0", std::vector<double>{sigmoid(0), softplus(0), log_sum_exp(0, 0)}, {.terms = 10});
}

CASE(stable_functions, thousand,
     "at ±1000 sigmoid is 1 and 0, softplus is 1000 and 0, and nothing is NaN or infinite") {
  const auto x = input("x", std::vector<double>{1000, -1000, draw(800, 1e6), -draw(800, 1e6)});
  calling("sigmoid and softplus far out");
  observe("sigmoid(x)", each(sigmoid, x));
  observe("softplus(x)", each(softplus, x));
  observe("softplus(1000)", softplus(1000));
}

CASE(stable_functions, bends,
     "softplus is neither x nor exp(x) between -40 and 40: no cut-off, only the formula") {
  const auto x = input("x", draw_list(300, 15, 36)), minus = input("-x", draw_list(100, -36, -15));
  calling("softplus where it is almost x, and where it is almost exp(x)");
  observe("softplus(x)", each(softplus, x), {.terms = 4});
  observe("softplus(-x)", each(softplus, minus), {.terms = 100});
}

CASE(stable_functions, halves,
     "sigmoid(x) + sigmoid(-x) is 1, and softplus(x) - softplus(-x) is x") {
  const auto x = input("x", draw_list(200, -40, 40)), y = input("y", draw_list(31, -40, 40));
  calling("sigmoid of x and of -x, softplus of y and of -y");
  observe("sigmoid(x) + sigmoid(-x)", each([](double v) { return sigmoid(v) + sigmoid(-v); }, x),
          {.terms = 2});
  observe("softplus(y) - softplus(-y)",
          each([](double v) { return softplus(v) - softplus(-v); }, y), {.terms = 4, .scale = 1});
  observe("softplus(7) - softplus(-7)", softplus(7) - softplus(-7), {.terms = 4});
}

CASE(stable_functions, rising,
     "sigmoid rises with every step from -30 to 30: it is not to be cut off at some x") {
  const double step = input("step", draw(0.01, 0.012));
  std::vector<double> x;
  for (double at = -30; at <= 30; at += step) x.push_back(at);
  calling("sigmoid on a grid from -30 to 30");
  const std::vector<double> y = each(sigmoid, x);
  std::int64_t rises = 0;
  for (std::size_t i = 1; i < y.size(); ++i) rises += y[i] > y[i - 1];
  observe("steps on which sigmoid rises", rises);
  observe("sigmoid on the grid", y, {.terms = 100});
}

CASE(stable_functions, small_results,
     "where the result is small it still has all its digits: use exp(x) for x < 0, and std::log1p "
     "for log(1 + e)") {
  const auto x = input("x", draw_list(200, -600, -30)), y = input("y", draw_list(101, -600, -30));
  calling("sigmoid and softplus of very negative numbers, where both are about exp");
  observe("sigmoid(x)", each(sigmoid, x), {.terms = 1000});
  observe("softplus(y)", each(softplus, y), {.terms = 1000});
  observe("sigmoid(-720) > 0", sigmoid(-720) > 0);
}

CASE(stable_functions, no_overflow,
     "exp is called with numbers up to 0 only, so that no intermediate result is infinite") {
  const double x = input("x", draw(710, 5000));
  calling("each function at x and at -x, watching the processor's overflow flag");
  observe("sigmoid(x) overflows", overflows(sigmoid, x));
  observe("sigmoid(-x) overflows", overflows(sigmoid, -x));
  observe("softplus(x) overflows", overflows(softplus, x));
  observe("softplus(-x) overflows", overflows(softplus, -x));
  observe("log_sum_exp(x, -x) overflows", overflows([x](double) { return log_sum_exp(x, -x); }, x));
  observe("log_sum_exp(-x, x) overflows", overflows([x](double) { return log_sum_exp(-x, x); }, x));
  const auto tail = input("near the smallest doubles", draw_list(20, -740, -710));
  observe("sigmoid > 0", each([](double v) { return sigmoid(v) > 0 ? 1.0 : 0.0; }, tail));
}

CASE(stable_functions, large_logarithms,
     "log_sum_exp takes the larger of both out first, whichever that is") {
  const auto a = input("a", draw_list(61, -5000, 5000));
  std::vector<double> near, far;
  for (double v : a) near.push_back(v + draw(-3, 3));
  for (double v : a) far.push_back(v + draw(900, 2000));
  calling("log_sum_exp of large numbers, close to each other and far apart, either way round");
  observe("log_sum_exp(a, near)", each_pair(log_sum_exp, a, near), {.terms = 4, .scale = 1});
  observe("log_sum_exp(a, far)", each_pair(log_sum_exp, a, far), {.terms = 4, .scale = 1});
  observe("log_sum_exp(far, a)", each_pair(log_sum_exp, far, a), {.terms = 4, .scale = 1});
  observe("log_sum_exp(-1000, -1001)", log_sum_exp(-1000, -1001), {.terms = 4});
}

CASE(stable_functions, equal_logarithms, "two equal numbers double: log(2 e^a) is a + log 2") {
  const auto a = input("a", draw_list(20, -2000, 2000));
  calling("log_sum_exp(a, a)");
  observe("log_sum_exp(a, a)", each_pair(log_sum_exp, a, a), {.terms = 4, .scale = 1});
  observe("log_sum_exp(0, 0)", log_sum_exp(0, 0), {.terms = 4});
}

CASE(stable_functions, infinite_logarithms,
     "-infinity is the logarithm of 0: adding 0 changes nothing, and 0 + 0 is 0") {
  const double a = input("a", draw(-9, 9));
  calling("log_sum_exp with infinities");
  observe("(a, -infinity) and (-infinity, a)",
          each_pair(log_sum_exp, {a, -kInfinity}, {-kInfinity, a}));
  observe("(a, infinity) and (infinity, a)",
          each_pair(log_sum_exp, {a, kInfinity}, {kInfinity, a}));
  observe("(-infinity, -infinity)", log_sum_exp(-kInfinity, -kInfinity));
  observe("(infinity, infinity)", log_sum_exp(kInfinity, kInfinity));
  observe("(-infinity, infinity)", log_sum_exp(-kInfinity, kInfinity));
}

CASE(stable_functions, ends_and_not_a_number,
     "sigmoid and softplus end where they tend to, and NaN stays NaN") {
  const double a = input("a", draw(-9, 9));
  calling("each function at ±infinity and at NaN");
  observe("sigmoid(±infinity)", each(sigmoid, {kInfinity, -kInfinity}));
  observe("softplus(±infinity)", each(softplus, {kInfinity, -kInfinity}));
  observe("sigmoid(NaN)", sigmoid(kNaN));
  observe("softplus(NaN)", softplus(kNaN));
  observe("log_sum_exp with NaN", each_pair(log_sum_exp, {a, kNaN, kNaN}, {kNaN, a, kNaN}));
}

PROOF(stable_functions, slopes_and_closed_forms) {
  Random random(2);
  for (int trial = 0; trial < 100; ++trial) {
    const double x = random.uniform(-5, 5), y = random.uniform(-5, 5);
    prove_close("sigmoid", sigmoid(x), (1 + std::tanh(x / 2)) / 2, 1e-15);
    prove_close("softplus", softplus(x), std::log(1 + std::exp(x)), 1e-14);
    prove_close("log_sum_exp", log_sum_exp(x, y), std::log(std::exp(x) + std::exp(y)), 1e-14);
    prove_close("softplus is log_sum_exp with 0", softplus(x), log_sum_exp(x, 0), 1e-15);
    const auto slope =
        numeric_gradient([](const std::vector<double>& v) { return softplus(v[0]); }, {x});
    prove_close("the slope of softplus is sigmoid", slope[0], sigmoid(x), 1e-8);
  }
  prove(sigmoid(1000) == 1 && sigmoid(-1000) == 0, "sigmoid(±1000) is 1 and 0");
  prove(softplus(1000) == 1000, "softplus(1000) is 1000");
  prove(log_sum_exp(-kInfinity, -kInfinity) == -kInfinity, "log(0 + 0) is -infinity");
}

}  // namespace
}  // namespace gradbook
