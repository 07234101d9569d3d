#include "support/table_proofs.hpp"

namespace gradbook {
namespace {

constexpr const Function* kFunctions[] = {&functions::sum, &functions::mean, &functions::max};

// Calls one function on these numbers, with a random gradient
void observe_of(const Function& function, const Shape& shape, const std::vector<double>& numbers,
                const Attributes& with) {
  const Row row = {&function, {}, {shape}, with};
  const std::vector<double> x = input("a", numbers);
  observe_call(row, text(row), {array_in(Layout::permuted, shape, {x.begin(), x.end()})},
               Layout::contiguous);
}

CASE(reduce_gradients, sum, "every element that was summed gets the gradient of its sum") {
  observe_rows(reduce_rows(functions::sum));
}

CASE(reduce_gradients, mean,
     "every element of a mean gets grad / N, with N the number of elements in one mean") {
  observe_rows(reduce_rows(functions::mean));
}

CASE(reduce_gradients, max, "the largest element along the axes gets grad, all others 0") {
  observe_rows(reduce_rows(functions::max));
}

CASE(reduce_gradients, below_zero, "the largest of negative numbers is negative") {
  observe_of(functions::max, {2, 3}, draw_list(6, -3, -1), {.axes = {1}});
  observe_of(functions::max, {2, 3}, draw_list(6, -3, -1), {.axes = {1, 0}, .keepdim = true});
}

CASE(reduce_gradients, ties, "where several are the largest they share grad equally",
     {.weight = 2}) {
  const double top = draw(1, 2), low = draw(-2, 0);
  const std::vector<double> numbers = {top, low, top, low, low, top, top, top, top, low, low, low};
  for (const bool keepdim : {false, true}) {
    for (const Axes& axes : {Axes{1}, Axes{0}, Axes{0, 1}, Axes{-1}})
      observe_of(functions::max, {4, 3}, numbers, {.axes = axes, .keepdim = keepdim});
    observe_of(functions::max, {2, 2, 3}, numbers, {.axes = {0, 2}, .keepdim = keepdim});
    observe_of(functions::max, {12}, numbers, {.axes = {0}, .keepdim = keepdim});
    observe_of(functions::max, {12}, numbers, {.axes = {}, .keepdim = keepdim});
  }
}

CASE(reduce_gradients, of_everything, "a sum, a mean and the largest of all elements have rank 0") {
  const Tensor x(input_array("x", {3, 1, 4}, -2, 2, Layout::sliced), true);
  const Tensor total = sum(x) * 2 + mean(x) * 3 + max(x, {0, 1, 2});
  calling("backward of 2 sum(x) + 3 mean(x) + max(x)");
  total.backward();
  observe("value", total, {.terms = 100, .scale = 10});
  observe("gradient of x", x.grad(), {.terms = 20});
}

CASE(reduce_gradients, no_such_axis, "an axis that is not there, or is named twice, is an error") {
  for (const Function* const function : kFunctions) {
    for (const Axes& axes : {Axes{2}, Axes{-3}, Axes{0, 0}, Axes{1, -1}}) {
      const Tensor x = input_array("x", {2, 3}, -2, 2);
      calling(fmt::format("{}_forward of (2, 3) along {}", function->name, text(axes)));
      observe_error(fmt::format("{} along {}", function->name, text(axes)), [&] {
        Context context(*function, Inputs(&x, 1), {.axes = axes}, true);
        function->forward(context, Inputs(&x, 1));
      });
    }
  }
}

CASE(reduce_gradients, gradients_of_gradients,
     "backward computes with tensors, so that its results have gradients of their own",
     {.weight = 2}) {
  for (const Function* const function : kFunctions) observe_seconds(reduce_rows(*function));
}

PROOF(reduce_gradients, table) {
  for (const Function* const function : kFunctions) prove_rows(reduce_rows(*function));
}

// Large enough that the fast backend shares the work among threads
PROOF(reduce_gradients, large) {
  for (const Function* const function : kFunctions) {
    for (const Axes& axes : {Axes{0}, Axes{1}, Axes{0, 1}})
      prove_agreement({function, {{-2, 2}}, {{523, 257}}, {.axes = axes}}, 1e-11);
  }
}

}  // namespace
}  // namespace gradbook
