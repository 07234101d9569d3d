#include <limits>

#include "support/table_proofs.hpp"

namespace gradbook {
namespace {

constexpr const Function* kFunctions[] = {&functions::add, &functions::sub, &functions::mul,
                                          &functions::div, &functions::pow, &functions::maximum,
                                          &functions::lt,  &functions::eq};

// Calls one function at these pairs, with a random gradient
void observe_at(const Function& function, const std::vector<double>& a,
                const std::vector<double>& b) {
  const std::vector<double> left = input("a", a), right = input("b", b);
  const Shape shape = {static_cast<std::int64_t>(a.size())};
  observe_call({&function, {}, {shape, shape}}, fmt::format("{} there", function.name),
               {array_in(Layout::contiguous, shape, {left.begin(), left.end()}),
                array_in(Layout::sliced, shape, {right.begin(), right.end()})},
               Layout::permuted);
}

CASE(zip_gradients, add,
     "both inputs of a sum get grad, each summed back to the shape that it had") {
  observe_rows(zip_rows(functions::add));
}

CASE(zip_gradients, sub, "the second input of a difference gets −grad") {
  observe_rows(zip_rows(functions::sub));
}

CASE(zip_gradients, mul, "each input of a product gets grad times the other") {
  observe_rows(zip_rows(functions::mul));
}

CASE(zip_gradients, div, "a quotient falls as its divisor grows: −grad · a / b²") {
  observe_rows(zip_rows(functions::div));
}

CASE(zip_gradients, pow, "base and exponent of a power both have gradients") {
  observe_rows(zip_rows(functions::pow));
}

CASE(zip_gradients, maximum, "the larger of two gets grad, the smaller 0") {
  observe_rows(zip_rows(functions::maximum));
}

CASE(zip_gradients, comparisons,
     "a comparison has two gradients, zeros of the shapes of its inputs") {
  observe_rows(zip_rows(functions::lt));
  observe_rows(zip_rows(functions::eq));
  observe_at(functions::lt, {1.5, -2, 0, draw(1, 2)}, {1.5, 3, -0.0, draw(-1, 0)});
  observe_at(functions::eq, {1.5, -2, 0, draw(1, 2)}, {1.5, 3, -0.0, draw(-1, 0)});
}

CASE(zip_gradients, ties, "each of two equal inputs of maximum gets half of grad") {
  const double same = draw(-2, 2);
  observe_at(functions::maximum, {same, 1, 0, draw(-3, -2)}, {same, 1, -0.0, draw(2, 3)});
}

CASE(zip_gradients, powers_of_zero,
     "a power has the slope 0 by a base whose exponent is 0, and by the exponent of a base of 0") {
  observe_at(functions::pow, {0, 0, 0, 0, draw(1, 2), draw(-2, -1), draw(-2, -1)},
             {0, 1, 2, draw(2, 3), 0, 0, 3});
}

CASE(zip_gradients, large_quotients,
     "a quotient of large numbers has a slope by its divisor: b² would overflow") {
  observe_at(functions::div, {3e200, draw(1, 2), -2e-200}, {2e200, draw(-2, -1), 5e-200});
}

CASE(zip_gradients, used_twice, "a function of one tensor with itself sends two gradients") {
  const std::vector<double> at = input("a", draw_list(6, 0.5, 2));
  for (const Function* const function : kFunctions) {
    const Tensor a = array_in(Layout::permuted, {2, 3}, {at.begin(), at.end()});
    observe_call({function, {}, {{2, 3}, {2, 3}}}, fmt::format("{} of a and a", function->name),
                 {a, a}, Layout::contiguous);
  }
}

CASE(zip_gradients, do_not_fit, "shapes that do not broadcast are an error") {
  for (const Function* const function : kFunctions) {
    const std::vector<Tensor> in = {Tensor::ones({5, 2}), Tensor::ones({5})};
    calling(fmt::format("{}_forward of (5, 2) and (5)", function->name));
    observe_error(fmt::format("{} of (5, 2) and (5)", function->name), [&] {
      Context context(*function, in, {}, true);
      function->forward(context, in);
    });
  }
}

CASE(zip_gradients, gradients_of_gradients,
     "backward computes with tensors, so that its results have gradients of their own",
     {.weight = 2}) {
  for (const Function* const function : kFunctions) observe_seconds(zip_rows(*function));
}

PROOF(zip_gradients, table) {
  for (const Function* const function : kFunctions) prove_rows(zip_rows(*function));
}

// Large enough that the fast backend shares the work among threads
PROOF(zip_gradients, large) {
  for (const Function* const function : kFunctions) {
    const std::vector<Domain> domains = zip_rows(*function)[0].domains;
    prove_agreement({function, domains, {{523, 257}, {257}}}, 1e-11);
    prove_agreement({function, domains, {{523, 1}, {523, 257}}}, 1e-11);
  }
}

}  // namespace
}  // namespace gradbook
