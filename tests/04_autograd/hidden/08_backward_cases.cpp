#include <fmt/format.h>

#include <cmath>
#include <optional>

#include "04_autograd/functions.hpp"
#include "support/arrays.hpp"
#include "support/gradcheck.hpp"

namespace gradbook {
namespace {

Tensor leaf(std::string_view label, const Shape& shape, double low = -1, double high = 1) {
  return {input_array(label, shape, low, high), true};
}

void observe_grad(const std::string& label, const Tensor& x,
                  Tolerance tolerance = {.terms = 50, .scale = 4}) {
  observe("gradient of " + label, x.grad().value(), tolerance);
}

// What a pass hands out: for each of `made`, in that order, how often, and with which gradient
void observe_pass(const std::string& label, const std::vector<Tensor>& made, const Tensor& seed,
                  const BackwardOptions& options = {},
                  Tolerance tolerance = {.terms = 1e3, .scale = 10}) {
  std::vector<std::int64_t> visits(made.size());
  std::vector<Tensor> grads(made.size());
  std::int64_t of_others = 0, first = -1;
  send_back(made.back(), seed, options, [&](const Variable& variable, const Tensor& grad) {
    std::size_t i = 0;
    while (i < made.size() && made[i].variable() != &variable) ++i;
    if (i == made.size()) {
      ++of_others;
      return;
    }
    if (first < 0) first = static_cast<std::int64_t>(i);
    ++visits[i];
    grads[i] = grad;
  });
  observe(label + ": visits of each", visits);
  observe(label + ": visits of what the root does not depend on", of_others);
  observe(label + ": who came first", first);
  for (std::size_t i = 0; i < made.size(); ++i)
    observe(fmt::format("{}: gradient of number {}", label, i), grads[i].value(), tolerance);
}

// Three leaves of shapes that broadcast, and n operations, each on what was made before it
std::vector<Tensor> random_graph(std::size_t n) {
  Random& random = generator();
  std::vector<Tensor> made = {leaf("leaf 0", {2, 3}), leaf("leaf 1", {3}), leaf("leaf 2", {})};
  while (made.size() < n + 3) {
    const Tensor a = made[random.below(made.size())], b = made[random.below(made.size())];
    const std::size_t kind = random.below(7);
    made.push_back(kind == 0   ? a - b
                   : kind == 1 ? a + b
                   : kind == 2 ? a * b
                   : kind == 3 ? tanh(a)
                   : kind == 4 ? sigmoid(b)
                   : kind == 5 ? mean(a)
                               : -a);
  }
  return made;
}

CASE(backward, product_with_its_own_transpose,
     "in x·xᵀ both factors are x: what comes over the two ways is added up") {
  for (const Shape& shape : {Shape{2, 3}, {1, 4}, {5, 1}, {3, 3}}) {
    const Tensor x = leaf("x", shape, -2, 2);
    calling(fmt::format("matmul(x, x.t()).backward(seed), x of shape {}", text(shape)));
    const Tensor y = matmul(x, x.t());
    const Tensor seed = input_array("seed", y.shape(), -2, 2);
    y.backward(seed);
    observe_grad("x of shape " + text(shape), x);
    observe("seed after, " + text(shape), seed.value());
    observe("x after, " + text(shape), x.value());
  }
}

CASE(backward, weight_used_twice, "weights that two layers share get the sum of both gradients",
     {.weight = 2}) {
  for (const std::int64_t n : {1, 3}) {
    const Tensor x = input_array("x", {n, 2}, -1, 1), w = leaf("w", {2, 2}), b = leaf("b", {2});
    calling(
        fmt::format("backward from the sum of tanh(tanh(x·w + b)·w + b), x of shape ({}, 2)", n));
    sum(tanh(matmul(tanh(matmul(x, w) + b), w) + b)).backward();
    observe_grad(fmt::format("w, n = {}", n), w);
    observe_grad(fmt::format("b, n = {}", n), b);
  }
}

CASE(backward, ladder,
     "b = a + a, c = b + b and so on: a tensor passes on what it got once, when it is complete") {
  for (const std::int64_t rungs : {1, 2, 30}) {
    std::vector<Tensor> made = {leaf("a", {2, 2})};
    for (std::int64_t i = 0; i < rungs; ++i) made.push_back(made.back() + made.back());
    calling(fmt::format("send_back from the top of a ladder of {} rungs", rungs));
    observe_pass(fmt::format("{} rungs", rungs), made, input_array("seed", {2, 2}, -1, 1), {}, {});
  }
}

CASE(backward, used_on_two_levels,
     "what is used close to the root and again further down hears from both before it passes on") {
  for (const std::int64_t steps : {1, 2, 7}) {
    for (const bool near_first : {true, false}) {
      const Tensor x = leaf("x", {3}), y = leaf("y", {2, 1});
      std::vector<Tensor> made = {x, y, x * y};
      for (std::int64_t i = 0; i < steps; ++i) made.push_back(sigmoid(made.back()));
      made.push_back(near_first ? made[2] * made.back() : made.back() * made[2]);
      const std::string label = fmt::format("{} steps, {}", steps, near_first ? "a * d" : "d * a");
      calling(fmt::format("send_back from {}, where a = x * y, and d is sigmoid of it, {} times",
                          label, steps));
      observe_pass(label, made, input_array("seed", {2, 3}, -1, 1));
    }
  }
}

CASE(backward, random_graph, "in a graph of any shape everything on the way has its gradient, once",
     {.weight = 2}) {
  for (const std::size_t n : {0, 1, 2, 7, 31, 61}) {
    const std::vector<Tensor> made = random_graph(n);
    calling(fmt::format("send_back from the last of a random graph of {} operations", n));
    observe_pass(fmt::format("{} operations", n), made,
                 input_array("seed", made.back().shape(), -1, 1));
  }
}

CASE(backward, from_the_middle,
     "from an inner tensor only what it was computed from hears of it, nothing beside it or after "
     "it") {
  for (const Shape& shape : {Shape{}, {4}, {2, 3}}) {
    const Tensor x = leaf("x", shape), y = leaf("y", shape);
    const Tensor beside = x * y, inner = exp(x), outer = inner * beside;
    calling(fmt::format("send_back from exp(x), where exp(x) * (x * y) was computed too, shape {}",
                        text(shape)));
    observe_pass(text(shape), {y, beside, outer, x, inner}, input_array("seed", shape, -1, 1));
  }
}

CASE(backward, leaves_sum_up,
     "calls add up in leaves, until zero_grad; a retained graph may be passed again") {
  for (const Shape& shape : {Shape{}, {3}, {2, 2}}) {
    Tensor x = leaf("x", shape), y = leaf("y", shape);
    const Tensor f = x * exp(x * y) - y;
    const std::string label = "shape " + text(shape);
    const Tensor first = input_array("first seed", shape, -2, 2),
                 second = input_array("second seed", shape, -2, 2);
    calling(
        "backward from x exp(x y) - y three times, retaining the graph, with zero_grad of x before "
        "the third");
    f.backward(first, true);
    observe_grad("x after one call, " + label, x);
    observe_grad("y after one call, " + label, y);
    f.backward(second, true);
    observe_grad("x after two calls, " + label, x);
    observe_grad("y after two calls, " + label, y);
    x.zero_grad();
    f.backward(first);
    observe_grad("x after the third, " + label, x);
    observe_grad("y after the third, " + label, y);
    observe("first seed after, " + label, first.value());
  }
}

CASE(backward, leaf_as_root, "a leaf is its own result: the seed is added to what it has") {
  for (const Shape& shape : {Shape{}, {0, 2}, {3, 1}}) {
    const Tensor x = leaf("x", shape);
    const Tensor seed = input_array("seed", shape, -2, 2);
    calling("backward from a leaf, twice");
    x.backward(seed);
    observe_grad("x after one call, " + text(shape), x);
    x.backward(seed);
    observe_grad("x after two calls, " + text(shape), x);
  }
}

CASE(backward, shapes,
     "gradients have the shapes of their tensors, whatever was broadcast, moved or empty") {
  for (const std::int64_t n : {0, 1, 5}) {
    const Tensor x = leaf("x", {n, 3}), b = leaf("b", {3}), c = leaf("c", {n, 1}),
                 s = leaf("s", {});
    const Tensor y = permute(concat({x * s + b, c - x}, 0), {1, 0});
    calling(fmt::format("backward from a result of shape {}", text(y.shape())));
    y.backward(input_array("seed", y.shape(), -1, 1));
    for (const auto& [label, t] : {std::pair("x", x), {"b", b}, {"c", c}, {"s", s}})
      observe_grad(fmt::format("{}, n = {}", label, n), t);
  }
}

CASE(backward, what_requires_none, "what requires no gradient gets none, and stops nothing") {
  for (const std::int64_t n : {1, 4}) {
    const Tensor x = input_array("x", {n, 2}, -1, 1), w = leaf("w", {2, 3});
    const Tensor scale = input_array("scale", {3}, 1, 2);
    const std::vector<Tensor> made = {w, matmul(x, w), matmul(x, w) * scale};
    calling(fmt::format(
        "send_back from matmul(x, w) * scale, where w alone requires a gradient, n = {}", n));
    observe_pass(fmt::format("n = {}", n), {w, made[2]}, input_array("seed", {n, 3}, -1, 1));
    observe(fmt::format("x requires a gradient, n = {}", n), x.requires_grad());
  }
}

CASE(backward, no_grad,
     "under a guard nothing is remembered; after it, and after one inside of another, all is as "
     "before",
     {.weight = 2}) {
  const Tensor x = leaf("x", {3});
  std::vector<std::int64_t> enabled, recorded;
  const auto look = [&] {
    enabled.push_back(grad_enabled());
    recorded.push_back((x * x).requires_grad());
  };
  calling("NoGrad, and NoGrad inside of it, with x * x before, inside and after");
  look();
  {
    const NoGrad outer;
    look();
    {
      const NoGrad inner;
      look();
    }
    look();
  }
  look();
  observe("grad_enabled", enabled);
  observe("x * x requires a gradient", recorded);
}

CASE(backward, no_grad_and_exceptions,
     "a guard that an exception leaves restores what was, which may have been off") {
  const Tensor x = leaf("x", {2, 3});
  std::vector<std::int64_t> enabled;
  const auto leave = [&] {
    try {
      const NoGrad guard;
      matmul(x, x);  // (2, 3) times (2, 3): a ShapeError
    } catch (const ShapeError&) {
      enabled.push_back(grad_enabled());
    }
  };
  calling(
      "matmul with wrong shapes in a block with a NoGrad guard, outside of any other and inside of "
      "one");
  leave();
  {
    const NoGrad outer;
    leave();
    enabled.push_back(grad_enabled());
  }
  enabled.push_back(grad_enabled());
  observe("grad_enabled after", enabled);
  observe("x + x requires a gradient", (x + x).requires_grad());
}

CASE(backward, pass_is_not_recorded,
     "a pass is recorded only where it is asked for; afterwards recording is as it was") {
  for (const bool record : {false, true}) {
    const Tensor x = leaf("x", {2}), y = x * x * x;
    std::vector<std::int64_t> histories, enabled;
    const std::string label = record ? "record" : "no record";
    calling("send_back from x * x * x, " + label);
    send_back(y, input_array("seed", {2}, -1, 1), {.record = record},
              [&](Variable&, const Tensor& grad) {
                histories.push_back(grad.requires_grad());
                enabled.push_back(grad_enabled());
              });
    observe("the gradients have a history, " + label, histories);
    observe("grad_enabled inside, " + label, enabled);
    observe("grad_enabled after, " + label, grad_enabled());
  }
}

CASE(backward, recorded_pass, "a recorded pass gives gradients that can be differentiated again") {
  for (const Shape& shape : {Shape{}, {4}, {2, 3}}) {
    const Tensor x = leaf("x", shape);
    Tensor slope;
    calling("send_back with record from x³, then backward from its slope 3x²");
    send_back(x * x * x, Tensor::ones(shape), {.record = true},
              [&](const Variable& variable, const Tensor& grad) {
                if (&variable == x.variable()) slope = grad;
              });
    observe("3x², " + text(shape), slope.value(), {.terms = 4, .scale = 3});
    slope.backward(input_array("seed", shape, -1, 1));
    observe_grad("the slope, " + text(shape), x);
  }
}

CASE(backward, detach,
     "detach gives the same numbers without history: no gradient flows through it") {
  for (const Shape& shape : {Shape{}, {3}, {0}}) {
    const Tensor x = leaf("x", shape);
    calling("x.detach(), and backward from the sum of x * x.detach()");
    const Tensor y = x * x, cut = y.detach();
    observe("numbers, " + text(shape), cut.value());
    observe("requires a gradient, " + text(shape), cut.requires_grad());
    observe("looks at the same storage, " + text(shape),
            cut.value().storage() == y.value().storage());
    observe("y still requires one, " + text(shape), y.requires_grad());
    sum(x * x.detach()).backward();
    observe_grad("x, " + text(shape), x);
  }
}

CASE(backward, graph_given_back,
     "what was passed gives back what it kept, unless retained, though its result is still there") {
  for (const bool retain : {false, true}) {
    const std::int64_t before = live_variables(), bytes = live_bytes();
    const Tensor x = leaf("x", {5});
    const Tensor y = sum(exp(sigmoid(x) * x));
    const std::string label = retain ? "retained" : "not retained";
    calling("backward from the sum of exp(sigmoid(x) * x), " + label);
    y.backward(Tensor::ones({}), retain);
    observe_grad("x, " + label, x);
    observe("variables left, " + label, live_variables() - before);
    observe("bytes left, " + label, live_bytes() - bytes);
  }
}

CASE(backward, thousand_steps,
     "over a thousand steps of training neither variables nor bytes become more", {.weight = 2}) {
  const Tensor x = input_array("x", {4, 2}, -1, 1), y = input_array("y", {4, 1}, -1, 1);
  Tensor w = leaf("w", {2, 1});
  const auto step = [&] {
    const Tensor loss = mean(pow(matmul(x, w) - y, 2));
    w.zero_grad();
    loss.backward();
    const NoGrad quiet;
    const Tensor next = w - 0.05 * w.grad();
    Array& value = w.mutable_value();
    for (std::int64_t i = 0; i < 2; ++i) value.at({i, 0}) = next.value().at({i, 0});
  };
  calling(
      "a thousand steps of gradient descent, with the variables and bytes that live after each");
  step();
  const std::int64_t variables = live_variables(), bytes = live_bytes();
  std::int64_t more_variables = 0, more_bytes = 0;
  for (int i = 0; i < 1000; ++i) {
    step();
    more_variables = std::max(more_variables, live_variables() - variables);
    more_bytes = std::max(more_bytes, live_bytes() - bytes);
  }
  observe("more variables than after the first step", more_variables);
  observe("more bytes than after the first step", more_bytes);
  observe("w after", w.value(), {.terms = 1e5, .scale = 1});
}

CASE(backward, long_chain,
     "a chain of a hundred thousand operations must not need as many nested calls",
     {.stack_kib = 256}) {
  const std::int64_t length = input("length", 100'000 + draw_integer(0, 9));
  const Tensor x = leaf("x", {});
  {
    Tensor end = x;
    for (std::int64_t i = 0; i < length; ++i) end = i % 3 == 0 ? 1 - end : -end;
    calling("backward through a chain of a hundred thousand operations, on a stack of 256 KiB");
    end.backward(input_array("seed", {}, 2, 3));
  }
  observe_grad("x", x);
}

CASE(backward, overwritten,
     "what backward needs and was overwritten since is an error; the next pass starts from "
     "nothing") {
  for (const std::int64_t n : {1, 3}) {
    Tensor x = leaf("x", {n}), w = leaf("w", {n}, 1, 2);
    const Tensor y = w + x * x;
    {
      const NoGrad quiet;
      x.mutable_value().at({0}) = 5;
    }
    const std::string label = fmt::format("n = {}", n);
    calling("backward from w + x * x, where x was overwritten in between, then from w * 2");
    observe_error("overwritten, " + label, [&] { y.backward(Tensor::ones({n})); });
    observe("grad_enabled after, " + label, grad_enabled());
    w.zero_grad();
    sum(w * 2).backward();
    observe_grad("w, " + label, w);
  }
}

CASE(backward, failed_pass_leaves_nothing,
     "shares that a failed pass left behind in tensors do not count in the next one") {
  for (const std::int64_t n : {1, 3}) {
    const Tensor x = leaf("x", {n}), z = leaf("z", {n});
    Tensor w = leaf("w", {n}, 1, 2);
    const Tensor inner = tanh(z), bad = x * w, y = bad + inner;
    {
      const NoGrad quiet;
      w.mutable_value().at({0}) = 5;
    }
    const std::string label = fmt::format("n = {}", n);
    calling("backward from x * w + tanh(z), where w was overwritten, then from tanh(z)");
    observe_error("overwritten, " + label, [&] { y.backward(Tensor::ones({n}), true); });
    observe_pass("tanh(z), " + label, {z, inner}, input_array("seed", {n}, -1, 1));
  }
}

CASE(backward, twice,
     "a graph that was given back cannot be passed again, also from another result above it") {
  for (const Shape& shape : {Shape{}, {2}}) {
    const Tensor x = leaf("x", shape), y = exp(x), z = y * y, above = y + x;
    calling("backward from exp(x)² twice without retaining, and from another result of exp(x)");
    z.backward(Tensor::ones(shape));
    observe_grad("x, " + text(shape), x);
    observe_error("the same again, " + text(shape), [&] { z.backward(Tensor::ones(shape)); });
    observe_error("from above, " + text(shape), [&] { above.backward(Tensor::ones(shape)); });
    observe("grad_enabled after, " + text(shape), grad_enabled());
  }
}

CASE(backward, wrong_roots,
     "a root without gradient, a comparison and a seed of another shape are refused") {
  const Tensor x = leaf("x", {2, 3}), plain = input_array("plain", {2, 3}, -1, 1);
  calling("backward from tensors and with seeds that it cannot take");
  observe_error("a root that requires none", [&] { plain.backward(Tensor::ones({2, 3})); });
  observe_error("computed under NoGrad", [&] {
    const NoGrad quiet;
    sum(x).backward();
  });
  observe_error("x < 0", [&] { lt(x, 0).backward(Tensor::ones({2, 3})); });
  observe_error("x == x", [&] { eq(x, x).backward(Tensor::ones({2, 3})); });
  observe_error("a result of six elements without a seed", [&] { x.backward(); });
  observe_error("a seed of shape (3)", [&] { (x * 2).backward(Tensor::ones({3})); });
  observe_error("a seed of shape (3, 2)", [&] { (x * 2).backward(Tensor::ones({3, 2})); });
  observe_error("a seed of rank 0", [&] { (x * 2).backward(1); });
  observe_error("a comparison on the way", [&] { sum(x * lt(x, 0)).backward(); });
  observe_grad("x", x);
}

// Functions as a student may write them wrong
Array twice_forward(Context&, Inputs in) { return in[0].value(); }
std::vector<Tensor> too_small(const Context&, const Tensor& grad) { return {sum(grad)}; }
std::vector<Tensor> too_few(const Context&, const Tensor&) { return {}; }
constexpr Function kTooSmall = {"too_small", twice_forward, too_small};
constexpr Function kTooFew = {"too_few", twice_forward, too_few};

CASE(backward, wrong_functions,
     "a function whose gradients have another shape, or are too few, is an error that names it") {
  for (const Shape& shape : {Shape{2}, {2, 3}}) {
    const Tensor x = leaf("x", shape);
    calling(
        "backward through functions of which one gives a gradient of rank 0, and one none at all");
    observe_error("another shape, " + text(shape),
                  [&] { apply(kTooSmall, {x}).backward(Tensor::ones(shape)); });
    observe_error("none, " + text(shape),
                  [&] { apply(kTooFew, {x}).backward(Tensor::ones(shape)); });
  }
}

PROOF(backward, central_differences) {
  for (const Shape& shape : {Shape{3}, {2, 3}}) {
    const std::vector<double> at = draw_list(count(shape), -1, 1);
    const auto f = [&](const Tensor& x) {
      const Tensor a = tanh(x * x), b = sigmoid(a + x);
      return sum(matmul(reshape(b, {1, -1}), reshape(a * x, {-1, 1})) * exp(mean(b)));
    };
    const auto make = [&](const std::vector<double>& values) {
      return array_in(Layout::contiguous, shape, {values.begin(), values.end()});
    };
    const Tensor x(make(at), true);
    f(x).backward();
    const auto numeric =
        numeric_gradient([&](const std::vector<double>& to) { return f(make(to)).item(); }, at);
    const std::vector<Real> found = elements(x.grad().value());
    for (std::size_t i = 0; i < at.size(); ++i) prove_close("slope", found[i], numeric[i], 1e-6);
  }
}

PROOF(backward, closed_forms) {
  const Tensor x({1, 2}, {3, 4}, true);
  matmul(x, x.t()).backward(Tensor::ones({1, 1}));
  prove(elements(x.grad().value()) == std::vector<Real>{6, 8}, "the gradient of x·xᵀ is 2x");
  const Tensor a(Array::scalar(1), true), b = a + a;
  (b + b).backward();
  prove_close("b = a + a, c = b + b", a.grad().item(), 4, 0);
}

PROOF(backward, gradients_share_no_storage) {
  const Tensor a({2}, {1, 2}, true), b({2}, {3, 4}, true), seed({2}, {5, 6});
  (a + b).backward(seed);
  prove(!(a.grad().value().storage() == b.grad().value().storage()),
        "two leaves have two gradients");
  prove(!(a.grad().value().storage() == seed.value().storage()), "a gradient is not the seed");
}

}  // namespace
}  // namespace gradbook
