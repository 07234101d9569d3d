#include <cmath>
#include <limits>

#include "02_scalar/dual.hpp"
#include "02_scalar/scalar.hpp"
#include "support/expressions.hpp"
#include "support/gradcheck.hpp"

namespace gradbook {
namespace {

using Duals = std::span<const Dual>;

// A drawn number that moves at a drawn speed
Dual input_dual(const std::string& name, double low, double high) {
  const double value = input(name, draw(low, high));
  return {value, input("speed of " + name, draw(-3, 3))};
}

void observe_dual(const std::string& label, Dual dual, Tolerance tolerance = {}) {
  observe(label, std::vector<double>{dual.value, dual.tangent}, tolerance);
}

// The gradient of a formula in x and y by reverse mode
std::vector<double> reverse_gradient(Scalar (*of)(const Scalar&, const Scalar&),
                                     const std::vector<double>& at) {
  const Scalar x{at[0]}, y{at[1]};
  of(x, y).backward();
  return {x.grad(), y.grad()};
}

CASE(dual_numbers, product,
     "(a b)' = a' b + a b': both factors may move, also where they are the same number") {
  const Dual a = input_dual("a", -2, 2), b = input_dual("b", -2, 2);
  calling("a * b, b * a, a * a, 3 * a, a * 3");
  observe_dual("a * b", a * b, {.scale = 6});
  observe_dual("b * a", b * a, {.scale = 6});
  observe_dual("a * a", a * a, {.scale = 6});
  observe_dual("3 * a", 3.0 * a);
  observe_dual("a * 3", a * 3.0);
  observe("tangent of a * b when a alone moves", (a * b.value).tangent);
  observe("tangent of a * b when b alone moves", (a.value * b).tangent);
}

CASE(dual_numbers, quotient,
     "(a / b)' = (a' - (a / b) b') / b: dividing by b twice does not need b squared, which may "
     "overflow") {
  const Dual a = input_dual("a", 0.5, 2), b = input_dual("b", 0.5, 2);
  const Dual large{input("large", draw(1, 9) * 1e200), input("speed of large", draw(1, 9) * 1e200)};
  calling("a / b, b / a, a / a, 2 / a, a / 2, large / large");
  observe_dual("a / b", a / b, {.terms = 4, .scale = 20});
  observe_dual("b / a", b / a, {.terms = 4, .scale = 20});
  observe_dual("-a / a", -a / a, {.terms = 4, .scale = 6});
  observe_dual("2 / a", 2.0 / a, {.terms = 4});
  observe_dual("a / 2", a / 2.0);
  observe_dual("a / large", a * 1e200 / large, {.terms = 8, .scale = 20});
  observe("tangent of large / 2", (large / 2.0).tangent);
}

CASE(dual_numbers, powers, "(a^n)' = n a^(n - 1) a', and a^0 stands still also at a = 0") {
  const Dual a = input_dual("a", 0.5, 2), zero{0.0, input("speed of zero", draw(1, 3))};
  for (double n : {0.0, 1.0, 2.0, 3.0, 0.5, -1.0, -1.5}) {
    calling("pow(a, " + std::to_string(n) + ")");
    observe_dual("pow(a, " + std::to_string(n) + ")", pow(a, n), {.terms = 4});
  }
  for (int n : {0, 1, 2, 3}) {
    calling("pow(0, " + std::to_string(n) + ") and pow(-a, " + std::to_string(n) + ")");
    observe_dual("pow(0, " + std::to_string(n) + ")", pow(zero, n));
    observe("tangent of pow(-a, " + std::to_string(n) + ")", pow(-a, n).tangent, {.terms = 4});
  }
}

CASE(dual_numbers, kink,
     "relu lets a tangent pass above 0, stops it at 0 and below, and keeps a NaN a NaN") {
  const double speed = input("speed", draw(1, 3)), size = input("size", draw(0.5, 2));
  calling("relu of ±size, ±0, NaN and infinity, all moving");
  observe_dual("relu(size)", relu({size, speed}));
  observe_dual("relu(-size)", relu({-size, speed}));
  observe_dual("relu(0)", relu({0.0, speed}));
  observe_dual("relu(-0)", relu({-0.0, speed}));
  observe_dual("relu(infinity)", relu({std::numeric_limits<double>::infinity(), speed}));
  observe("value of relu(NaN)", relu({std::nan(""), speed}).value);
}

CASE(dual_numbers, saturation,
     "sigmoid and tanh neither overflow nor become NaN, however large the number") {
  const double speed = input("speed", draw(1, 3));
  for (double x : {-1000.0, -40.0, -0.0, 0.0, 40.0, 710.0, 1000.0}) {
    calling("sigmoid and tanh of " + std::to_string(x));
    observe_dual("sigmoid(" + std::to_string(x) + ")", sigmoid({x, speed}),
                 {.terms = 4, .scale = 1});
    observe_dual("tanh(" + std::to_string(x) + ")", tanh({x, speed}), {.terms = 4, .scale = 1});
  }
  const Dual a = input_dual("a", -2, 2);
  observe_dual("sigmoid(a)", sigmoid(a), {.terms = 4, .scale = 1});
  observe_dual("tanh(a)", tanh(a), {.terms = 4, .scale = 3});
  observe("value of sigmoid(NaN)", sigmoid({std::nan(""), speed}).value);
}

CASE(dual_numbers, function_table,
     "along with its value, every formula yields how fast it changes when x and y both move") {
  const Dual x = input_dual("x", 0.5, 2), y = input_dual("y", 0.5, 2);
  for (const auto& [text, of] : function_table<Dual>()) {
    calling(text);
    const Dual f = of(x, y);
    observe("value of " + std::string(text), f.value, {.terms = 20, .scale = 4});
    observe("tangent of " + std::string(text), f.tangent, {.terms = 20, .scale = 40});
  }
}

CASE(dual_numbers, equals_reverse_mode,
     "forward and reverse mode are two ways to one gradient: they differ by rounding alone") {
  const std::vector<double> at = input("x, y", draw_list(2, 0.5, 2));
  const std::vector<Expression<Scalar>> same = function_table<Scalar>();
  for (std::size_t i = 0; const auto& [text, of] : function_table<Dual>()) {
    calling(std::string("forward_gradient of ") + text);
    const std::vector<double> reverse = reverse_gradient(same[i++].of, at);
    std::vector<double> forward = forward_gradient([f = of](Duals d) { return f(d[0], d[1]); }, at);
    observe("gradient of " + std::string(text), forward, {.terms = 20, .scale = 20});
    for (std::size_t k = 0; k < forward.size() && k < 2; ++k) forward[k] -= reverse[k];
    observe("forward less reverse mode, " + std::string(text), forward, {.terms = 20, .scale = 20});
  }
}

CASE(dual_numbers, random_graph,
     "on a graph of any shape forward mode finds what reverse mode finds, input by input") {
  for (std::int64_t n : {1, 2, 7, 31, 67}) {
    for (std::int64_t leaves : {1, 3}) {
      const std::vector<double> at = input("leaves", draw_list(leaves, -1, 1));
      const std::vector<Step> steps = draw_steps(n, leaves);
      const std::vector<double> weights = draw_list(n + leaves, -1, 1);
      calling("forward_gradient of a graph of " + std::to_string(n) + " steps");
      const auto f = [&](Duals d) {
        return weighted_sum(follow(steps, std::vector<Dual>(d.begin(), d.end())), weights);
      };
      observe("gradient, " + std::to_string(n) + " steps on " + std::to_string(leaves),
              forward_gradient(f, at), {.terms = 1000, .scale = 3});
    }
  }
}

CASE(dual_numbers, direction,
     "inputs that move along a direction move the result by the sum of slope times speed; one run "
     "finds it") {
  for (std::size_t n : {0, 1, 2, 5, 11}) {
    const std::vector<double> x = input("x", draw_list(n, -1, 1));
    const std::vector<double> direction = input("direction", draw_list(n, -3, 3));
    const std::vector<double> weights = draw_list(n, -1, 1);
    const std::string text = std::to_string(n);
    std::int64_t calls = 0;
    std::vector<double> values, speeds;  // of the inputs that f gets to see
    calling("directional_derivative of a function of " + text + " inputs");
    const double slope = directional_derivative(
        [&](Duals d) {
          ++calls;
          Dual product = 1.0;
          for (std::size_t i = 0; i < d.size() && i < n; ++i) {
            values.push_back(d[i].value);
            speeds.push_back(d[i].tangent);
            product = product * (d[i] + weights[i]);
          }
          return product + exp(product);
        },
        x, direction);
    observe("values that f saw, " + text + " inputs", values);
    observe("speeds that f saw, " + text + " inputs", speeds);
    observe("slope along the direction, " + text + " inputs", slope, {.terms = 50, .scale = 10});
    observe("runs of f, " + text + " inputs", calls);
  }
}

CASE(dual_numbers, lengths,
     "a direction has one speed for each input: any other length is a ShapeError, and f is not "
     "run") {
  std::int64_t calls = 0;
  const auto f = [&](Duals d) {
    ++calls;
    return d.empty() ? Dual{1.0} : d[0] * 2.0;
  };
  const std::vector<double> x = input("x", draw_list(5, -1, 1));
  calling(
      "directional_derivative with fewer speeds than inputs, with more, with none, and with as "
      "many");
  observe_error("3 inputs, direction of 2",
                [&] { directional_derivative(f, std::span(x).first(3), std::span(x).first(2)); });
  observe_error("3 inputs, direction of 4",
                [&] { directional_derivative(f, std::span(x).first(3), std::span(x).first(4)); });
  observe_error("1 input, no direction",
                [&] { directional_derivative(f, std::span(x).first(1), {}); });
  observe_error("no input, direction of 1",
                [&] { directional_derivative(f, {}, std::span(x).first(1)); });
  observe("runs of f", calls);
}

CASE(dual_numbers, gradient,
     "the gradient takes one run per input, in each of which this input alone moves, at speed 1") {
  for (std::size_t n : {0, 1, 2, 3, 7, 13}) {
    const std::vector<double> x = input("x", draw_list(n, -1, 1));
    const std::vector<double> kept = x, factors = draw_list(n, -2, 2);
    const std::string text = std::to_string(n);
    std::vector<double> speeds;  // how much moves in each run
    const auto f = [&](Duals d) {
      Dual sum = 0.0, product = 1.0;
      double speed = 0;
      for (std::size_t i = 0; i < d.size(); ++i) {
        sum = sum + factors.at(i) * d[i] * d[i];
        product = product * (d[i] + 2.0);
        speed += d[i].tangent;
      }
      speeds.push_back(speed);
      return sum + log(product);
    };
    calling("forward_gradient of a function of " + text + " inputs, twice");
    observe("gradient of " + text, forward_gradient(f, x), {.terms = 50, .scale = 4});
    observe("sum of the speeds in each run, " + text, speeds);
    observe("gradient of " + text + " again", forward_gradient(f, x), {.terms = 50, .scale = 4});
    observe("x unchanged, " + text, x == kept);
  }
}

CASE(dual_numbers, constants, "a plain number stands still: where nothing moves, nothing changes") {
  const double c = input("c", draw(0.5, 2));
  calling(
      "every formula of the table on numbers with tangent 0, and on a constant beside a moving "
      "number");
  std::vector<double> tangents;
  for (const auto& [text, of] : function_table<Dual>()) tangents.push_back(of(c, 2 * c).tangent);
  observe("tangents where nothing moves", tangents);
  const Dual x = input_dual("x", 0.5, 2);
  observe_dual("c * x - c", c * x - c);
  observe_dual("x / c + c / x", x / c + c / x, {.terms = 8, .scale = 30});
}

// ---- proofs
// -----------------------------------------------------------------------------------------

[[maybe_unused]] void prove_all(const std::string& label, const std::vector<double>& got,
                                const std::vector<double>& expected, double within) {
  prove(got.size() == expected.size(), label + ": wrong number of values");
  for (std::size_t i = 0; i < got.size() && i < expected.size(); ++i) {
    prove_close(label + ", value " + std::to_string(i), got[i], expected[i],
                within * (1 + std::fabs(expected[i])));
  }
}

PROOF(dual_numbers, lecture) {
  const std::vector<double> at = {2, 3};
  const auto f = [](Duals d) { return log(pow(d[0], 2) + 1.0) * exp(d[1]) + pow(d[1], 2) * d[0]; };
  prove_close("f(2, 3)", f(std::vector<Dual>{2.0, 3.0}).value, 50.3264246157732, 1e-12);
  prove_all("gradient at (2, 3)", forward_gradient(f, at), {25.068429538550134, 44.3264246157732},
            1e-14);
}

PROOF(dual_numbers, function_table) {
  const std::vector<Expression<Scalar>> same = function_table<Scalar>();
  for (int round = 0; round < 5; ++round) {
    const std::vector<double> at = draw_list(2, 0.5, 2), direction = draw_list(2, -2, 2);
    for (std::size_t i = 0; const auto& [text, of] : function_table<Dual>()) {
      const auto f = [g = of](Duals d) { return g(d[0], d[1]); };
      const auto value = [g = of](const std::vector<double>& x) { return g(x[0], x[1]).value; };
      const std::vector<double> forward = forward_gradient(f, at);
      prove_all(std::string(text) + " against differences", forward, numeric_gradient(value, at),
                1e-8);
      prove_all(std::string(text) + " against reverse mode", forward,
                reverse_gradient(same[i++].of, at), 1e-13);
      prove_close(std::string(text) + " along a direction",
                  directional_derivative(f, at, direction),
                  forward[0] * direction[0] + forward[1] * direction[1], 1e-12);
    }
  }
}

PROOF(dual_numbers, random_graphs) {
  for (std::size_t n : {1, 5, 20, 50}) {
    const std::vector<Step> steps = draw_steps(n, 4);
    const std::vector<double> at = draw_list(4, -1, 1), weights = draw_list(n + 4, -1, 1);
    const auto f = [&](Duals d) {
      return weighted_sum(follow(steps, std::vector<Dual>(d.begin(), d.end())), weights);
    };
    const std::vector<Scalar> x(at.begin(), at.end());
    weighted_sum(follow(steps, x), weights).backward();
    std::vector<double> reverse;
    for (const Scalar& leaf : x) reverse.push_back(leaf.grad());
    prove_all("a random graph", forward_gradient(f, at), reverse, 1e-12);
  }
}

}  // namespace
}  // namespace gradbook
