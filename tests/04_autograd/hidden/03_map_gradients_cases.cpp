#include <limits>

#include "support/table_proofs.hpp"

namespace gradbook {
namespace {

constexpr Real kInfinity = std::numeric_limits<Real>::infinity();
constexpr Real kNaN = std::numeric_limits<Real>::quiet_NaN();

// Calls one function at these points, with a random gradient
void observe_at(const Function& function, const std::vector<double>& points) {
  const std::vector<double> at = input("a", points);
  const auto n = static_cast<std::int64_t>(at.size());
  const Row row = {&function, {{0, 1}}, {{n}}};
  observe_call(row, fmt::format("{} there", function.name),
               {array_in(Layout::sliced, {n}, {at.begin(), at.end()})}, Layout::contiguous);
}

CASE(map_gradients, neg, "−a has the gradient −grad, at every shape and stride") {
  observe_rows(map_rows(functions::neg));
}

CASE(map_gradients, inv, "b = 1/a has the gradient −grad · b²: negative on both sides of 0") {
  observe_rows(map_rows(functions::inv));
}

CASE(map_gradients, exp, "b = eᵃ has the gradient grad · b") {
  observe_rows(map_rows(functions::exp));
}

CASE(map_gradients, log, "log a has the gradient grad / a") {
  observe_rows(map_rows(functions::log));
}

CASE(map_gradients, sqrt, "b = √a has the gradient grad / 2b") {
  observe_rows(map_rows(functions::sqrt));
}

CASE(map_gradients, sigmoid, "b = σ(a) has the gradient grad · b · (1 − b)") {
  observe_rows(map_rows(functions::sigmoid));
}

CASE(map_gradients, tanh, "b = tanh a has the gradient grad · (1 − b²)") {
  observe_rows(map_rows(functions::tanh));
}

CASE(map_gradients, relu, "max(a, 0) has the gradient grad where a > 0, and 0 elsewhere") {
  observe_rows(map_rows(functions::relu));
}

CASE(map_gradients, kink, "the slope of relu at 0 is 0, as PyTorch has it") {
  observe_at(functions::relu, {draw(-2, -1), 0.0, -0.0, draw(1, 2), 0.0});
}

CASE(map_gradients, far_out,
     "far from 0 no slope overflows: those of σ and tanh are 0 there, and NaN goes through") {
  observe_at(functions::sigmoid, {-800, draw(-3, 3), 800, kNaN, -kInfinity, kInfinity});
  observe_at(functions::tanh, {-800, draw(-3, 3), 800, kNaN, -kInfinity, kInfinity});
  observe_at(functions::exp, {-800, draw(-3, 3), kNaN, -kInfinity});
  observe_at(functions::inv, {1e-160, -1e160, draw(1, 3), kInfinity, kNaN});
}

CASE(map_gradients, at_the_edge, "log and √ have an infinite slope at 0; a NaN goes through") {
  observe_at(functions::log, {0.0, draw(1, 3), kNaN, kInfinity});
  observe_at(functions::sqrt, {0.0, draw(1, 3), kNaN, kInfinity});
}

CASE(map_gradients, gradients_of_gradients,
     "backward computes with tensors, from what was saved with its history, so that its result has "
     "gradients of its own",
     {.weight = 2}) {
  for (const Function* function :
       {&functions::neg, &functions::inv, &functions::exp, &functions::log, &functions::sqrt,
        &functions::sigmoid, &functions::tanh, &functions::relu})
    observe_seconds(map_rows(*function));
}

PROOF(map_gradients, table) {
  for (const Function* function :
       {&functions::neg, &functions::inv, &functions::exp, &functions::log, &functions::sqrt,
        &functions::sigmoid, &functions::tanh, &functions::relu})
    prove_rows(map_rows(*function));
}

// Large enough that the fast backend shares the work among threads
PROOF(map_gradients, large) {
  for (const Function* function :
       {&functions::neg, &functions::inv, &functions::exp, &functions::log, &functions::sqrt,
        &functions::sigmoid, &functions::tanh, &functions::relu})
    prove_agreement({function, {domain_of(*function)}, {{523, 257}}}, 1e-13);
}

}  // namespace
}  // namespace gradbook
