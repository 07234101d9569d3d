#include <cmath>
#include <cstdlib>
#include <limits>

#include "00_course/function_ref.hpp"
#include "01_foundations/operators.hpp"
#include "support/case.hpp"
#include "support/each.hpp"

namespace gradbook {
namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();
constexpr double kInfinity = std::numeric_limits<double>::infinity();
constexpr double kTiny = std::numeric_limits<double>::denorm_min();

CASE(operators, arithmetic,
     "mul, add, neg, id and inv are one operation each, on numbers of either sign") {
  const auto a = input("a", draw_list(1000, -100, 100)), b = input("b", draw_list(1000, -100, 100));
  calling("each operator on a thousand random numbers");
  observe("mul(a, b)", each_pair(mul, a, b));
  observe("add(a, b)", each_pair(add, a, b), {.scale = 100});
  observe("neg(a)", each(neg, a));
  observe("id(a)", each(id, a));
  observe("inv(a)", each(inv, a));
  observe("mul of two numbers below 1", mul(draw(0, 1), draw(0, 1)));
}

CASE(operators, comparisons,
     "lt and max compare numbers of either sign as they are, not their sizes") {
  const auto a = input("a", draw_list(1000, -9, 9)), b = input("b", draw_list(1000, -9, 9));
  calling("lt, eq and max of a thousand random pairs");
  observe("lt(a, b)", each_pair(lt, a, b));
  observe("eq(a, b)", each_pair(eq, a, b));
  observe("max(a, b)", each_pair(max, a, b));
}

CASE(operators, ties,
     "of two equal numbers neither is less, both are equal, and either is the larger") {
  const auto a = input("a", draw_list(7, -9, 9));
  calling("lt(a, a), eq(a, a) and max(a, a), and on two zeros");
  observe("lt(a, a)", each_pair(lt, a, a));
  observe("eq(a, a)", each_pair(eq, a, a));
  observe("max(a, a)", each_pair(max, a, a));
  observe("lt(0, 0)", lt(0, 0));
  observe("eq(0, -0)", eq(0.0, -0.0));
  observe("max(0, 0)", max(0, 0));
}

CASE(operators, neighbours, "lt and eq are exact: two doubles side by side are different numbers") {
  const auto a = input("a", draw_list(13, 1, 9));
  const auto next = input("the next double after a",
                          each([](double x) { return std::nextafter(x, kInfinity); }, a));
  calling("lt and eq of each number and the next double after it");
  observe("eq(a, next)", each_pair(eq, a, next));
  observe("lt(a, next)", each_pair(lt, a, next));
  observe("lt(next, a)", each_pair(lt, next, a));
  observe("eq(0, smallest double)", eq(0, kTiny));
  observe("eq(infinity, infinity)", eq(kInfinity, kInfinity));
}

CASE(operators, not_a_number,
     "NaN is less than nothing and equal to nothing, and max, relu and id hand it on") {
  const double a = input("a", draw(-9, 9));
  calling("comparisons and max with NaN on either side");
  observe("eq(NaN, NaN)", eq(kNaN, kNaN));
  observe("lt(NaN, a) and lt(a, NaN)", each_pair(lt, {kNaN, a}, {a, kNaN}));
  observe("max(NaN, a)", max(kNaN, a));
  observe("max(a, NaN)", max(a, kNaN));
  observe("relu(NaN)", relu(kNaN));
  observe("is_close(NaN, NaN), (NaN, a), (a, NaN)",
          each_pair(is_close, {kNaN, kNaN, a}, {kNaN, a, kNaN}));
}

CASE(operators, relu_values, "relu is x above 0 and 0 elsewhere, down to the smallest numbers") {
  const auto x = input("x", draw_list(1000, -5, 5));
  const auto tiny = input("tiny x", std::vector<double>{kTiny, -kTiny, 1e-300, -1e-300});
  calling("relu of random and of tiny numbers");
  observe("relu(x)", each(relu, x));
  observe("relu(tiny x)", each(relu, tiny));
  observe("relu(infinity)", relu(kInfinity));
  observe("relu(-infinity)", relu(-kInfinity));
}

CASE(operators, relu_at_zero,
     "relu(0) and relu(-0.0) are both +0: -0.0 < 0 is false, so choose x only where x > 0") {
  calling("relu(0.0) and relu(-0.0)");
  observe("relu(0.0)", relu(0.0));
  observe("relu(-0.0)", relu(-0.0));
  observe("relu(-0.0) carries a minus sign", std::signbit(relu(-0.0)));
  observe("1 / relu of both zeros", each([](double x) { return 1 / relu(x); }, {0.0, -0.0}));
}

CASE(operators, division_by_zero,
     "inv needs no special case: 1/0 is infinity, and 1/infinity is 0") {
  const double a = input("a", draw(2, 9));
  calling("inv of zeros, infinities and NaN");
  observe("inv(0), inv(-0.0)", each(inv, {0.0, -0.0}));
  observe("inv(a), inv(infinity), inv(-infinity)", each(inv, {a, kInfinity, -kInfinity}));
  observe("inv(smallest double)", inv(kTiny));
}

CASE(operators, exponentials, "exp and log are those of base e, with nothing added for safety") {
  const auto a = input("a", draw_list(1000, -20, 20)), p = input("p", draw_list(100, 0, 3));
  const auto small = input("small p", draw_list(11, 1e-12, 1e-6));
  calling("exp(a), log(p), and log of small numbers");
  observe("exp(a)", each(exp, a));
  observe("log(p)", each(log, p), {.scale = 1});
  observe("log(small p)", each(log, small));
  observe("exp(1000)", exp(1000));
  observe("exp(-1000)", exp(-1000));
}

CASE(operators, log_at_the_edge,
     "log(0) is -infinity and log of a negative number is NaN: a wrong input must show") {
  const double a = input("a", draw(-9, -1));
  calling("log(0), log(-0.0) and log(a) for a negative a");
  observe("log(0), log(-0.0)", each(log, {0.0, -0.0}));
  observe("log(a)", log(a));
}

CASE(operators, close_numbers,
     "is_close measures the distance against the larger size, and against 1 for small numbers") {
  const auto a = input("a", draw_list(40, -1, 1));
  for (const char* text : {"1e-9", "1e-3", "1", "30", "1e6", "1e12"}) {
    const double size = std::atof(text);
    std::vector<double> left, near, far;
    const double allowed = kCloseness * std::fmax(1, size);
    for (double x : a) {
      left.push_back(std::copysign(size, x));
      near.push_back(left.back() + 0.9 * allowed * x);
      far.push_back(left.back() + std::copysign((1.1 + std::fabs(x)) * allowed, x));
    }
    const std::string about = std::string("numbers of size ") + text;
    calling("is_close of " + about + ", within and beyond what is allowed");
    observe("close: " + about, each_pair(is_close, left, near));
    observe("apart: " + about, each_pair(is_close, left, far));
  }
  observe("is_close(1, -1)", is_close(1, -1));
}

CASE(operators, symmetry,
     "is_close(a, b) is is_close(b, a): measure against the larger of both sizes, not against one "
     "of them") {
  const auto a = input("a", draw_list(50, 100, 1000));
  std::vector<double> b;
  for (double x : a)
    b.push_back(x * (1 + kCloseness * (1 + kCloseness / 2)));  // between the two measures
  calling("is_close of pairs that are exactly as far apart as the larger of both allows");
  observe("is_close(a, b)", each_pair(is_close, a, b));
  observe("is_close(b, a)", each_pair(is_close, b, a));
  observe("is_close(-a, -b)", is_close(-a[0], -b[0]));
}

CASE(operators, infinities, "an infinity is close to itself and to nothing else") {
  const double a = input("a", draw(-9, 9));
  calling("is_close with infinities");
  observe("is_close(infinity, infinity)", is_close(kInfinity, kInfinity));
  observe("is_close(-infinity, infinity)", is_close(-kInfinity, kInfinity));
  observe("is_close(a, infinity), (infinity, a)",
          each_pair(is_close, {a, kInfinity}, {kInfinity, a}));
  observe("lt(-infinity, a), lt(a, infinity)", each_pair(lt, {-kInfinity, a}, {a, kInfinity}));
}

PROOF(operators, closed_forms) {
  Random random(1);
  for (int trial = 0; trial < 100; ++trial) {
    const double a = random.uniform(-9, 9), b = random.uniform(-9, 9);
    prove_close("log(exp(a))", log(exp(a)), a, 1e-14);
    prove_close("a * 1/a", mul(a, inv(a)), 1, 1e-15);
    prove_close("max by sizes", max(a, b), (a + b + std::fabs(a - b)) / 2, 1e-14);
    prove(relu(a) - relu(-a) == a, "relu(a) - relu(-a) is a");
    prove(is_close(a, b) == is_close(b, a), "is_close is symmetric");
  }
  prove(!std::signbit(relu(-0.0)), "relu(-0.0) is +0");
}

}  // namespace
}  // namespace gradbook
