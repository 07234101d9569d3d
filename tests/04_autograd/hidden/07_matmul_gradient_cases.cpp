#include <fmt/format.h>

#include <cmath>

#include "support/table_proofs.hpp"

namespace gradbook {
namespace {

struct Sizes {
  Shape a, b;
};

std::string text(const Sizes& sizes) {
  return fmt::format("{} times {}", text(sizes.a), text(sizes.b));
}

// What the function that made `result` sends to its inputs
std::vector<Tensor> shares(const Tensor& result, const Tensor& grad) {
  return result.variable()->function->backward(result.variable()->context, grad);
}

// Numbers go up to 2, so a product up to 4; the longest sum goes over all axes
Tolerance sums_of(const Tensor& a, const Tensor& b) {
  return {.terms = static_cast<double>(a.size() + b.size() + 1), .scale = 4};
}

void observe_gradients(const Sizes& sizes, Layout layout = Layout::contiguous,
                       Layout of_grad = Layout::contiguous) {
  const std::string label =
      fmt::format("{}, {}, gradient {}", text(sizes), name(layout), name(of_grad));
  const Tensor a(input_array("a", sizes.a, -2, 2, layout), true);
  const Tensor b(input_array("b", sizes.b, -2, 2, layout), true);
  calling(fmt::format("c = matmul(a, b), then its backward: {}", label));
  const Tensor c = matmul(a, b);
  observe(fmt::format("c of {}", label), c.value(), sums_of(a, b));
  const Tensor grad = input_array("grad of c", c.shape(), -2, 2, of_grad);
  const std::vector<Tensor> grads = shares(c, grad);
  observe(fmt::format("number of gradients, {}", label), grads.size());
  for (std::size_t k = 0; k < grads.size(); ++k)
    observe(fmt::format("gradient of {} of {}", k == 0 ? "a" : "b", label), grads[k].value(),
            sums_of(a, b));
  observe(fmt::format("a after, {}", label), a.value());
  observe(fmt::format("b after, {}", label), b.value());
  observe(fmt::format("grad of c after, {}", label), grad.value());
}

CASE(matmul_gradient, matrices, "of c = a·b the gradient of a is grad·bᵀ, and that of b is aᵀ·grad",
     {.weight = 2}) {
  for (const Sizes& sizes : {Sizes{{2, 3}, {3, 5}}, {{7, 2}, {2, 3}}, {{4, 11}, {11, 13}}})
    observe_gradients(sizes);
}

CASE(matmul_gradient, square, "square matrices do not show by their shapes which is transposed") {
  for (const std::int64_t n : {2, 3, 5}) observe_gradients({{n, n}, {n, n}});
}

CASE(matmul_gradient, rows_and_columns,
     "a row times a column and a column times a row are products like any other") {
  for (const Sizes& sizes : {Sizes{{1, 1}, {1, 1}},
                             {{1, 5}, {5, 1}},
                             {{5, 1}, {1, 7}},
                             {{1, 1}, {1, 3}},
                             {{3, 2}, {2, 1}}})
    observe_gradients(sizes);
}

CASE(matmul_gradient, batches, "of a batch each product has gradients of its own") {
  for (const Sizes& sizes : {Sizes{{3, 2, 4}, {3, 4, 5}},
                             {{2, 3, 4, 5}, {2, 3, 5, 2}},
                             {{1, 2, 3}, {1, 3, 1}},
                             {{2, 2, 2}, {2, 2, 2}}})
    observe_gradients(sizes);
}

CASE(matmul_gradient, one_matrix_for_a_batch,
     "a matrix that takes part in every product of a batch gets the sum of all its gradients",
     {.weight = 2}) {
  for (const Sizes& sizes : {Sizes{{6, 6, 5, 4}, {4, 3}},
                             {{5, 4}, {6, 6, 4, 3}},
                             {{3, 2, 4}, {4, 5}},
                             {{2, 4}, {3, 4, 5}}})
    observe_gradients(sizes);
}

CASE(matmul_gradient, batches_that_broadcast,
     "an axis of size 1 that is repeated is summed as well, and stays with size 1") {
  for (const Sizes& sizes : {Sizes{{2, 1, 3, 2}, {1, 4, 2, 5}},
                             {{1, 3, 2}, {4, 2, 3}},
                             {{4, 3, 2}, {1, 2, 5}},
                             {{3, 1, 2, 2}, {5, 2, 2}},
                             {{2, 3, 1, 2, 2}, {3, 4, 2, 3}}})
    observe_gradients(sizes);
}

CASE(matmul_gradient, no_elements,
     "without rows, columns or inner elements gradients keep their shapes, and are 0 where any "
     "are") {
  for (const Sizes& sizes : {Sizes{{0, 3}, {3, 2}},
                             {{2, 0}, {0, 3}},
                             {{2, 3}, {3, 0}},
                             {{0, 2, 3}, {3, 4}},
                             {{2, 0}, {5, 0, 3}},
                             {{0, 0}, {0, 0}}})
    observe_gradients(sizes);
}

CASE(matmul_gradient, layouts, "numbers may lie in any order: in a, in b, and in the gradient") {
  for (const Layout layout : kLayouts) {
    for (const Layout of_grad : kLayouts) observe_gradients({{3, 4}, {4, 2}}, layout, of_grad);
    observe_gradients({{2, 3, 4}, {4, 2}}, layout, Layout::permuted);
    observe_gradients({{3, 4}, {2, 1, 4, 5}}, layout, Layout::sliced);
  }
}

CASE(matmul_gradient, gradient_of_a_sum,
     "a gradient that one number was repeated to cannot be written, only read") {
  for (const Sizes& sizes : {Sizes{{3, 4}, {4, 2}}, {{2, 3, 4}, {4, 5}}, {{3, 4}, {5, 4, 2}}}) {
    const Tensor a(input_array("a", sizes.a, -2, 2), true),
        b(input_array("b", sizes.b, -2, 2), true);
    const double grad = input("grad of every element", draw(0.5, 2));
    calling(fmt::format("the backward of {} with one number as the gradient of all", text(sizes)));
    const Tensor c = matmul(a, b);
    const std::vector<Tensor> grads = shares(c, expand(Tensor(static_cast<Real>(grad)), c.shape()));
    observe(fmt::format("gradient of a, {}", text(sizes)), grads.at(0).value(), sums_of(a, b));
    observe(fmt::format("gradient of b, {}", text(sizes)), grads.at(1).value(), sums_of(a, b));
  }
}

CASE(matmul_gradient, transposed_operands,
     "views go through, and gradients come back through them") {
  for (const std::int64_t n : {1, 2, 5}) {
    Tensor a(input_array("a", {n, 3}, -2, 2), true), b(input_array("b", {4, 3}, -2, 2), true);
    calling(fmt::format("matmul(a, b.t()).sum().backward(), a of shape ({}, 3)", n));
    const Tensor c = matmul(a, b.t());
    c.backward(input_array("seed", c.shape(), -2, 2));
    observe(fmt::format("gradient of a, n = {}", n), a.grad().value(), sums_of(a, b));
    observe(fmt::format("gradient of b, n = {}", n), b.grad().value(), sums_of(a, b));
  }
}

CASE(
    matmul_gradient, one_side_requires_a_gradient,
    "data require no gradient; the weights that they are multiplied with get theirs all the same") {
  for (const std::int64_t n : {1, 3}) {
    const Tensor x = input_array("x", {n, 2}, -2, 2);
    Tensor w(input_array("w", {2, 3}, -2, 2), true), v(input_array("v", {4, n}, -2, 2), true);
    calling(fmt::format("backward through matmul(v, matmul(x, w)), x of shape ({}, 2)", n));
    const Tensor c = matmul(v, matmul(x, w));
    c.backward(input_array("seed", c.shape(), -2, 2));
    observe(fmt::format("gradient of w, n = {}", n), w.grad().value(), {.terms = 50, .scale = 16});
    observe(fmt::format("gradient of v, n = {}", n), v.grad().value(), {.terms = 50, .scale = 16});
  }
}

CASE(
    matmul_gradient, gradient_of_a_gradient,
    "backward works with tensors and what was saved has its history: so gradients have gradients") {
  for (const Sizes& sizes : {Sizes{{2, 3}, {3, 4}}, {{5, 2, 3}, {3, 1}}}) {
    const Tensor a(input_array("a", sizes.a, -2, 2), true),
        b(input_array("b", sizes.b, -2, 2), true);
    calling(fmt::format("backward from the squares of both gradients of {}", text(sizes)));
    const Tensor c = matmul(a, b);
    const std::vector<Tensor> grads = shares(c, input_array("grad of c", c.shape(), -2, 2));
    const Tensor squares = sum(grads.at(0) * grads.at(0)) + sum(grads.at(1) * grads.at(1));
    observe(fmt::format("has a history, {}", text(sizes)), squares.requires_grad());
    squares.backward();
    observe(fmt::format("second gradient of a, {}", text(sizes)), a.grad().value(),
            {.terms = 1e3, .scale = 64});
    observe(fmt::format("second gradient of b, {}", text(sizes)), b.grad().value(),
            {.terms = 1e3, .scale = 64});
  }
}

CASE(matmul_gradient, wrong_shapes, "what does not go together is refused") {
  const Tensor matrix(input_array("matrix", {3, 4}, -2, 2), true);
  calling("matmul with inner sizes 4 and 3, with batches 2 and 5, and with a list");
  observe_error("inner sizes", [&] { matmul(matrix, matrix); });
  observe_error("batches", [&] {
    matmul(Tensor(input_array("a", {2, 3, 4}, -2, 2), true),
           Tensor(input_array("b", {5, 4, 3}, -2, 2), true));
  });
  observe_error("a list", [&] { matmul(matrix, Tensor(input_array("list", {4}, -2, 2), true)); });
}

PROOF(matmul_gradient, central_differences) {
  for (const Sizes& sizes : {Sizes{{2, 3}, {3, 4}},
                             {{2, 3, 2}, {2, 2, 3}},
                             {{6, 6, 5, 4}, {4, 3}},
                             {{5, 4}, {6, 6, 4, 3}},
                             {{2, 1, 3, 2}, {1, 4, 2, 5}}}) {
    const std::vector<double> at_a = draw_list(count(sizes.a), -2, 2),
                              at_b = draw_list(count(sizes.b), -2, 2);
    const auto make = [](const Shape& shape, const std::vector<double>& values) {
      return array_in(Layout::contiguous, shape, {values.begin(), values.end()});
    };
    Tensor a(make(sizes.a, at_a), true), b(make(sizes.b, at_b), true);
    const Tensor c = matmul(a, b);
    const Tensor seed = make(c.shape(), draw_list(static_cast<std::size_t>(c.size()), -2, 2));
    c.backward(seed);
    const auto by_a = numeric_gradient(
        [&](const std::vector<double>& to) {
          return sum(matmul(make(sizes.a, to), b.detach()) * seed).item();
        },
        at_a);
    const auto by_b = numeric_gradient(
        [&](const std::vector<double>& to) {
          return sum(matmul(a.detach(), make(sizes.b, to)) * seed).item();
        },
        at_b);
    const auto found_a = elements(a.grad().value()), found_b = elements(b.grad().value());
    for (std::size_t i = 0; i < by_a.size(); ++i) prove_close("by a", found_a[i], by_a[i], 1e-5);
    for (std::size_t i = 0; i < by_b.size(); ++i) prove_close("by b", found_b[i], by_b[i], 1e-5);
  }
}

PROOF(matmul_gradient, table) {
  prove_rows(matmul_rows());
  prove_agreement(detail::moved(functions::matmul, {{130, 70}, {70, 90}}, {}), 1e-11);
  prove_agreement(detail::moved(functions::matmul, {{3, 1, 37, 70}, {2, 70, 41}}, {}), 1e-11);
}

PROOF(matmul_gradient, by_hand) {
  Tensor a({1, 2}, {2, 3}, true), b({2, 2}, {5, 7, 11, 13}, true);
  matmul(a, b).backward(Tensor({1, 2}, {1, 10}));
  const std::vector<Real> by_a = elements(a.grad().value()), by_b = elements(b.grad().value());
  prove(by_a == std::vector<Real>{75, 141}, "(1, 10)·bᵀ is (75, 141)");
  prove(by_b == std::vector<Real>{2, 20, 3, 30}, "aᵀ·(1, 10) is ((2, 20), (3, 30))");
}

}  // namespace
}  // namespace gradbook
