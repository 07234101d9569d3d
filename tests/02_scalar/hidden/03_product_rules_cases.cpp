#include <fmt/format.h>

#include <cmath>
#include <limits>

#include "02_scalar/scalar.hpp"
#include "support/case.hpp"
#include "support/gradcheck.hpp"

namespace gradbook {
namespace {

// d(out)/d(x) by the chain rule along every path, so that a whole formula can be seen without
// backward
double slope(const Node* out, const Node* x) {
  if (out == x) return 1;
  if (out->operation == nullptr) return 0;
  const Partials partials = out->operation->partials(*out);
  double sum = 0;
  for (int k = 0; k < out->operation->inputs; ++k) sum += partials[k] * slope(out->inputs[k], x);
  return sum;
}

Scalar lecture_function(const Scalar& x, const Scalar& y) {
  return log(pow(x, 2) + 1.0) * exp(y) + pow(y, 2) * x;
}

CASE(product_rules, product, "the slope of a product by one factor is the other factor") {
  Scalar x{input("x", draw(-3, 3))}, y{input("y", draw(-3, 3))};
  calling("mul_partials of x * y");
  const auto [by_x, by_y] = mul_partials(*(x * y).node());
  observe("slope by x", by_x);
  observe("slope by y", by_y);
}

CASE(product_rules, square_as_product,
     "x * x has two inputs that happen to be one node: each has slope x, and backward adds them "
     "up") {
  Scalar x{input("x", draw(-3, 3))};
  calling("mul_partials of x * x");
  const auto [first, second] = mul_partials(*(x * x).node());
  observe("slope by the first input", first);
  observe("slope by the second input", second);
}

CASE(product_rules, quotient, "x / y has slope 1/y by x, and -x/y^2 by y") {
  for (const double sign : {1.0, -1.0}) {
    Scalar x{input("x", draw(-3, 3))}, y{input("y", sign * draw(0.5, 3))};
    calling("div_partials of x / y");
    const auto [by_x, by_y] = div_partials(*(x / y).node());
    observe(fmt::format("slope by x, y {} 0", sign > 0 ? ">" : "<"), by_x);
    observe(fmt::format("slope by y, y {} 0", sign > 0 ? ">" : "<"), by_y);
  }
}

CASE(product_rules, quotient_by_itself,
     "x / x has two inputs that happen to be one node: 1/x and -1/x, which cancel in backward") {
  Scalar x{input("x", draw(0.5, 3))};
  calling("div_partials of x / x");
  const auto [first, second] = div_partials(*(x / x).node());
  observe("slope by the first input", first);
  observe("slope by the second input", second);
}

CASE(product_rules, quotient_of_extremes,
     "y^2 overflows or becomes 0 where x / y and its slope do not: divide by y twice instead") {
  const double x = input("x", draw(1, 9)), y = input("y", draw(1, 9));
  calling("div_partials of (x * 1e200) / (y * 1e200), and of (x * 1e-250) / (y * 1e-200)");
  Scalar large = Scalar{x * 1e200} / (y * 1e200), small = Scalar{x * 1e-250} / (y * 1e-200);
  observe("slope by the divisor, large numbers", div_partials(*large.node())[1]);
  observe("slope by the divisor, small numbers", div_partials(*small.node())[1]);
}

CASE(product_rules, powers, "x^n has slope n x^(n-1), for every constant n") {
  Scalar x{input("x", draw(0.5, 3))};
  for (const double n : {-1.5, -1.0, 0.0, 0.5, 1.0, 2.0, 3.0, draw(2, 4)}) {
    calling(fmt::format("pow_partials of pow(x, {})", n));
    observe(fmt::format("slope of x^{:.3g}", n), pow_partials(*pow(x, n).node())[0], {.terms = 4});
  }
}

CASE(product_rules, powers_of_negative_numbers,
     "the slope of x^n for a negative x and a whole n has the sign of n x^(n-1)") {
  Scalar x{input("x", draw(-3, -0.5))};
  for (const int n : {-2, -1, 2, 3, 4}) {
    calling(fmt::format("pow_partials of pow(x, {})", n));
    observe(fmt::format("slope of x^{}", n), pow_partials(*pow(x, n).node())[0], {.terms = 4});
  }
}

CASE(product_rules, powers_at_zero,
     "at 0 the slope of x^n is n 0^(n-1), and that of x^0 is 0, for x^0 is 1 everywhere: none of "
     "them is NaN") {
  Scalar zero{0.0};
  for (const double n : {0.0, 1.0, 2.0, 3.0, 0.5, -1.0, draw(1.5, 4)}) {
    calling(fmt::format("pow_partials of pow(0, {})", n));
    observe(fmt::format("slope of x^{:.3g} at 0", n), pow_partials(*pow(zero, n).node())[0]);
  }
}

CASE(product_rules, exponential, "exp is its own slope, also where it overflows or becomes 0") {
  for (const double at :
       {draw(-2, 2), draw(-2, 2), draw(600, 700), draw(-700, -600), 800.0, -800.0}) {
    Scalar x{input("x", at)};
    calling("exp_partials of exp(x)");
    observe(fmt::format("slope at {:.3g}", at), exp_partials(*exp(x).node())[0]);
  }
}

CASE(product_rules, logarithm,
     "log(x) has slope 1/x, however small or large x is, and an infinite one at 0") {
  for (const double at :
       {draw(0.1, 0.9), draw(1, 5), draw(1, 9) * 1e-300, draw(1, 9) * 1e300, 1.0, 0.0}) {
    Scalar x{input("x", at)};
    calling("log_partials of log(x)");
    observe(fmt::format("slope at {:.3g}", at), log_partials(*log(x).node())[0]);
  }
}

CASE(product_rules, not_a_number,
     "a NaN among the inputs shows in the slopes that depend on it, and only there") {
  Scalar x{input("x", draw(0.5, 3))}, nan{std::numeric_limits<double>::quiet_NaN()};
  calling("partials of x * NaN, x / NaN, NaN / x, NaN^2, exp(NaN), log(NaN)");
  observe("x * NaN by x", mul_partials(*(x * nan).node())[0]);
  observe("x * NaN by NaN", mul_partials(*(x * nan).node())[1]);
  observe("x / NaN by x", div_partials(*(x / nan).node())[0]);
  observe("NaN / x by NaN", div_partials(*(nan / x).node())[0]);
  observe("NaN / x by x", div_partials(*(nan / x).node())[1]);
  observe("NaN^2", pow_partials(*pow(nan, 2).node())[0]);
  observe("exp(NaN)", exp_partials(*exp(nan).node())[0]);
  observe("log(NaN)", log_partials(*log(nan).node())[0]);
}

CASE(product_rules, only_looks,
     "a rule says what the slope is; it changes no value and no grad, and makes no node") {
  Scalar x{input("x", draw(0.5, 3))}, y{input("y", draw(0.5, 3))};
  const std::vector<Scalar> results = {x * y, x / y, pow(x, 3), exp(x), log(y)};
  x.set_grad(input("grad of x", draw(1, 2)));
  y.set_grad(input("grad of y", draw(1, 2)));
  for (const Scalar& result : results) result.node()->grad = draw(1, 2);
  const std::size_t before = live_nodes();
  calling("all five rules, twice");
  for (int i = 0; i < 2; ++i) {
    for (const Scalar& result : results) result.node()->operation->partials(*result.node());
  }
  observe("grad of x", x.grad());
  observe("grad of y", y.grad());
  for (const Scalar& result : results) {
    const char* name = result.node()->operation->name;
    observe(fmt::format("grad of the result of {}", name), result.grad());
    observe(fmt::format("value of the result of {}", name), result.value());
  }
  observe("nodes made", live_nodes() - before);
}

CASE(product_rules, lecture_graph,
     "the rules together give the slopes of f(x, y) = log(x^2 + 1) * exp(y) + y^2 * x") {
  for (int i = 0; i < 3; ++i) {
    Scalar x{input("x", draw(-3, 3))}, y{input("y", draw(-1, 3))};
    calling("the chain rule through log(x^2 + 1) * exp(y) + y^2 * x");
    Scalar f = lecture_function(x, y);
    observe(fmt::format("df/dx at point {}", i), slope(f.node(), x.node()),
            {.terms = 6, .scale = 40});
    observe(fmt::format("df/dy at point {}", i), slope(f.node(), y.node()),
            {.terms = 6, .scale = 40});
  }
}

CASE(product_rules, nested_quotients,
     "the rules work on results as on leaves: exp(x / y) / log(x * y) ^ 1.5") {
  Scalar x{input("x", draw(1.5, 3))}, y{input("y", draw(1.5, 3))};
  calling("the chain rule through exp(x / y) / pow(log(x * y), 1.5)");
  Scalar f = exp(x / y) / pow(log(x * y), 1.5);
  observe("df/dx", slope(f.node(), x.node()), {.terms = 8, .scale = 10});
  observe("df/dy", slope(f.node(), y.node()), {.terms = 8, .scale = 10});
}

PROOF(product_rules, lecture_literals) {
  Scalar x{2.0}, y{3.0};
  Scalar f = lecture_function(x, y);
  prove_close("f(2, 3)", f.value(), 50.3264246157732, 1e-13);
  prove_close("df/dx at (2, 3)", slope(f.node(), x.node()), 25.068429538550134, 1e-13);
  prove_close("df/dy at (2, 3)", slope(f.node(), y.node()), 44.3264246157732, 1e-13);
}

PROOF(product_rules, central_differences) {
  const auto check = [](const char* label, auto f, double x, double y) {
    Scalar a{x}, b{y};
    const Scalar out = f(a, b);
    const std::vector<double> numeric = numeric_gradient(
        [&](const std::vector<double>& at) { return f(Scalar{at[0]}, Scalar{at[1]}).value(); },
        {x, y});
    for (int k = 0; k < 2; ++k) {
      const double exact = slope(out.node(), k == 0 ? a.node() : b.node());
      prove_close(label, exact, numeric[k], 1e-7 * std::fmax(1, std::fabs(exact)));
    }
  };
  for (int i = 0; i < 50; ++i) {
    const double x = draw(0.5, 2), y = draw(0.5, 2), n = draw(-3, 3);
    check(
        "x * y", [](const Scalar& a, const Scalar& b) { return a * b; }, -x, y);
    check(
        "x / y", [](const Scalar& a, const Scalar& b) { return a / b; }, x, -y);
    check(
        "x^n", [n](const Scalar& a, const Scalar&) { return pow(a, n); }, x, y);
    check(
        "x^3 below 0", [](const Scalar& a, const Scalar&) { return pow(a, 3); }, -x, y);
    check(
        "exp", [](const Scalar& a, const Scalar&) { return exp(a); }, x, y);
    check(
        "log", [](const Scalar& a, const Scalar&) { return log(a); }, x, y);
    check(
        "lecture", [](const Scalar& a, const Scalar& b) { return lecture_function(a, b); }, x, y);
  }
}

}  // namespace
}  // namespace gradbook
