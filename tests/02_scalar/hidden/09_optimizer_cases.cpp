#include <cmath>

#include "02_scalar/training.hpp"
#include "support/case.hpp"
#include "support/scalars.hpp"

namespace gradbook {
namespace {

// n numbers with values and grads, both drawn
std::vector<Scalar> draw_parameters(std::size_t n) {
  const auto values = input("values of " + std::to_string(n), draw_list(n, 1, 3));
  const auto grads = input("grads of " + std::to_string(n), draw_list(n, -4, 4));
  std::vector<Scalar> parameters(values.begin(), values.end());
  for (std::size_t i = 0; i < n; ++i) parameters[i].set_grad(grads[i]);
  return parameters;
}

const Tolerance kStep{.terms = 2, .scale = 8};  // value and step may cancel

std::string of(std::size_t n) { return " of " + std::to_string(n); }

CASE(optimizer, step,
     "a step takes learning_rate · grad away from every value, and leaves the grads") {
  for (std::size_t n : {0, 1, 2, 7, 31}) {
    const auto parameters = draw_parameters(n);
    const double rate = input("learning rate", draw(0.2, 0.9));
    calling("Optimizer(parameters, learning rate).step()" + of(n));
    Optimizer(parameters, rate).step();
    observe("values" + of(n), values(parameters), kStep);
    observe("grads" + of(n), grads(parameters));
  }
}

CASE(optimizer, zero_grad, "zero_grad sets every grad to 0, and leaves the values") {
  for (std::size_t n : {0, 1, 2, 7, 31}) {
    const auto parameters = draw_parameters(n);
    calling("Optimizer(parameters).zero_grad()" + of(n));
    Optimizer(parameters).zero_grad();
    observe("grads" + of(n), grads(parameters));
    observe("values" + of(n), values(parameters));
  }
}

CASE(optimizer, default_rate, "the learning rate is 0.1 unless another is given") {
  const auto parameters = draw_parameters(3);
  calling("Optimizer(parameters).step()");
  Optimizer(parameters).step();
  observe("values", values(parameters), kStep);
}

CASE(optimizer, several_steps,
     "each step uses the grads of that moment, and each goes from where the last one ended") {
  for (std::size_t n : {1, 3}) {
    auto parameters = draw_parameters(n);
    Optimizer optimizer(parameters, input("learning rate", draw(0.2, 0.9)));
    calling("step, step again with the same grads, new grads, step" + of(n));
    optimizer.step();
    observe("after one" + of(n), values(parameters), kStep);
    optimizer.step();
    observe("after two" + of(n), values(parameters), {.terms = 4, .scale = 8});
    const auto fresh = input("new grads", draw_list(n, -4, 4));
    for (std::size_t i = 0; i < n; ++i) parameters[i].set_grad(fresh[i]);
    optimizer.step();
    observe("after three" + of(n), values(parameters), {.terms = 6, .scale = 16});
  }
}

CASE(optimizer, zero_then_step,
     "after zero_grad there is nothing to follow: a step changes no value") {
  for (std::size_t n : {1, 4}) {
    const auto parameters = draw_parameters(n);
    Optimizer optimizer(parameters, 0.5);
    calling("zero_grad(), then step()" + of(n));
    optimizer.zero_grad();
    optimizer.step();
    observe("values" + of(n), values(parameters));
  }
}

CASE(optimizer, grad_of_zero, "a parameter whose grad is 0 stays as it is, to the last bit") {
  auto parameters = draw_parameters(5);
  parameters[0].set_grad(0), parameters[3].set_grad(0);
  calling("step() where the first and the fourth grad are 0");
  Optimizer(parameters, 0.25).step();
  observe("first and fourth", values({parameters[0], parameters[3]}), {.terms = 0});
  observe("all", values(parameters), kStep);
}

CASE(optimizer, others_untouched, "numbers that the optimizer was not given keep value and grad") {
  const auto mine = draw_parameters(3), others = draw_parameters(2);
  const Scalar product = mine[0].value();  // a number of its own, of an equal value
  Optimizer optimizer(mine, 0.25);
  calling("step() and zero_grad() of an optimizer of three numbers; two others are not its own");
  optimizer.step();
  observe("the others' values after step", values(others));
  observe("the equal number after step", product.value());
  optimizer.zero_grad();
  observe("the others' grads after zero_grad", grads(others));
}

CASE(optimizer, two_optimizers, "two optimizers keep to their own parameters and learning rates") {
  const auto first = draw_parameters(2), second = draw_parameters(3);
  Optimizer slow(first, 0.125), fast(second, 0.75);
  calling("step() of both; zero_grad() of the second; step() of both");
  slow.step();
  fast.step();
  fast.zero_grad();
  slow.step();
  fast.step();
  observe("values of the first", values(first), {.terms = 4, .scale = 8});
  observe("values of the second", values(second), {.terms = 4, .scale = 8});
}

CASE(optimizer, changes_in_place,
     "the parameter itself changes: every handle to it sees the new value") {
  auto parameters = draw_parameters(4);
  const Scalar handle = parameters[2];
  const std::size_t before = live_nodes();
  Optimizer optimizer(parameters, 0.5);
  calling("step(), seen through another handle to the third parameter");
  optimizer.step();
  observe("through the other handle", handle.value(), kStep);
  observe("through the list", values(parameters), kStep);
  observe("new numbers", static_cast<std::int64_t>(live_nodes() - before));
}

CASE(optimizer, not_a_number,
     "zero_grad forgets a NaN or an infinity too; step passes them on to the value") {
  auto parameters = draw_parameters(4);
  parameters[1].set_grad(std::nan(""));
  parameters[2].set_grad(HUGE_VAL);
  Optimizer optimizer(parameters, 0.25);
  calling("step() with the second grad NaN and the third infinite, then zero_grad()");
  optimizer.step();
  observe("values after step", values(parameters), kStep);
  optimizer.zero_grad();
  observe("grads after zero_grad", grads(parameters));
}

CASE(optimizer, large_gradient,
     "no gradient is too large or too small to follow: nothing is clipped") {
  for (double size : {1e-6, 10.0, 1e6}) {
    auto parameters = draw_parameters(2);
    for (Scalar& p : parameters) p.set_grad(input("grad", size * draw(1, 2)));
    calling("step() with grads of about " + std::to_string(size));
    Optimizer(parameters, 0.5).step();
    observe("values", values(parameters), kStep);
  }
}

PROOF(optimizer, closed_form) {
  Scalar w = 3.0;
  w.set_grad(-4);
  Optimizer optimizer({w});
  optimizer.step();
  prove_close("3 + 0.1 · 4", w.value(), 3.4, 1e-15);
  optimizer.zero_grad();
  prove_close("grad after zero_grad", w.grad(), 0, 0);
}

PROOF(optimizer, halves_the_distance_on_a_parabola) {
  Scalar w = 3.0;
  Optimizer optimizer({w}, 0.25);
  for (int i = 0; i < 10; ++i) {
    w.set_grad(2 * (w.value() - 1));
    optimizer.step();
  }
  prove_close("1 + 2 / 2¹⁰", w.value(), 1 + 2 / 1024.0, 1e-15);
}

}  // namespace
}  // namespace gradbook
