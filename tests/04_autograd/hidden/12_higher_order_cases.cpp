#include <fmt/format.h>

#include <cmath>

#include "04_autograd/higher_order.hpp"
#include "support/arrays.hpp"
#include "support/gradcheck.hpp"

namespace gradbook {
namespace {

const Tolerance kSums{.terms = 200, .scale = 20};

Tensor leaf(std::string_view label, const Shape& shape, double low = -1, double high = 1) {
  return {input_array(label, shape, low, high), true};
}

CASE(higher_order, gradient, "one gradient for each x, of its shape, in their order") {
  for (const Shape& shape : {Shape{}, {3}, {2, 3}, {0, 2}}) {
    const Tensor x = leaf("x", shape), y = leaf("y", shape, 0.5, 2);
    calling("grad of the sum of x² y + y by y, x and y again, shape " + text(shape));
    const std::vector<Tensor> grads = grad(sum(x * x * y + y), {y, x, y});
    observe("how many, " + text(shape), grads.size());
    for (std::size_t i = 0; i < grads.size(); ++i)
      observe(fmt::format("gradient {}, {}", i, text(shape)), grads[i].value(), kSums);
  }
}

CASE(higher_order, inner_tensors,
     "an x may be a result on the way, y itself, or nothing that y depends on") {
  for (const Shape& shape : {Shape{2}, {2, 2}}) {
    const Tensor x = leaf("x", shape), other = leaf("other", {3});
    const Tensor inner = exp(x), y = sum(inner * inner * x), later = y * 2;
    calling(
        "grad of y = sum of exp(x)² x by exp(x), y, another leaf, what is computed from y, and x");
    const std::vector<Tensor> grads = grad(y, {inner, y, other, later, x});
    for (std::size_t i = 0; i < grads.size(); ++i)
      observe(fmt::format("gradient {}, {}", i, text(shape)), grads[i].value(), kSums);
  }
}

CASE(higher_order, leaves_untouched, "gradients in leaves are neither read nor written") {
  for (const std::int64_t n : {1, 4}) {
    const Tensor x = leaf("x", {n}), w = leaf("w", {n});
    sum(x * 3).backward();
    calling("grad of the sum of x w by x, where x has a gradient already");
    observe(fmt::format("by x, n = {}", n), grad(sum(x * w), {x}).at(0).value(), kSums);
    observe(fmt::format("gradient in x after, n = {}", n), x.grad().value());
    observe(fmt::format("gradient in w after, n = {}", n), w.grad().value());
  }
}

CASE(higher_order, record,
     "with record the gradients have a history and the graph stays; else neither") {
  for (const bool record : {false, true}) {
    const Tensor x = leaf("x", {3});
    const Tensor inner = exp(x), y = sum(inner * x);
    const std::string label = record ? "record" : "no record";
    calling("grad of the sum of exp(x) x, twice, " + label);
    const std::vector<Tensor> first = grad(y, {x}, record);
    observe("first, " + label, first.at(0).value(), kSums);
    observe("has a history, " + label, first.at(0).requires_grad());
    observe_error("second, " + label, [&] {
      observe("second of " + label, grad(y, {x}, record).at(0).value(), kSums);
    });
    observe("gradients are recorded after, " + label, grad_enabled());
  }
}

CASE(higher_order, again_and_again,
     "the gradient of a gradient, and of that: x⁴ gives 4x³, 12x², 24x, 24", {.weight = 2}) {
  for (const Shape& shape : {Shape{}, {3}, {2, 2}}) {
    const Tensor x = leaf("x", shape, 0.5, 2);
    Tensor y = x * x * x * x;
    for (int order = 1; order <= 4; ++order) {
      calling(fmt::format("grad number {} of x⁴, shape {}", order, text(shape)));
      y = grad(sum(y), {x}, true).at(0);
      observe(fmt::format("order {}, {}", order, text(shape)), y.value(),
              {.terms = 100, .scale = 50});
    }
  }
}

CASE(higher_order, mixed, "by one, then by the other: u² + uv has 2u + v, and then 2 and 1") {
  for (const Shape& shape : {Shape{}, {4}}) {
    const Tensor u = leaf("u", shape), v = leaf("v", shape);
    calling("grad of u² + uv by u and v, then of the first of these by both");
    const std::vector<Tensor> first = grad(sum(u * u + u * v), {u, v}, true);
    observe("by u, " + text(shape), first.at(0).value(), kSums);
    observe("by v, " + text(shape), first.at(1).value(), kSums);
    const std::vector<Tensor> again = grad(sum(first.at(0)), {u, v}, true);
    observe("by u and u, " + text(shape), again.at(0).value());
    observe("by u and v, " + text(shape), again.at(1).value());
  }
}

CASE(higher_order, slope_as_loss, "a loss about a gradient reaches the weights that it hangs on") {
  for (const std::int64_t n : {1, 3}) {
    const Tensor x = leaf("x", {n, 2}), w = leaf("w", {2, 3}), b = leaf("b", {3});
    calling("backward from the squared gradient by x of the sum of tanh(x·w + b)");
    const Tensor slope = grad(sum(tanh(matmul(x, w) + b)), {x}, true).at(0);
    sum(slope * slope).backward();
    observe(fmt::format("gradient of w, n = {}", n), w.grad().value(), kSums);
    observe(fmt::format("gradient of b, n = {}", n), b.grad().value(), kSums);
    observe(fmt::format("gradient of x, n = {}", n), x.grad().value(), kSums);
  }
}

CASE(higher_order, quadratic_form, "the Hessian of xᵀAx is A + Aᵀ", {.weight = 2}) {
  for (const std::int64_t n : {0, 1, 2, 5}) {
    const Tensor a = input_array("A", {n, n}, -2, 2), x = input_array("x", {n, 1}, -2, 2);
    calling(fmt::format("hessian of xᵀAx with {} unknowns", n));
    const Tensor h = hessian([&](const Tensor& v) { return sum(matmul(v.t(), matmul(a, v))); }, x);
    observe(fmt::format("hessian, n = {}", n), h.value(), kSums);
    observe(fmt::format("has a history, n = {}", n), h.requires_grad());
    observe(fmt::format("x after, n = {}", n), x.value());
    observe(fmt::format("A after, n = {}", n), a.value());
  }
}

CASE(higher_order, hessian_of_any_shape,
     "rows and columns count the elements of x in row-major order", {.weight = 2}) {
  for (const Shape& shape : {Shape{}, {3}, {2, 3}, {2, 1, 2}}) {
    for (const Layout layout : {Layout::contiguous, Layout::permuted}) {
      const Tensor x = input_array("x", shape, 0.5, 1.5, layout);
      const Tensor weights = input_array("weights", shape, 0.5, 2);
      const std::string label = fmt::format("{}, {}", text(shape), name(layout));
      calling("hessian of (Σ weights · x)³ + Σ exp x, shape " + label);
      const Tensor h = hessian(
          [&](const Tensor& v) {
            const Tensor s = sum(weights * v);
            return s * s * s + sum(exp(v));
          },
          x);
      observe("hessian, " + label, h.value(), {.terms = 200, .scale = 200});
      observe("has a history, " + label, h.requires_grad());
    }
  }
}

CASE(higher_order, straight,
     "a function whose slope does not change has a Hessian of zeros, also where it does so in "
     "part") {
  for (const std::int64_t n : {1, 4}) {
    const Tensor x = input_array("x", {n}, -2, 2), weights = input_array("weights", {n}, -2, 2);
    calling("hessian of Σ weights · x, of Σ relu(x), and of the square of the first element");
    observe(fmt::format("of the sum, n = {}", n),
            hessian([&](const Tensor& v) { return sum(weights * v); }, x).value());
    observe(fmt::format("of relu, n = {}", n),
            hessian([](const Tensor& v) { return sum(relu(v)); }, x).value());
    observe(fmt::format("of a square, n = {}", n), hessian(
                                                       [](const Tensor& v) {
                                                         const Tensor first = slice(v, 0, {0, 1});
                                                         return sum(first * first);
                                                       },
                                                       x)
                                                       .value());
  }
}

CASE(higher_order, x_stays,
     "x may be a leaf of somebody's: it is not differentiated by, and gets no gradient") {
  for (const std::int64_t n : {1, 3}) {
    const Tensor x = leaf("x", {n});
    const std::int64_t before = live_variables();
    calling("hessian of Σ x³ at a leaf");
    observe(fmt::format("hessian, n = {}", n),
            hessian([](const Tensor& v) { return sum(v * v * v); }, x).value(), kSums);
    observe(fmt::format("gradient in x, n = {}", n), x.grad().value());
    observe(fmt::format("variables left behind, n = {}", n), live_variables() - before);
    observe(fmt::format("gradients are recorded after, n = {}", n), grad_enabled());
  }
}

CASE(higher_order, refuses, "more than one element, and what requires no gradient, are refused") {
  const Tensor x = leaf("x", {3}), plain = input_array("plain", {3}, -1, 1);
  calling("grad of results and by tensors that it cannot take");
  observe_error("y of three elements", [&] { grad(x * x, {x}); });
  observe_error("y without history", [&] { grad(sum(plain), {x}); });
  observe_error("an x without gradient", [&] { grad(sum(x * plain), {plain}); });
  observe_error("the second x without gradient", [&] { grad(sum(x * plain), {x, plain}); });
  observe_error("a hessian of two results",
                [&] { hessian([](const Tensor& v) { return v * v; }, plain); });
  observe("gradients are recorded after", grad_enabled());
}

PROOF(higher_order, hessian_of_a_quadratic_form) {
  const std::int64_t n = 4;
  const Array a = input_array("A", {n, n}, -2, 2), x = input_array("x", {n, 1}, -2, 2);
  const Tensor h = hessian([&](const Tensor& v) { return sum(matmul(v.t(), matmul(a, v))); }, x);
  for (std::int64_t i = 0; i < n; ++i) {
    for (std::int64_t j = 0; j < n; ++j)
      prove_close("A + Aᵀ", h.value()(i, j), a(i, j) + a(j, i), 1e-13);
  }
}

PROOF(higher_order, hessian_by_central_differences) {
  const std::vector<double> at = draw_list(5, 0.5, 1.5);
  const auto f = [](const Tensor& v) { return log(sum(exp(v))) * mean(v * v); };
  const auto make = [](const std::vector<double>& to) {
    return array_in(Layout::contiguous, {5}, {to.begin(), to.end()});
  };
  const Tensor h = hessian(f, make(at));
  for (std::int64_t i = 0; i < 5; ++i) {
    const auto slope = [&](const std::vector<double>& to) {
      const Tensor x(make(to), true);
      f(x).backward();
      return elements(x.grad().value())[static_cast<std::size_t>(i)];
    };
    const auto numeric = numeric_gradient(slope, at);
    for (std::int64_t j = 0; j < 5; ++j)
      prove_close("second derivative", h.value()(i, j), numeric[static_cast<std::size_t>(j)], 1e-6);
  }
}

}  // namespace
}  // namespace gradbook
