#include <algorithm>
#include <cmath>
#include <utility>

#include "05_modules/activations.hpp"
#include "05_modules/classifier.hpp"
#include "05_modules/layers.hpp"
#include "06_training/manual.hpp"
#include "support/modules.hpp"

namespace gradbook {
namespace {

struct Sizes {
  std::size_t n, d, h, k;
};

std::string text(const Sizes& s) {
  return fmt::format("x ({}, {}), w1 ({}, {}), w2 ({}, {})", s.n, s.d, s.d, s.h, s.h, s.k);
}

struct Problem {
  Matrix x, y;
  TwoLayers network;
};

Problem draw_problem(const Sizes& s) {
  return {input_matrix("x", s.n, s.d, -1, 1),
          input_matrix("y", s.n, s.k, -1, 1),
          {input_matrix("w1", s.d, s.h, -1, 1), input_matrix("w2", s.h, s.k, -1, 1)}};
}

// Some steps, and all that came of them
void observe_steps(Problem problem, double rate, int steps, const std::string& what,
                   Tolerance tolerance) {
  const Matrix x = problem.x, y = problem.y;
  for (int step = 1; step <= steps; ++step) {
    calling(fmt::format("step {} at rate {:.3}, {}", step, rate, what));
    observe(fmt::format("J before step {}, {}", step, what),
            manual_step(problem.network, problem.x, problem.y, rate), tolerance);
    observe(fmt::format("w1 after step {}, {}", step, what), problem.network.w1, tolerance);
    observe(fmt::format("w2 after step {}, {}", step, what), problem.network.w2, tolerance);
  }
  observe("x and y are as before, " + what, same_bits(x, problem.x) && same_bits(y, problem.y));
}

void observe_sizes(const std::vector<Sizes>& all, int steps = 1) {
  for (const Sizes& sizes : all)
    observe_steps(draw_problem(sizes), input("rate", draw(0.01, 0.05)), steps, text(sizes),
                  {.terms = 1e3, .scale = 10});
}

CASE(manual_two_layer, one_step, "J before the step, and both matrices after it", {.weight = 2}) {
  observe_sizes({{7, 3, 5, 2}, {2, 11, 3, 7}, {13, 2, 7, 5}});
}

CASE(manual_two_layer, one_example, "a batch of one, and layers of one unit") {
  observe_sizes({{1, 1, 1, 1}, {1, 5, 3, 2}, {3, 1, 1, 1}, {5, 2, 1, 3}, {2, 3, 4, 1}});
}

CASE(manual_two_layer, squares,
     "square matrices, where sizes do not tell a matrix from its transpose") {
  observe_sizes({{3, 3, 3, 3}, {5, 5, 5, 5}});
}

CASE(manual_two_layer, nothing,
     "no examples or no outputs change nothing; without units J is Σ y²") {
  observe_sizes({{0, 3, 2, 4}, {3, 0, 2, 2}, {3, 2, 0, 4}, {3, 2, 4, 0}});
}

CASE(manual_two_layer, several_steps,
     "step after step downhill, each from where the last one ended", {.weight = 2}) {
  observe_steps(draw_problem({8, 10, 7, 3}), 2e-3, 40, "40 steps", {.terms = 1e4, .scale = 10});
}

CASE(manual_two_layer, rate, "a rate of 0 changes nothing, a negative one goes uphill") {
  const Problem problem = draw_problem({4, 3, 5, 2});
  for (const double rate : {0.0, -0.03, 1.0})
    observe_steps(problem, rate, 1, fmt::format("rate {}", rate), {.terms = 1e3, .scale = 10});
}

// Whole numbers from −1 to 1: many sums of four are exactly 0, while x is not
CASE(manual_two_layer, exactly_zero, "where h is exactly 0 the slope of the maximum is 0",
     {.weight = 2}) {
  Problem problem = draw_problem({7, 4, 5, 3});
  for (Matrix* m : {&problem.x, &problem.network.w1}) {
    for (Real& number : *m) number = static_cast<Real>(input("sign", 2 * draw_integer(0, 1) - 1));
  }
  observe_steps(problem, 0.01, 1, "signs for x and w1", {.terms = 100, .scale = 10});
}

CASE(manual_two_layer, silent_units, "units that are 0 for all examples learn nothing") {
  Problem problem = draw_problem({5, 3, 4, 2});
  for (Real& number : problem.x) number = std::fabs(number);
  for (std::size_t d = 0; d < 3; ++d) {
    for (const std::size_t unit : {0, 2})
      problem.network.w1(d, unit) = -std::fabs(problem.network.w1(d, unit));
  }
  observe_steps(problem, 0.02, 2, "units 0 and 2 are silent", {.terms = 1e3, .scale = 10});
}

CASE(manual_two_layer, the_lectures_sizes, "64 examples, 1000 inputs, 100 units, 10 outputs") {
  Problem problem = draw_problem({64, 1000, 100, 10});
  for (int step = 1; step <= 2; ++step) {
    calling(fmt::format("step {} of the lecture's network", step));
    observe(fmt::format("J before step {}", step),
            manual_step(problem.network, problem.x, problem.y, 1e-6), {.terms = 1e4});
    observe(fmt::format("w2 after step {}", step), problem.network.w2, {.terms = 1e4, .scale = 10});
  }
  observe("w1 after two steps", problem.network.w1, {.terms = 1e4, .scale = 10});
}

CASE(manual_two_layer, errors, "sizes that do not fit are refused, and then nothing has changed",
     {.weight = 2}) {
  const Sizes fine{3, 4, 5, 2};
  const auto refused = [&](const std::string& what, auto spoil) {
    Problem problem = draw_problem(fine);
    spoil(problem);
    const TwoLayers before = problem.network;
    calling("manual_step, " + what);
    observe_error(what, [&] { manual_step(problem.network, problem.x, problem.y, 0.1); });
    observe("both matrices are as before, " + what,
            same_bits(before.w1, problem.network.w1) && same_bits(before.w2, problem.network.w2));
  };
  refused("all fit", [](Problem& p) {
    for (Matrix* m : {&p.network.w1, &p.network.w2, &p.y}) m->fill(0);
  });
  refused("x has 3 columns, not 4", [](Problem& p) { p.x = input_matrix("x", 3, 3); });
  refused("x is transposed", [](Problem& p) { p.x = input_matrix("x", 4, 3); });
  refused("w2 has 4 rows, not 5", [](Problem& p) { p.network.w2 = input_matrix("w2", 4, 2); });
  refused("y has 2 rows, not 3", [](Problem& p) { p.y = input_matrix("y", 2, 2); });
  refused("y has 1 row, not 3", [](Problem& p) { p.y = input_matrix("y", 1, 2); });
  refused("y has 1 column, not 2", [](Problem& p) { p.y = input_matrix("y", 3, 1); });
  refused("y has 4 columns, not 2", [](Problem& p) { p.y = input_matrix("y", 3, 4); });
  refused("y is transposed", [](Problem& p) { p.y = input_matrix("y", 2, 3); });
}

Matrix turned(const Matrix& m) {
  auto result = Matrix::from_shape({m.shape(1), m.shape(0)});
  for (std::size_t i = 0; i < m.shape(0); ++i) {
    for (std::size_t j = 0; j < m.shape(1); ++j) result(j, i) = m(i, j);
  }
  return result;
}

Problem drawn_problem(const Sizes& s) {
  return {drawn_matrix(s.n, s.d, -1, 1),
          drawn_matrix(s.n, s.k, -1, 1),
          {drawn_matrix(s.d, s.h, -1, 1), drawn_matrix(s.h, s.k, -1, 1)}};
}

// The same network of modules: Linear, ReLU, Linear, MSELoss, and GradientDescent
PROOF(manual_two_layer, equals_the_modules_step_for_step) {
  for (const Sizes& s : {Sizes{8, 10, 7, 3}, {1, 3, 5, 2}, {16, 40, 20, 10}}) {
    Problem problem = drawn_problem(s);
    Random random(1);
    Linear first(s.d, s.h, random, false), second(s.h, s.k, random, false);
    first.weight.value() = turned(problem.network.w1);
    second.weight.value() = turned(problem.network.w2);
    ReLU relu;
    GradientDescent descent({&first.weight, &second.weight}, 1e-3);
    for (int step = 1; step <= 100; ++step) {
      Input x(problem.x), y(problem.y);
      MSELoss loss(Reduction::sum);
      loss.apply_fwd({&second(relu(first(x))), &y});
      descent.zero_grad();
      backward(loss);
      descent.step();
      const double by_modules = loss.out_tensor(0, 0);
      prove_close(fmt::format("J before step {}", step),
                  manual_step(problem.network, problem.x, problem.y, 1e-3), by_modules,
                  1e-12 * std::max(1.0, by_modules));
    }
    const auto compare = [](const char* name, const Matrix& by_hand, const Matrix& by_modules) {
      for (std::size_t i = 0; i < by_hand.size(); ++i)
        prove_close(name, by_hand.data()[i], by_modules.data()[i], 1e-12);
    };
    compare("w1", problem.network.w1, turned(first.weight.value()));
    compare("w2", problem.network.w2, turned(second.weight.value()));
  }
}

// A step at rate 1 takes just the gradient away
PROOF(manual_two_layer, central_differences) {
  Problem problem = drawn_problem({5, 3, 4, 2});
  auto& [w1, w2] = problem.network;
  for (Matrix* w : {&w1, &w2}) {
    const TwoLayers kept = problem.network;
    const Matrix before = *w;
    manual_step(problem.network, problem.x, problem.y, 1);
    const Matrix gradient = before - *w;
    problem.network = kept;
    detail::prove_gradient(
        w == &w1 ? "w1" : "w2", *w, gradient,
        [&] { return double{manual_step(problem.network, problem.x, problem.y, 0)}; }, 1e-6);
  }
}

// h = (2, 0), p = (2, 4), J = 1 + 16; G = (2, 8); ∂J/∂w2 = ((4, 16), (0, 0)); G w2ᵀ = (18, 10), of
// which the unit at exactly 0 gets nothing
PROOF(manual_two_layer, by_hand) {
  TwoLayers network{{{1, 1}, {1, -1}}, {{1, 2}, {1, 1}}};
  prove(manual_step(network, {{1, 1}}, {{1, 0}}, 0.5) == 17, "J");
  prove(listed(network.w1) == std::vector<Real>({-8, 1, -8, -1}), "w1");
  prove(listed(network.w2) == std::vector<Real>({-1, -6, 1, 1}), "w2");
}

}  // namespace
}  // namespace gradbook
