#include <cmath>

#include "02_scalar/model.hpp"
#include "support/case.hpp"
#include "support/gradcheck.hpp"
#include "support/scalars.hpp"

namespace gradbook {
namespace {

// Sets as many parameters as there are values for; the others keep theirs
void set_values(const Model& model, const std::vector<double>& values) {
  std::vector<Scalar> parameters = model.parameters();
  for (std::size_t i = 0; i < parameters.size() && i < values.size(); ++i) {
    parameters[i].set_value(values[i]);
  }
}

// Values for all parameters of `hidden` units: none of them small enough to hide a mistake
std::vector<double> draw_parameters(std::size_t hidden) {
  std::vector<double> result = draw_list(3 * hidden + 1, 0.3, 2);
  for (double& value : result) value *= draw(0, 1) < 0.5 ? -1 : 1;
  return input("parameters of " + std::to_string(hidden) + " units", result);
}

// Rounding of a sum over units whose terms may cancel
Tolerance sum_over(std::size_t hidden) { return {.terms = 2.0 * hidden + 4, .scale = 16}; }

std::string with(std::size_t hidden) { return " with H = " + std::to_string(hidden); }

CASE(model, initial_values,
     "the 3H + 1 initial values are kScale · normal() from the seed, in the order w1, b1, w2, b2") {
  for (std::size_t hidden : {1, 2, 7, 20}) {
    const std::int64_t seed = input("seed", draw_integer(1, 1'000'000));
    calling("Model(" + std::to_string(hidden) + ", " + std::to_string(seed) + ").parameters()");
    observe("initial values" + with(hidden), values(Model(hidden, seed).parameters()));
  }
}

CASE(model, seeds, "equal seeds give equal models, whatever models were made before") {
  const std::int64_t seed = input("seed", draw_integer(1, 1'000'000));
  calling("two models of one seed, then one of the next seed");
  const Model first(3, seed), second(3, seed), other(3, seed + 1);
  observe("first", values(first.parameters()));
  observe("second", values(second.parameters()));
  observe("of the next seed", values(other.parameters()));
}

CASE(model, parameters_are_the_models_own,
     "parameters() hands out the numbers that the model computes with, each a number of its own") {
  for (std::size_t hidden : {1, 2, 5}) {
    const Model model(hidden);
    const std::vector<double> set = draw_parameters(hidden);
    calling("set_value on each of parameters(), then parameters() again" + with(hidden));
    set_values(model, set);
    observe("values read back" + with(hidden), values(model.parameters()));
  }
}

CASE(model, formula, "f(x) = w2 · relu(w1 x + b1) + b2, summed over every hidden unit") {
  for (std::size_t hidden : {1, 2, 5, 13}) {
    const Model model(hidden);
    set_values(model, draw_parameters(hidden));
    std::vector<double> outputs;
    for (double x : input("x", draw_list(hidden + 1, -2, 2))) {
      calling("f(x)" + with(hidden) + " at x = " + std::to_string(x));
      outputs.push_back(model(x).value());
    }
    observe("f" + with(hidden), outputs, sum_over(hidden));
  }
}

CASE(model, no_hidden_units,
     "with no hidden unit one parameter is left, and f(x) = b2 for every x") {
  const Model model(0, input("seed", draw_integer(1, 1'000'000)));
  calling("Model(0): parameters(), then f(x) with b2 set");
  observe("initial values", values(model.parameters()));
  set_values(model, {input("b2", draw(1, 2))});
  observe("f", model(input("x", draw(-2, 2))).value());
  observe("values after the call", values(model.parameters()));
}

CASE(model, gradients, "backward from f(x) reaches every parameter, and x") {
  for (std::size_t hidden : {1, 2, 5, 13}) {
    const Model model(hidden);
    set_values(model, draw_parameters(hidden));
    Scalar x = input("x", draw(0.5, 2));
    calling("f(x).backward()" + with(hidden));
    model(x).backward();
    observe("df/d(parameters)" + with(hidden), grads(model.parameters()), sum_over(hidden));
    observe("df/dx" + with(hidden), x.grad(), sum_over(hidden));
  }
}

CASE(model, shared_by_two_calls,
     "parameters are shared by all calls: the gradients of two outputs add up") {
  for (std::size_t hidden : {1, 4}) {
    const Model model(hidden);
    set_values(model, draw_parameters(hidden));
    const double weight = input("weight", draw(2, 3));
    calling("(f(a) - weight * f(b)).backward()" + with(hidden));
    Scalar a = input("a", draw(-2, -0.5)), b = input("b", draw(0.5, 2));
    (model(a) - weight * model(b)).backward();
    observe("gradients of the parameters" + with(hidden), grads(model.parameters()),
            {.terms = 2.0 * hidden + 8, .scale = 64});
    observe("gradients of a and b" + with(hidden), grads({a, b}),
            {.terms = 2.0 * hidden + 8, .scale = 64});
  }
}

CASE(model, computed_input,
     "x may be the result of a computation, such as another model's output") {
  const Model inner(2), outer(3);
  set_values(inner, draw_parameters(2));
  set_values(outer, draw_parameters(3));
  Scalar x = input("x", draw(0.5, 2));
  calling("y = g(f(x)); y.backward()");
  Scalar y = outer(inner(x));
  y.backward();
  const Tolerance tolerance{.terms = 30, .scale = 200};
  observe("y", y.value(), tolerance);
  observe("gradients of g", grads(outer.parameters()), tolerance);
  observe("gradients of f", grads(inner.parameters()), tolerance);
  observe("dy/dx", x.grad(), tolerance);
}

CASE(model, unchanged, "computing f(x) changes no parameter, and what f built goes when f goes") {
  for (std::size_t hidden : {1, 3}) {
    const Model model(hidden);
    set_values(model, draw_parameters(hidden));
    const Scalar x = input("x", draw(-2, 2));
    const std::size_t before = live_nodes();
    calling("f(x) three times" + with(hidden));
    std::vector<double> outputs;
    for (int i = 0; i < 3; ++i) outputs.push_back(model(x).value());
    observe("f, three times" + with(hidden), outputs, sum_over(hidden));
    observe("parameters after" + with(hidden), values(model.parameters()));
    observe("nodes left behind" + with(hidden), static_cast<std::int64_t>(live_nodes() - before));
  }
}

CASE(model, not_a_number,
     "a NaN or an infinity comes through, also from a unit that is not active: it must not be "
     "hidden") {
  const Model model(2);
  const std::vector<double> sound = draw_parameters(2);
  set_values(model, sound);
  calling("f(NaN)");
  observe("f(NaN)", model(std::nan("")).value());

  std::vector<double> broken = sound;
  broken[1] = 1, broken[3] = -10;  // the second unit is at x - 10
  broken[5] = HUGE_VAL;            // its w2
  set_values(model, broken);
  calling("f(x) where a unit that is not active has an infinite w2: infinity times 0 is NaN");
  observe("f with an infinite w2", model(input("x", draw(-2, 2))).value());
}

CASE(model, kink,
     "a unit that is exactly at its kink gives 0, and its weights get the gradient 0") {
  for (std::size_t hidden : {1, 3}) {
    const Model model(hidden);
    std::vector<double> set = draw_parameters(hidden);
    set[hidden] = -0.5 * set[0];  // exactly: w1 x + b1 of the first unit is 0 at x = 0.5
    set_values(model, set);
    Scalar x = 0.5;
    calling("f(0.5) where the first unit is exactly at its kink, then backward" + with(hidden));
    Scalar f = model(x);
    f.backward();
    observe("f" + with(hidden), f.value(), sum_over(hidden));
    observe("df/d(parameters)" + with(hidden), grads(model.parameters()), sum_over(hidden));
    observe("df/dx" + with(hidden), x.grad(), sum_over(hidden));
  }
}

PROOF(model, gradients) {
  for (std::size_t hidden : {1, 3, 20}) {
    const Model model(hidden, 3);
    std::vector<double> point = values(model.parameters());
    point.push_back(0.7);  // and x
    const auto f = [&](const std::vector<double>& at) {
      set_values(model, {at.begin(), at.end() - 1});
      return model(at.back()).value();
    };
    const std::vector<double> numeric = numeric_gradient(f, point);

    set_values(model, {point.begin(), point.end() - 1});
    Scalar x = point.back();
    model(x).backward(1.0);
    std::vector<double> analytic = grads(model.parameters());
    analytic.push_back(x.grad());
    for (std::size_t i = 0; i < point.size(); ++i) {
      prove_close("df/d(parameter " + std::to_string(i) + ")" + with(hidden), analytic[i],
                  numeric[i], 1e-8);
    }
  }
}

PROOF(model, closed_form) {
  const Model model(2);
  prove(Model(20).parameters().size() == 61, "twenty hidden units have 61 parameters");
  set_values(model, {1, -2, 0.5, 1, 3, -1, 0.25});
  prove_close("f(2)", model(2.0).value(), 7.75, 0);
  prove_close("f(0.25)", model(0.25).value(), 2, 0);
}

}  // namespace
}  // namespace gradbook
