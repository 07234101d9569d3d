#include <fmt/format.h>

#include <cmath>
#include <limits>

#include "04_autograd/custom.hpp"
#include "support/arrays.hpp"
#include "support/gradcheck.hpp"

namespace gradbook {
namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN(),
                 kInfinity = std::numeric_limits<double>::infinity();

// What the function that made `result` sends to its inputs
std::vector<Tensor> shares(const Tensor& result, const Tensor& grad) {
  return result.variable()->function->backward(result.variable()->context, grad);
}

const Shape kShapes[] = {{}, {1}, {7}, {0}, {2, 3}, {3, 0, 2}, {1, 5, 1}, {2, 3, 4}, {2, 1, 3, 2}};

CASE(custom_function, values,
     "my_relu(a) is max(a, 0) for arrays of any shape, however their numbers lie") {
  for (const Shape& shape : kShapes) {
    for (const Layout layout : kLayouts) {
      const std::string label = fmt::format("{}, {}", text(shape), name(layout));
      const Tensor a = input_array("a", shape, -2, 2, layout);
      calling("my_relu(a), a " + label);
      const Tensor b = my_relu(a);
      observe("my_relu of " + label, b.value());
      observe("a after, " + label, a.value());
      observe("looks at the storage of a, " + label,
              a.size() > 0 && b.value().storage() == a.value().storage());
    }
  }
}

CASE(custom_function, gradients, "backward lets grad through where a > 0, and nothing elsewhere",
     {.weight = 2}) {
  for (const Shape& shape : kShapes) {
    for (const Layout layout : kLayouts) {
      const std::string label = fmt::format("{}, {}", text(shape), name(layout));
      const Tensor a(input_array("a", shape, -2, 2, layout), true);
      const Tensor grad = input_array("grad", shape, -2, 2, layout);
      calling("my_relu(a) and its backward, a " + label);
      const std::vector<Tensor> grads = shares(my_relu(a), grad);
      observe("number of gradients, " + label, grads.size());
      observe("gradient of a, " + label, grads.at(0).value());
      observe("grad after, " + label, grad.value());
      observe("a after, " + label, a.value());
    }
  }
}

CASE(custom_function, special_numbers,
     "at 0 the slope is 0; NaN stays NaN; infinities go through") {
  for (const std::vector<double>& values : {std::vector<double>{0.0, -0.0},
                                            {kNaN, 1, -1},
                                            {kInfinity, -kInfinity},
                                            {0.0, 5e-324, -5e-324}}) {
    input("a", values);
    const auto n = static_cast<std::int64_t>(values.size());
    const Tensor a(array_in(Layout::contiguous, {n}, {values.begin(), values.end()}), true);
    calling("my_relu of special numbers, and its backward");
    const Tensor b = my_relu(a);
    const std::string label = fmt::format("{}", values[0]) + fmt::format(", {}", values[1]);
    observe("values of " + label, b.value());
    observe("gradients of " + label, shares(b, input_array("grad", {n}, 1, 2)).at(0).value());
  }
}

CASE(custom_function, one_function,
     "my_relu is one function with a name of its own, not put together from others") {
  for (const Shape& shape : {Shape{}, {2, 3}}) {
    const Tensor a(input_array("a", shape, -2, 2), true);
    const std::int64_t before = live_variables();
    calling("my_relu(a), and a look at its history");
    const Tensor b = my_relu(a);
    observe("name, " + text(shape), std::string_view(b.variable()->function->name));
    observe("inputs, " + text(shape), b.variable()->inputs.size());
    observe("its input is a, " + text(shape), b.variable()->inputs.at(0) == a.variable());
    observe("variables made, " + text(shape), live_variables() - before);
    observe("values, " + text(shape), b.value());
  }
}

CASE(custom_function, without_gradient,
     "where nobody will ask for a gradient, nothing is remembered") {
  for (const Shape& shape : {Shape{}, {2, 3}}) {
    const Tensor plain = input_array("plain", shape, -2, 2);
    const Tensor a(input_array("a", shape, -2, 2), true);
    calling("my_relu of a tensor that requires no gradient, and of one under a NoGrad guard");
    const Tensor of_plain = my_relu(plain);
    observe("the first requires a gradient, " + text(shape), of_plain.requires_grad());
    observe("the first, " + text(shape), of_plain.value());
    const NoGrad quiet;
    const Tensor quietly = my_relu(a);
    observe("the second requires a gradient, " + text(shape), quietly.requires_grad());
    observe("the second, " + text(shape), quietly.value());
  }
}

CASE(custom_function, several_at_once, "what one call keeps, another does not overwrite") {
  for (const Shape& shape : {Shape{3}, {2, 4}}) {
    const Tensor a(input_array("a", shape, -2, 2), true), b(input_array("b", shape, -2, 2), true);
    calling(
        "my_relu(a), my_relu(b), then backward from both, and from my_relu of their difference");
    const Tensor of_a = my_relu(a), of_b = my_relu(b), of_both = my_relu(of_a - of_b);
    const Tensor seed = input_array("seed", shape, -2, 2);
    (of_a * 2 + of_b * 3 + of_both).backward(seed);
    observe("gradient of a, " + text(shape), a.grad().value(), {.terms = 8, .scale = 8});
    observe("gradient of b, " + text(shape), b.grad().value(), {.terms = 8, .scale = 8});
  }
}

CASE(custom_function, in_a_formula, "in a formula it does what relu does") {
  for (const std::int64_t n : {1, 5}) {
    const Tensor x = input_array("x", {n, 2}, -1, 1);
    const Tensor w(input_array("w", {2, 3}, -1, 1), true), b(input_array("b", {3}, -1, 1), true);
    calling(fmt::format("backward from the sum of my_relu(x·w + b)², x of shape ({}, 2)", n));
    const Tensor h = my_relu(matmul(x, w) + b);
    sum(h * h).backward();
    observe(fmt::format("gradient of w, n = {}", n), w.grad().value(), {.terms = 100, .scale = 9});
    observe(fmt::format("gradient of b, n = {}", n), b.grad().value(), {.terms = 100, .scale = 9});
  }
}

CASE(custom_function, second_gradient,
     "backward is computed with tensors: my_relu(x)³ has the second derivative 6x where x > 0") {
  for (const Shape& shape : {Shape{}, {6}, {2, 5}}) {
    const Tensor x(input_array("x", shape, -2, 2), true);
    calling("send_back with record from my_relu(x)³, then backward from its slope");
    Tensor slope;
    const Tensor h = my_relu(x);
    send_back(h * h * h, Tensor::ones(shape), {.record = true},
              [&](const Variable& variable, const Tensor& grad) {
                if (&variable == x.variable()) slope = grad;
              });
    observe("3 my_relu(x)², " + text(shape), slope.value(), {.terms = 4, .scale = 12});
    observe("it has a history, " + text(shape), slope.requires_grad());
    slope.backward(input_array("seed", shape, -1, 1));
    observe("6 my_relu(x), " + text(shape), x.grad().value(), {.terms = 4, .scale = 12});
  }
}

PROOF(custom_function, equals_relu) {
  for (const Shape& shape : kShapes) {
    const Array numbers = input_array("a", shape, -2, 2);
    const Tensor a(numbers, true), b(numbers, true), seed = input_array("seed", shape, -2, 2);
    const Tensor mine = my_relu(a), theirs = relu(b);
    mine.backward(seed);
    theirs.backward(seed);
    prove(elements(mine.value()) == elements(theirs.value()), "my_relu has the values of relu");
    prove(elements(a.grad().value()) == elements(b.grad().value()),
          "my_relu has the gradients of relu");
  }
}

PROOF(custom_function, central_differences) {
  std::vector<double> at = draw_list(12, 0.1, 2);
  for (std::size_t i = 0; i < at.size(); i += 2) at[i] = -at[i];  // away from the kink
  const std::vector<double> weights = draw_list(12, -2, 2);
  const auto make = [](const std::vector<double>& values) {
    return array_in(Layout::contiguous, {3, 4}, {values.begin(), values.end()});
  };
  const Tensor x(make(at), true);
  sum(my_relu(x) * make(weights)).backward();
  const auto numeric = numeric_gradient(
      [&](const std::vector<double>& to) { return sum(my_relu(make(to)) * make(weights)).item(); },
      at);
  const std::vector<Real> found = elements(x.grad().value());
  for (std::size_t i = 0; i < at.size(); ++i) prove_close("slope", found[i], numeric[i], 1e-8);
}

}  // namespace
}  // namespace gradbook
