#include <fmt/format.h>

#include <cmath>
#include <limits>

#include "02_scalar/label.hpp"
#include "02_scalar/scalar.hpp"
#include "support/case.hpp"
#include "support/gradcheck.hpp"

namespace gradbook {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();
constexpr double kSmallest = std::numeric_limits<double>::denorm_min();

// d(out)/d(x) by the chain rule, where `out` is a chain of operations on x alone
double slope(const Node* out, const Node* x) {
  double product = 1;
  for (; out != x; out = out->inputs[0]) product *= out->operation->partials(*out)[0];
  return product;
}

double slope_of(const Scalar& out) { return out.node()->operation->partials(*out.node())[0]; }

CASE(activations, relu_values,
     "relu(x) is x above 0 and 0 below; its slope is 1 above 0 and 0 below") {
  std::vector<double> values, slopes;
  for (const double x : input("x", draw_list(20, -5, 5))) {
    Scalar y = relu(x);
    values.push_back(y.value());
    slopes.push_back(relu_partials(*y.node())[0]);
  }
  calling("relu of each, and relu_partials");
  observe("values", values);
  observe("slopes", slopes);
}

CASE(activations, relu_cubed, "the slope of relu(x)^3 is 3 max(0, x)^2") {
  std::vector<double> at = draw_list(10, -5, 4), values, slopes;
  for (int i = -5; i <= 4; ++i) at.push_back(i);
  calling("pow(relu(x), 3) on [-5, 4], and its slope by the chain rule");
  for (const double x : input("x", at)) {
    Scalar from{x}, y = pow(relu(from), 3);
    values.push_back(y.value());
    slopes.push_back(slope(y.node(), from.node()));
  }
  observe("values", values, {.terms = 4});
  observe("slopes", slopes, {.terms = 4});
}

CASE(activations, relu_at_the_kink,
     "at 0 and at -0 the slope of relu is 0, and right above it is 1") {
  calling("relu and relu_partials at 0, -0, and at the numbers next to 0");
  observe("value at 0", relu(0.0).value());
  observe("value at -0", relu(-0.0).value());
  observe("value right above 0", relu(kSmallest).value() > 0);
  observe("value right below 0", relu(-kSmallest).value());
  observe("slope at 0", slope_of(relu(0.0)));
  observe("slope at -0", slope_of(relu(-0.0)));
  observe("slope right above 0", slope_of(relu(kSmallest)));
  observe("slope right below 0", slope_of(relu(-kSmallest)));
}

CASE(activations, not_a_number,
     "NaN passes through: a comparison with NaN is false, so mind which branch that leaves") {
  Scalar nan{std::numeric_limits<double>::quiet_NaN()};
  calling("relu, sigmoid and tanh of NaN");
  observe("relu(NaN)", relu(nan).value());
  observe("sigmoid(NaN)", sigmoid(nan).value());
  observe("tanh(NaN)", tanh(nan).value());
}

CASE(activations, infinities,
     "at either infinity each function has its limit, and a slope that is no NaN") {
  calling("relu, sigmoid and tanh of infinity and -infinity");
  for (const double x : {kInfinity, -kInfinity}) {
    const char* at = x > 0 ? "infinity" : "-infinity";
    observe(fmt::format("relu({})", at), relu(x).value());
    observe(fmt::format("sigmoid({})", at), sigmoid(x).value());
    observe(fmt::format("tanh({})", at), tanh(x).value());
    observe(fmt::format("slope of relu at {}", at), slope_of(relu(x)));
    observe(fmt::format("slope of sigmoid at {}", at), slope_of(sigmoid(x)));
    observe(fmt::format("slope of tanh at {}", at), slope_of(tanh(x)));
  }
}

CASE(activations, sigmoid_values, "sigmoid(x) is 1 / (1 + exp(-x)), and its slope is s (1 - s)") {
  std::vector<double> values, slopes;
  calling("sigmoid of each, and sigmoid_partials");
  for (const double x : input("x", draw_list(20, -6, 6))) {
    Scalar y = sigmoid(x);
    values.push_back(y.value());
    slopes.push_back(sigmoid_partials(*y.node())[0]);
  }
  observe("values", values);
  observe("slopes", slopes, {.scale = 1});
}

CASE(activations, sigmoid_small_values,
     "far below 0 sigmoid(x) is close to exp(x), to all digits: taking a number close to 1 from 1 "
     "loses them") {
  std::vector<double> values, slopes;
  calling("sigmoid of numbers around -30, and sigmoid_partials");
  for (const double x : input("x", draw_list(10, -40, -20))) {
    Scalar y = sigmoid(x);
    values.push_back(y.value());
    slopes.push_back(sigmoid_partials(*y.node())[0]);
  }
  observe("values", values);
  observe("slopes", slopes);
}

CASE(activations, sigmoid_saturated,
     "far from 0 sigmoid is 0 or 1 without any overflow on the way: exp of a large number is "
     "infinite") {
  for (const double x : {40.0, -40.0, 1000.0, -1000.0, draw(100, 600), draw(720, 5000)}) {
    Scalar y = sigmoid(input("x", x));
    calling("sigmoid of x, and sigmoid_partials");
    observe(fmt::format("sigmoid({:.6g})", x), y.value());
    observe(fmt::format("slope at {:.6g}", x), sigmoid_partials(*y.node())[0], {.scale = 1});
  }
}

CASE(activations, sigmoid_beyond_exp,
     "below -710 exp(-x) is infinite, but sigmoid(x) is still above 0: use exp(x) there") {
  const double x = input("x", draw(-716, -712));
  calling("sigmoid of x");
  observe("sigmoid", sigmoid(x).value(), {.scale = 1e-300});
}

CASE(activations, tanh_values, "tanh has slope 1 - t^2, where t is its value") {
  std::vector<double> values, slopes;
  calling("tanh of each, and tanh_partials");
  for (const double x : input("x", draw_list(20, -3, 3))) {
    Scalar y = tanh(x);
    values.push_back(y.value());
    slopes.push_back(tanh_partials(*y.node())[0]);
  }
  observe("values", values);
  observe("slopes", slopes, {.scale = 1});
}

CASE(activations, tanh_small,
     "close to 0 tanh(x) is x to all digits: a difference of exponentials loses them") {
  std::vector<double> values;
  calling("tanh of numbers close to 0");
  for (const double x : input("x", draw_list(10, -1e-6, 1e-6))) values.push_back(tanh(x).value());
  observe("values", values);
}

CASE(activations, tanh_saturated, "far from 0 tanh is 1 or -1, and its slope is 0") {
  for (const double x : {40.0, -40.0, 1000.0, -1000.0, draw(100, 300), draw(-5000, -720)}) {
    Scalar y = tanh(input("x", x));
    calling("tanh of x, and tanh_partials");
    observe(fmt::format("tanh({:.6g})", x), y.value());
    observe(fmt::format("slope at {:.6g}", x), tanh_partials(*y.node())[0], {.scale = 1});
  }
}

CASE(activations, one_operation_each,
     "each function is one operation with one input, and makes one node") {
  Scalar x{input("x", draw(0.5, 2)), "x"};
  x.set_grad(draw(1, 2));
  const double grad = x.grad(), value = x.value();
  const std::int64_t n = input("n", draw_integer(2, 9));
  const std::size_t before = live_nodes();
  std::vector<Scalar> kept;
  calling("relu(x), sigmoid(x) and tanh(x), n times each");
  for (std::int64_t i = 0; i < n; ++i) {
    for (const Scalar& y : {relu(x), sigmoid(x), tanh(x)}) kept.push_back(y);
  }
  observe("nodes made", live_nodes() - before);
  const char* const names[] = {"relu", "sigmoid", "tanh"};
  for (std::size_t i = 0; i < 3; ++i) {
    const auto [first, second] = kept[i].node()->inputs;
    observe(fmt::format("{}(x) was recorded as", names[i]), label(kept[i].node()));
    observe(fmt::format("x is the only input of {}(x)", names[i]),
            first == x.node() && second == nullptr);
  }
  observe("x has its value still", x.value() == value);
  observe("x has its grad still", x.grad() == grad);
}

CASE(activations, stacked,
     "the functions can be applied one to another, and their slopes multiply") {
  for (int i = 0; i < 3; ++i) {
    Scalar x{input("x", draw(-2, 2))};
    calling("sigmoid(tanh(relu(x))) and relu(tanh(sigmoid(x)))");
    Scalar y = sigmoid(tanh(relu(x))), z = relu(tanh(sigmoid(x)));
    observe(fmt::format("sigmoid(tanh(relu(x))) at point {}", i), y.value());
    observe(fmt::format("its slope at point {}", i), slope(y.node(), x.node()),
            {.terms = 4, .scale = 1});
    observe(fmt::format("relu(tanh(sigmoid(x))) at point {}", i), z.value());
    observe(fmt::format("its slope by the other order at point {}", i), slope(z.node(), x.node()),
            {.terms = 4, .scale = 1});
  }
}

PROOF(activations, relu_cubed) {
  for (int i = 0; i < 50; ++i) {
    const double at = i < 10 ? i - 5 : draw(-5, 4), above = at > 0 ? at : 0;
    Scalar x{at}, y = pow(relu(x), 3);
    prove_close("relu(x)^3", y.value(), above * above * above, 1e-13);
    prove_close("slope of relu(x)^3", slope(y.node(), x.node()), 3 * above * above, 1e-13);
  }
}

PROOF(activations, central_differences) {
  using Function = Scalar (*)(const Scalar&);
  for (const Function f : {Function{relu}, Function{sigmoid}, Function{tanh}}) {
    for (int i = 0; i < 50; ++i) {
      const double at = (i % 2 ? -1 : 1) * draw(0.01, 4);
      const auto value = [&](const std::vector<double>& x) { return f(Scalar{x[0]}).value(); };
      const Scalar y = f(Scalar{at});
      prove_close(y.node()->operation->name, slope_of(y), numeric_gradient(value, {at})[0], 1e-9);
    }
  }
}

PROOF(activations, sigmoid_identities) {
  double before = 0;
  for (double x = -30; x <= 30; x += 0.5) {
    const double s = sigmoid(x).value();
    prove_close("sigmoid(x) + sigmoid(-x)", s + sigmoid(-x).value(), 1, 1e-15);
    prove_close("2 sigmoid(2x) - 1 against tanh(x)", 2 * sigmoid(2 * x).value() - 1,
                tanh(x).value(), 1e-15);
    prove(s > before, "sigmoid grows from -30 to 30");
    before = s;
  }
}

}  // namespace
}  // namespace gradbook
