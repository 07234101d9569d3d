#include <cmath>
#include <limits>

#include "00_course/function_ref.hpp"
#include "01_foundations/operators.hpp"
#include "support/case.hpp"
#include "support/gradcheck.hpp"

namespace gradbook {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();

std::vector<double> each(function_ref<double(double, double)> back, const std::vector<double>& x,
                         const std::vector<double>& d) {
  std::vector<double> results;
  for (std::size_t i = 0; i < x.size(); ++i) results.push_back(back(x[i], d[i]));
  return results;
}

std::vector<double> ones(std::size_t n) { return std::vector<double>(n, 1.0); }

CASE(local_derivatives, log, "the slope of log is 1/x, times d") {
  const auto x = input("x", draw_list(200, 0.01, 9)), d = input("d", draw_list(200, -5, 5));
  calling("log_back(x, d)");
  observe("log_back(x, d)", each(log_back, x, d));
  observe("log_back(x, 1)", each(log_back, x, ones(200)));
  observe("log_back(0.5, 3)", log_back(0.5, 3));
}

CASE(local_derivatives, inv, "the slope of 1/x is -1/x², negative on both sides of 0, times d") {
  const auto x = input("x", draw_list(200, -9, 9)), d = input("d", draw_list(200, -5, 5));
  calling("inv_back(x, d)");
  observe("inv_back(x, d)", each(inv_back, x, d), {.terms = 2});
  observe("inv_back(x, 1)", each(inv_back, x, ones(200)), {.terms = 2});
  observe("inv_back(-0.5, 3)", inv_back(-0.5, 3), {.terms = 2});
}

CASE(local_derivatives, inv_at_one,
     "at x = 1 and at x = -1 the slope of 1/x is -1: the curve falls on both sides") {
  const double d = input("d", draw(1, 5));
  calling("inv_back(1, d) and inv_back(-1, d)");
  observe("inv_back(1, d)", inv_back(1, d));
  observe("inv_back(-1, d)", inv_back(-1, d));
}

CASE(local_derivatives, relu,
     "relu hands d on where x > 0 and stops it elsewhere, whatever the sign of d") {
  const auto x = input("x", draw_list(200, -3, 3)), d = input("d", draw_list(200, -5, 5));
  calling("relu_back(x, d)");
  observe("relu_back(x, d)", each(relu_back, x, d));
  observe("relu_back(1e-300, 3)", relu_back(1e-300, 3));
}

CASE(local_derivatives, relu_at_zero, "the slope of relu at 0 is taken to be 0") {
  const auto d = input("d", draw_list(5, -5, 5));
  calling("relu_back(0, d) and relu_back(-0.0, d)");
  observe("relu_back(0, d)", each(relu_back, std::vector<double>(5, 0.0), d));
  observe("relu_back(-0.0, 1)", relu_back(-0.0, 1));
}

CASE(local_derivatives, relu_stops_infinity,
     "relu_back is 0 for x <= 0 even if d is infinite or NaN: 0 · infinity is NaN") {
  const auto x = input("x", draw_list(3, -3, -1));
  calling("relu_back of a negative x with d infinite or NaN");
  observe("relu_back(x, ±infinity and NaN)",
          each(relu_back, x, {kInfinity, -kInfinity, std::nan("")}));
  observe("relu_back(0, infinity)", relu_back(0, kInfinity));
}

CASE(local_derivatives, sigmoid,
     "the slope of sigmoid is s(1 - s) with s = sigmoid(x): x went in, s came out") {
  const auto x = input("x", draw_list(200, -4, 4)), d = input("d", draw_list(200, -5, 5));
  calling("sigmoid_back(x, d)");
  observe("sigmoid_back(x, d)", each(sigmoid_back, x, d), {.terms = 100});
  observe("sigmoid_back(x, 1)", each(sigmoid_back, x, ones(200)), {.terms = 100});
  observe("sigmoid_back(0, 1)", sigmoid_back(0, 1), {.terms = 10});
}

CASE(local_derivatives, tanh, "the slope of tanh is 1 - tanh(x)², times d") {
  const auto x = input("x", draw_list(200, -2, 2)), d = input("d", draw_list(200, -5, 5));
  calling("tanh_back(x, d)");
  observe("tanh_back(x, d)", each(tanh_back, x, d), {.terms = 100});
  observe("tanh_back(x, 1)", each(tanh_back, x, ones(200)), {.terms = 100});
  observe("tanh_back(0, 1)", tanh_back(0, 1), {.terms = 10});
}

CASE(local_derivatives, flat_sigmoid,
     "where sigmoid is almost flat its slope is small, not 0: write 1 - s as sigmoid(-x)") {
  const auto x = input("x", draw_list(50, 15, 600)), d = input("d", draw_list(50, -5, 5));
  const auto left = input("x on the left", draw_list(31, -600, -15));
  calling("sigmoid_back far to the right and far to the left");
  observe("sigmoid_back(x, d)", each(sigmoid_back, x, d), {.terms = 1000});
  observe("sigmoid_back(left, d)", each(sigmoid_back, left, d), {.terms = 1000});
  observe("sigmoid_back(40, 1)", sigmoid_back(40, 1), {.terms = 1000});
}

CASE(local_derivatives, flat_tanh,
     "where tanh is almost flat its slope is small, not 0: 1 - tanh(x)² loses its digits") {
  const auto x = input("x", draw_list(50, 8, 300)), d = input("d", draw_list(50, -5, 5));
  const auto left = input("x on the left", draw_list(31, -300, -8));
  calling("tanh_back far to the right and far to the left");
  observe("tanh_back(x, d)", each(tanh_back, x, d), {.terms = 1000});
  observe("tanh_back(left, d)", each(tanh_back, left, d), {.terms = 1000});
  observe("tanh_back(20, 1)", tanh_back(20, 1), {.terms = 1000});
}

CASE(local_derivatives, far_ends, "at ±1000 the slopes of sigmoid and tanh are 0, and never NaN") {
  const auto d = input("d", draw_list(2, 1, 5));
  calling("sigmoid_back and tanh_back at ±1000 and at ±infinity");
  observe("sigmoid_back(±1000, d)", each(sigmoid_back, {1000, -1000}, d));
  observe("tanh_back(±1000, d)", each(tanh_back, {1000, -1000}, d));
  observe("sigmoid_back(infinity, 1)", sigmoid_back(kInfinity, 1));
  observe("tanh_back(-infinity, 1)", tanh_back(-kInfinity, 1));
}

CASE(local_derivatives, no_slope_arrives,
     "d = 0 gives 0: where the result does not depend on y, it does not depend on x") {
  const auto x = input("x", draw_list(11, 0.5, 9));
  const std::vector<double> zeros(11, 0.0);
  calling("all five with d = 0");
  observe("log_back(x, 0)", each(log_back, x, zeros));
  observe("inv_back(x, 0)", each(inv_back, x, zeros));
  observe("relu_back(x, 0)", each(relu_back, x, zeros));
  observe("sigmoid_back(x, 0)", each(sigmoid_back, x, zeros));
  observe("tanh_back(x, 0)", each(tanh_back, x, zeros));
}

PROOF(local_derivatives, against_central_differences) {
  Random random(3);
  const auto check = [](const char* name, double (*f)(double), double (*back)(double, double),
                        double x, double d) {
    const auto slope = numeric_gradient([f](const std::vector<double>& v) { return f(v[0]); }, {x});
    prove_close(name, back(x, d), d * slope[0], 1e-7);
  };
  for (int trial = 0; trial < 100; ++trial) {
    const double x = random.uniform(-4, 4), d = random.uniform(-3, 3),
                 far = std::copysign(0.5, x) + x;
    check("log_back", log, log_back, std::fabs(far), d);
    check("inv_back", inv, inv_back, far, d);
    check("relu_back", relu, relu_back, far, d);
    check("sigmoid_back", sigmoid, sigmoid_back, x, d);
    check(
        "tanh_back", [](double v) { return std::tanh(v); }, tanh_back, x, d);
  }
  prove(relu_back(0, 3) == 0, "relu_back(0, d) is 0");
}

}  // namespace
}  // namespace gradbook
