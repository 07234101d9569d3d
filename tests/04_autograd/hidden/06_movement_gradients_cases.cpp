#include "support/table_proofs.hpp"

namespace gradbook {
namespace {

// Calls forward alone, with a context of its own
Array forward(const Function& function, const std::vector<Tensor>& in, const Attributes& with) {
  Context context(function, in, with, true);
  return function.forward(context, in);
}

CASE(movement_gradients, permute, "the gradient of permute goes back in the inverse order") {
  observe_rows(permute_rows());
}

CASE(movement_gradients, reshape, "the gradient of reshape gets the shape of the input back") {
  observe_rows(reshape_rows());
}

CASE(movement_gradients, slice,
     "the gradient of a slice lies where it was taken from, and all other elements get 0") {
  observe_rows(slice_rows());
}

CASE(movement_gradients, concat, "each part gets the gradient of its own elements") {
  observe_rows(concat_rows());
}

CASE(movement_gradients, gather,
     "a row gets the gradients of all its copies, added up; a row that was not taken gets 0",
     {.weight = 2}) {
  observe_rows(gather_rows());
  std::vector<std::int64_t> rows;
  for (int i = 0; i < 40; ++i) rows.push_back(draw_integer(0, 6));
  observe_rows({detail::moved(functions::gather, {{7, 3}}, {.rows = rows})});
}

CASE(movement_gradients, views,
     "permute, slice, and reshape of what is contiguous look at the same storage: no copy") {
  for (const Layout layout : {Layout::contiguous, Layout::offset}) {
    const Tensor x = input_array("x", {2, 3, 4}, -2, 2, layout);
    calling(fmt::format("permute, slice and reshape, {}", gradbook::name(layout)));
    const std::string name = gradbook::name(layout);
    const Array turned = forward(functions::permute, {x}, {.axes = {2, 0, 1}}),
                part = forward(functions::slice, {x}, {.axis = 1, .slice = {1, 3}}),
                shaped = forward(functions::reshape, {x}, {.shape = {4, -1}});
    observe(name + ": permute shares its storage", turned.storage() == x.value().storage());
    observe(name + ": slice shares its storage", part.storage() == x.value().storage());
    observe(name + ": reshape shares its storage", shaped.storage() == x.value().storage());
    observe(name + ": permute", turned);
    observe(name + ": slice", part);
    observe(name + ": reshape", shaped);
  }
}

CASE(movement_gradients, copies, "what concat and gather give is a new array") {
  const Tensor x = input_array("x", {2, 3}, -2, 2);
  calling("concat of one part, and gather of all rows, then the result is overwritten");
  Array joined = forward(functions::concat, {x}, {.axis = 0}),
        taken = forward(functions::gather, {x}, {.rows = {0, 1}});
  joined(0, 0) = 9;
  taken(1, 2) = 9;
  observe("x", x);
  observe("concat", joined);
  observe("gather", taken);
}

CASE(movement_gradients, one_part_twice,
     "a tensor that is put together with itself gets two gradients") {
  const Tensor x(input_array("x", {3, 2}, -2, 2, Layout::permuted), true);
  for (const std::int64_t axis : {0, 1, -1}) {
    Tensor y = x;
    y.zero_grad();
    const Tensor both = concat({x, -x, x}, axis);
    calling(fmt::format("backward of concat({{x, -x, x}}, {})", axis));
    both.backward(input_array("seed", both.shape(), -2, 2));
    observe(fmt::format("axis {}: value", axis), both);
    observe(fmt::format("axis {}: gradient of x", axis), x.grad(), {.terms = 3, .scale = 2});
  }
}

CASE(movement_gradients, there_and_back,
     "several moves in a row send each number's gradient back to where it came from") {
  const Tensor x(input_array("x", {2, 3, 4}, -2, 2, Layout::sliced), true);
  calling("backward through permute, reshape, gather, slice and concat");
  const Tensor matrix = reshape(permute(x, {1, 2, 0}), {6, 4});
  const Tensor moved = concat({slice(gather(matrix, {5, 0, 5, 2}), 1, {1, 4, 2}),
                               slice(matrix, 1, {0, 2}), slice(matrix, 1, {2, 4})});
  observe("value", moved);
  moved.backward(input_array("seed", moved.shape(), -2, 2, Layout::permuted));
  observe("gradient of x", x.grad(), {.terms = 4, .scale = 2});
}

CASE(movement_gradients, errors, "what does not go together, or is not there, is an error") {
  const Tensor x = input_array("x", {2, 3}, -2, 2), cube = Tensor::ones({2, 3, 4});
  const auto see = [](const std::string& label, const Function& function,
                      const std::vector<Tensor>& in, const Attributes& with) {
    calling(label);
    observe_error(label, [&] { forward(function, in, with); });
  };
  see("concat of nothing", functions::concat, {}, {});
  see("concat of (2, 3) and (3, 3) along 1", functions::concat, {x, Tensor::ones({3, 3})},
      {.axis = 1});
  see("concat of (2, 3) and (2, 4) along 0", functions::concat, {x, Tensor::ones({2, 4})},
      {.axis = 0});
  see("concat of (2, 3) and (1, 4) along 0", functions::concat, {x, Tensor::ones({1, 4})},
      {.axis = 0});
  see("concat of (2, 3) and (2, 1) along 0", functions::concat, {x, Tensor::ones({2, 1})},
      {.axis = 0});
  see("concat of (2, 3) and (3)", functions::concat, {x, Tensor::ones({3})}, {.axis = 0});
  see("concat of (2, 3) and (2, 3, 4)", functions::concat, {x, cube}, {.axis = 0});
  see("concat of (2, 3) along 2", functions::concat, {x}, {.axis = 2});
  see("concat of (2, 3) along -3", functions::concat, {x}, {.axis = -3});
  see("gather of (2, 3, 4)", functions::gather, {cube}, {.rows = {0}});
  see("gather of (3)", functions::gather, {Tensor::ones({3})}, {.rows = {0}});
  see("gather of row 2 of (2, 3)", functions::gather, {x}, {.rows = {0, 2}});
  see("gather of row -1 of (2, 3)", functions::gather, {x}, {.rows = {-1}});
  see("gather of a row of (0, 3)", functions::gather, {Tensor::zeros({0, 3})}, {.rows = {0}});
}

CASE(movement_gradients, gradients_of_gradients,
     "backward computes with tensors, so that its results have gradients of their own",
     {.weight = 2}) {
  for (const Rows& rows :
       {permute_rows(), reshape_rows(), slice_rows(), concat_rows(), gather_rows()})
    observe_seconds(rows);
}

PROOF(movement_gradients, table) {
  for (const Rows& rows :
       {permute_rows(), reshape_rows(), slice_rows(), concat_rows(), gather_rows()})
    prove_rows(rows);
}

// Given, and used by the functions above
PROOF(movement_gradients, expand) {
  const std::pair<Shape, Shape> kShapes[] = {
      {{}, {2, 3}}, {{3, 1}, {3, 4}}, {{4}, {3, 4}}, {{2, 1, 3}, {5, 2, 2, 3}}, {{1}, {0}}};
  for (const auto& [from, to] : kShapes)
    prove_rows({detail::moved(functions::expand, {from}, {.shape = to})});
}

// Large enough that the fast backend shares the work among threads
PROOF(movement_gradients, large) {
  std::vector<std::int64_t> rows;
  for (int i = 0; i < 600; ++i) rows.push_back(draw_integer(0, 522));
  for (const Row& row :
       {detail::moved(functions::permute, {{523, 257}}, {.axes = {1, 0}}),
        detail::moved(functions::reshape, {{523, 257}}, {.shape = {257, 523}}),
        detail::moved(functions::slice, {{523, 257}}, {.axis = 1, .slice = {1, 256, 2}}),
        detail::moved(functions::concat, {{523, 130}, {523, 257}}, {.axis = 1}),
        detail::moved(functions::gather, {{523, 257}}, {.rows = rows})})
    prove_agreement(row, 1e-13);
}

}  // namespace
}  // namespace gradbook
