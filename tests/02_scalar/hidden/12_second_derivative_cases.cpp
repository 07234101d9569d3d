#include <cmath>
#include <limits>

#include "02_scalar/second_derivative.hpp"
#include "support/expressions.hpp"
#include "support/gradcheck.hpp"

namespace gradbook {
namespace {

using Scalars = std::vector<Scalar>;

std::vector<double> values(const Scalars& scalars) {
  std::vector<double> result;
  for (const Scalar& scalar : scalars) result.push_back(scalar.value());
  return result;
}

std::vector<double> grads(const Scalars& scalars) {
  std::vector<double> result;
  for (const Scalar& scalar : scalars) result.push_back(scalar.grad());
  return result;
}

// All second derivatives, row by row; a gradient of the wrong length gives too few or too many
// numbers
std::vector<double> hessian(const Scalar& y, const Scalars& wrt) {
  std::vector<double> result;
  for (const Scalar& first : gradient(y, wrt)) {
    for (const Scalar& second : gradient(first, wrt)) result.push_back(second.value());
  }
  return result;
}

Scalars leaves(const std::vector<double>& values) { return {values.begin(), values.end()}; }

CASE(second_derivative, product_and_square,
     "a gradient is itself computed from u and v, so it has a gradient: that of u^2 + u v is 2u + "
     "v and u") {
  const Scalars uv = leaves(input("u, v", draw_list(2, -3, 3)));
  const Scalar y = uv[0] * uv[0] + uv[0] * uv[1];
  calling(
      "gradient(u * u + u * v, {u, v}), then the gradient of each of the two numbers that come "
      "back");
  observe("dy/du, dy/dv", values(gradient(y, uv)));
  observe("d(dy/du)/du, d(dy/du)/dv", values(gradient(gradient(y, uv).at(0), uv)));
  observe("d(dy/dv)/du, d(dy/dv)/dv", values(gradient(gradient(y, uv).at(1), uv)));
  observe("d(dy/du)/du alone", gradient(gradient(y, uv).at(0), {{uv[0]}}).at(0).value());
}

CASE(second_derivative, rules,
     "each operation has its own derivative, and a - b, a / b treat their inputs differently") {
  const Scalars x = leaves(input("a, b", draw_list(2, 0.5, 2)));
  const Scalar &a = x[0], &b = x[1];
  calling("partials(a + b), partials(a - b), …");
  const auto both = [](const char* text, const Scalar& out) {
    const std::array<Scalar, 2> slopes = partials(out);
    observe(text, std::vector<double>{slopes[0].value(), slopes[1].value()}, {.terms = 4});
  };
  const auto single = [](const char* text, const Scalar& out) {
    observe(text, partials(out)[0].value(), {.terms = 4});
  };
  both("partials(a + b)", a + b);
  both("partials(a - b)", a - b);
  both("partials(a * b)", a * b);
  both("partials(a / b)", a / b);
  both("partials(a * a)", a * a);
  single("partials(-a)", -a);
  single("partials(pow(a, 3))", pow(a, 3));
  single("partials(pow(a, -1.5))", pow(a, -1.5));
  single("partials(exp(a))", exp(a));
  single("partials(log(a))", log(a));
  single("partials(relu(a))", relu(a));
  single("partials(relu(-a))", relu(-a));
  single("partials(sigmoid(a))", sigmoid(a));
  single("partials(tanh(a))", tanh(a));
}

CASE(second_derivative, function_table,
     "a derivative that was taken from values alone, without history, has no derivative of its "
     "own") {
  const Scalars xy = leaves(input("x, y", draw_list(2, 0.5, 2)));
  for (const auto& [text, of] : function_table<Scalar>()) {
    const Scalar f = of(xy[0], xy[1]);
    calling("gradient of f = " + std::string(text) + ", and the gradients of what comes back");
    observe("gradient of " + std::string(text), values(gradient(f, xy)),
            {.terms = 20, .scale = 10});
    observe("second derivatives of " + std::string(text), hessian(f, xy),
            {.terms = 100, .scale = 100});
  }
}

CASE(second_derivative, higher, "what comes back can be differentiated as often as you like") {
  const double at = input("x", draw(0.5, 1.5));
  for (const auto& [text, of] : function_table<Scalar>()) {
    const Scalar x{at};
    calling("the gradient of the gradient of … of f(x) = " + std::string(text) + ", with y = x");
    std::vector<double> derivatives;
    for (Scalar f = of(x, x); derivatives.size() < 4; derivatives.push_back(f.value())) {
      f = gradient(f, {{x}}).at(0);
    }
    observe("f', f'', f''', f'''' of " + std::string(text), derivatives,
            {.terms = 1000, .scale = 1000});
  }
}

CASE(second_derivative, accumulates,
     "a number that is used several times collects a share from each use: nothing is overwritten") {
  const Scalar x{input("x", draw(0.5, 1.5))};
  const std::int64_t rungs = input("rungs", draw_integer(3, 9));
  Scalar ladder = x, power = x;
  for (std::int64_t i = 0; i < rungs; ++i) {
    ladder = ladder + ladder;
    power = power * x;
  }
  calling("gradient of a ladder of b = a + a, and of x * x * … * x");
  observe("slope of the ladder", gradient(ladder, {{x}}).at(0).value());
  observe("slope of the power, twice asked for", values(gradient(power, {{x, x}})), {.terms = 50});
  observe("second derivative of the power", hessian(power, {x}), {.terms = 500});
  observe("gradient of a diamond", values(gradient(exp(x) * log(x), {{x}})),
          {.terms = 20, .scale = 5});
}

CASE(second_derivative, lists,
     "one number comes back for each that you ask for, in your order: 0 where y does not depend on "
     "it") {
  const Scalars made = leaves(input("x_0 … x_8", draw_list(9, -1, 1)));
  const Scalar y =
      weighted_sum(follow(draw_steps(20, 9), made), draw_list(29, -1, 1)) + pow(made[0], 3);
  const Scalar unrelated = made[0] * 2.0;
  for (std::int64_t n : {0, 1, 2, 3, 5, 7, 11}) {
    Scalars wrt;
    std::vector<std::int64_t> places;
    for (std::int64_t i = 0; i < n; ++i) {
      places.push_back(draw_integer(0, 9));
      wrt.push_back(places.back() == 9 ? unrelated : made[places.back()]);
    }
    input("places asked for, 9 has nothing to do with y", places);
    calling("gradient(y, list of " + std::to_string(n) + ")");
    const Scalars result = gradient(y, wrt);
    observe("gradient by " + std::to_string(n), values(result), {.terms = 500, .scale = 3});
    observe("list of " + std::to_string(n) + " unchanged", values(wrt));
  }
}

CASE(second_derivative, not_reached,
     "what y does not depend on has gradient 0, and so has everything for a constant y") {
  const Scalars x = leaves(input("x, z", draw_list(2, 0.5, 2)));
  const Scalar y = exp(x[0]), constant{4.0}, later = y * x[1];
  calling("gradient of exp(x) by z, by exp(x) * z, and of a constant");
  observe("by z", values(gradient(y, {{x[1]}})));
  observe("by what was computed from it, and by x", values(gradient(y, {{later, x[0]}})));
  observe("of a constant by x, z, itself", values(gradient(constant, {{x[0], x[1], constant}})));
  observe("second derivatives of 3 x by x, z", hessian(3.0 * x[0], x));
}

CASE(second_derivative, inner_numbers,
     "results on the way to y, and y itself, have a gradient as leaves have") {
  const Scalar x{input("x", draw(0.5, 1.5))};
  const Scalar a = x * x, b = sigmoid(a), y = b * a + exp(b);
  calling("gradient of y = b a + exp(b) by x, a = x x, b = sigmoid(a), and y");
  observe("gradient by x, a, b, y", values(gradient(y, {{x, a, b, y}})), {.terms = 20, .scale = 4});
  observe("d(dy/da)/dx", gradient(gradient(y, {{a}}).at(0), {{x}}).at(0).value(),
          {.terms = 100, .scale = 10});
  observe("of a leaf by itself", values(gradient(x, {{x}})));
}

CASE(second_derivative, leaves_grads_alone,
     "gradient returns its numbers: the grads that nodes carry belong to backward") {
  const Scalars x = leaves(input("x, y, z", draw_list(3, 0.5, 2)));
  Scalars all = follow<Scalar>(draw_steps(6, 3), x);
  const Scalar top = weighted_sum(all, draw_list(9, -1, 1));
  for (Scalar& scalar : all) scalar.set_grad(draw(-1, 1));
  const std::vector<double> before = values(all);
  input("grads before", grads(all));
  calling("gradient, and its gradient, of a graph whose nodes have grads already");
  observe("gradient", values(gradient(top, x)), {.terms = 100, .scale = 3});
  hessian(top, x);
  observe("grads after", grads(all));
  observe("grad of the root after", top.grad());
  observe("values unchanged", values(all) == before);
}

CASE(second_derivative, again,
     "every call starts afresh, and keeps nothing alive once its result is gone") {
  const std::size_t before = live_nodes();
  {
    const Scalars x = leaves(input("x, y", draw_list(2, 0.5, 2)));
    const Scalar f = x[0] * exp(x[1]), g = log(f) + x[0];
    calling("gradient of f = x exp(y), again of f, of g = log(f) + x, again of f");
    observe("of f", values(gradient(f, x)), {.terms = 4});
    observe("of f again", values(gradient(f, x)), {.terms = 4});
    observe("of g", values(gradient(g, x)), {.terms = 8, .scale = 4});
    observe("of f after g", values(gradient(f, x)), {.terms = 4});
  }
  observe("nodes still alive once all is gone", live_nodes() - before);
}

CASE(second_derivative, random_graph,
     "on a graph of any shape the gradient and its gradient are those of the formula") {
  for (std::int64_t n : {1, 2, 7, 31, 67}) {
    const Scalars x = leaves(input("x, y, z", draw_list(3, -1, 1)));
    const Scalar f = weighted_sum(follow(draw_steps(n, 3), x), draw_list(n + 3, -1, 1));
    calling("gradient of a random graph of " + std::to_string(n) + " steps on 3 leaves");
    observe("gradient, " + std::to_string(n) + " steps", values(gradient(f, x)),
            {.terms = 1000, .scale = 3});
    observe("second derivatives, " + std::to_string(n) + " steps", hessian(f, x),
            {.terms = 10000, .scale = 10});
  }
}

CASE(second_derivative, edges,
     "0, large numbers and NaN: relu has slope 0 at 0, pow with exponent 0 is constant") {
  const Scalar zero{0.0}, large{input("large", draw(800, 1000))}, nan{std::nan("")};
  calling("derivatives at 0, ±large and NaN");
  observe("relu at 0: first, second",
          std::vector<double>{gradient(relu(zero), {{zero}}).at(0).value(),
                              hessian(relu(zero), {zero}).at(0)});
  observe("slope of relu at NaN", gradient(relu(nan), {{nan}}).at(0).value());
  for (double n : {0.0, 1.0, 2.0, 3.0}) {
    std::vector<double> derivatives;
    for (Scalar f = pow(zero, n); derivatives.size() < 4; derivatives.push_back(f.value())) {
      f = gradient(f, {{zero}}).at(0);
    }
    observe("derivatives of pow(x, " + std::to_string(static_cast<int>(n)) + ") at 0", derivatives);
  }
  for (const Scalar& x : {large, -large}) {
    observe("second derivatives of sigmoid, tanh at " + std::to_string(x.value()),
            std::vector<double>{hessian(sigmoid(x), {x}).at(0), hessian(tanh(x), {x}).at(0)});
  }
  observe("gradient of NaN * x", values(gradient(nan * large, {{nan, large}})));
}

CASE(second_derivative, leaf_has_no_partials,
     "a leaf was not computed from anything: asking for its partials is an error") {
  const Scalar x{input("x", draw(-1, 1))};
  const Operation foreign{"foreign", 1, neg_partials};
  const Scalar y = record(foreign, -x.value(), x);
  calling("partials(x) of a leaf; gradient through an operation that is none of the eleven");
  observe_error("partials of a leaf", [&] { partials(x); });
  observe_error("partials of a foreign operation", [&] { partials(y); });
  observe_error("gradient through a foreign operation", [&] { gradient(y * x, {{x}}); });
  observe("a leaf's own gradient", values(gradient(x, {{x}})));
}

CASE(second_derivative, long_chain,
     "a long chain must not need nested calls, neither on the way back nor once more",
     {.stack_kib = 256}) {
  const std::int64_t length = input("length", 30'000 + draw_integer(0, 9));
  const Scalar x{input("x", draw(0.5, 1))};
  Scalar y = x * x;
  for (std::int64_t i = 0; i < length; ++i) y = -y;
  calling("gradient, and its gradient, of ---…-(x x), on a stack of 256 KiB");
  const Scalar first = gradient(y, {{x}}).at(0);
  observe("slope", first.value());
  observe("second derivative", gradient(first, {{x}}).at(0).value());
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

PROOF(second_derivative, lecture) {
  const Scalar u{6.0}, v{0.0};
  const Scalar y = u * u + u * v;
  const Scalars first = gradient(y, {{u, v}});
  prove_all("u^2 + uv at (6, 0)", values(first), {12, 6}, 0);
  prove_all("its second derivatives", hessian(y, {u, v}), {2, 1, 1, 0}, 0);
}

PROOF(second_derivative, closed_forms) {
  for (double at : {-1.3, 0.2, 0.9, 2.1}) {
    const Scalar x{at};
    const auto derivatives = [&](Scalar f) {
      std::vector<double> result;
      for (int i = 0; i < 3; ++i) result.push_back((f = gradient(f, {{x}}).at(0)).value());
      return result;
    };
    const double s = 1 / (1 + std::exp(-at)), ds = s * (1 - s), t = std::tanh(at), e = std::exp(at);
    prove_all("exp", derivatives(exp(x)), {e, e, e}, 1e-14);
    prove_all("log(x^2)", derivatives(log(x * x)), {2 / at, -2 / (at * at), 4 / (at * at * at)},
              1e-14);
    prove_all("x^3", derivatives(pow(x, 3)), {3 * at * at, 6 * at, 6}, 1e-14);
    prove_all("1/x", derivatives(1.0 / x),
              {-1 / (at * at), 2 / (at * at * at), -6 / (at * at * at * at)}, 1e-13);
    prove_all("sigmoid", derivatives(sigmoid(x)),
              {ds, ds * (1 - 2 * s), ds * (1 - 6 * s + 6 * s * s)}, 1e-13);
    prove_all("tanh", derivatives(tanh(x)),
              {1 - t * t, -2 * t * (1 - t * t), (1 - t * t) * (6 * t * t - 2)}, 1e-13);
  }
}

// First derivatives by our own gradient, and the differences of those: the Hessian
[[maybe_unused]] void prove_hessian(const std::string& text, Scalar (*of)(const Scalars&),
                                    const std::vector<double>& at) {
  const auto value = [&](const std::vector<double>& x) { return of(leaves(x)).value(); };
  const Scalars x = leaves(at);
  const Scalar f = of(x);
  prove_all(text, values(gradient(f, x)), numeric_gradient(value, at), 1e-9);

  std::vector<double> rows;
  for (std::size_t i = 0; i < at.size(); ++i) {
    const auto slope = [&](const std::vector<double>& moved) {
      const Scalars y = leaves(moved);
      return gradient(of(y), y).at(i).value();
    };
    for (double second : numeric_gradient(slope, at)) rows.push_back(second);
  }
  prove_all("Hessian of " + text, hessian(f, x), rows, 1e-8);
}

PROOF(second_derivative, function_table) {
  static Scalar (*of)(const Scalar&, const Scalar&) = nullptr;
  for (int round = 0; round < 3; ++round) {
    for (const Expression<Scalar>& expression : function_table<Scalar>()) {
      of = expression.of;
      const auto f = [](const Scalars& x) { return of(x[0], x[1]); };
      prove_hessian(expression.text, f, draw_list(2, 0.5, 2));
    }
  }
}

PROOF(second_derivative, random_graphs) {
  static std::vector<Step> steps;
  static std::vector<double> weights;
  for (std::size_t n : {1, 5, 20}) {
    steps = draw_steps(n, 4);
    // A kink within the step of a difference would spoil it: leave relu to the table
    for (Step& step : steps) step.kind = step.kind == 7 ? 9 : step.kind;
    weights = draw_list(n + 4, -1, 1);
    const auto f = [](const Scalars& x) { return weighted_sum(follow(steps, x), weights); };
    prove_hessian("a random graph", f, draw_list(4, -1, 1));
  }
}

}  // namespace
}  // namespace gradbook
