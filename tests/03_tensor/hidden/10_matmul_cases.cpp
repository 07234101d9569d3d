#include <fmt/format.h>

#include <limits>

#include "03_tensor/matmul.hpp"
#include "support/arrays.hpp"
#include "support/case.hpp"
#include "support/messages.hpp"

namespace gradbook {
namespace {

// (M, K) times (K, N)
struct Sizes {
  std::int64_t m, k, n;
};
const Sizes kSizes[] = {{1, 1, 1}, {2, 3, 4}, {3, 2, 2},  {1, 7, 1},
                        {7, 1, 5}, {5, 5, 5}, {11, 13, 3}};

// Shapes whose axes before the last two are broadcast
struct Batched {
  Shape a, b;
};
const Batched kBatched[] = {
    {{2, 3, 4, 5}, {5, 6}},       {{4, 5}, {2, 3, 5, 6}},    {{7, 3, 4}, {7, 4, 2}},
    {{1, 3, 4}, {7, 4, 2}},       {{7, 3, 4}, {1, 4, 2}},    {{2, 1, 3, 4}, {1, 5, 4, 2}},
    {{2, 3, 4, 5}, {3, 5, 2}},    {{3, 2, 2}, {2, 3, 2, 2}}, {{1, 1, 1, 3, 4}, {4, 2}},
    {{1, 3, 4, 1}, {5, 1, 1, 2}},
};

std::string of(const Shape& a, const Shape& b) {
  return fmt::format("{} times {}", text(a), text(b));
}

Tolerance sum_of(std::int64_t terms) { return {.terms = static_cast<double>(terms), .scale = 25}; }

CASE(matmul, two_axes,
     "each element is a row of a times a column of b, whatever the strides of both are",
     {.weight = 2}) {
  for (const auto& [m, k, n] : kSizes) {
    for (const Layout layout_a : kLayouts) {
      for (const Layout layout_b : kLayouts) {
        const std::string what =
            fmt::format("{}, {} and {}", of({m, k}, {k, n}), name(layout_a), name(layout_b));
        const Array a = input_array("a of " + what, {m, k}, -5, 5, layout_a);
        const Array b = input_array("b of " + what, {k, n}, -5, 5, layout_b);
        calling("matmul of " + what);
        observe("product, " + what, matmul(a, b), sum_of(k));
        observe("a afterwards, " + what, a);
        observe("b afterwards, " + what, b);
      }
    }
  }
}

CASE(matmul, no_round_numbers, "(72, 73) times (73, 74): no size divides another") {
  const Array a = input_array("a", {72, 73}, -5, 5), b = input_array("b", {73, 74}, -5, 5);
  calling("matmul of (72, 73) times (73, 74)");
  observe("product", matmul(a, b), sum_of(73));
}

CASE(matmul, batched,
     "the axes before the last two are broadcast, and say which matrices are multiplied",
     {.weight = 2}) {
  for (const auto& [shape_a, shape_b] : kBatched) {
    for (const Layout layout : kLayouts) {
      const std::string what = of(shape_a, shape_b) + ", " + name(layout);
      const Array a = input_array("a of " + what, shape_a, -5, 5, layout);
      const Layout other = kLayouts[3 - static_cast<int>(layout)];
      const Array b = input_array("b of " + what, shape_b, -5, 5, other);
      calling(fmt::format("matmul of {} and {}", what, name(other)));
      observe("product, " + what, matmul(a, b), sum_of(5));
      observe("a afterwards, " + what, a);
      observe("b afterwards, " + what, b);
    }
  }
}

CASE(matmul, transposed, "a transpose is multiplied like any other view, also with what it is of") {
  for (const std::int64_t n : {1, 2, 7}) {
    const std::string what = fmt::format("a of ({}, 3)", n);
    const Array a = input_array(what, {n, 3}, -5, 5);
    const Array transpose = view_of(a, {3, n}, {1, 3});
    const Array square = input_array("square for " + what, {n, n}, -5, 5);
    calling("matmul of a with its transpose, both ways, and of a square matrix with itself, " +
            what);
    observe("a times its transpose, " + what, matmul(a, transpose), sum_of(3));
    observe("transpose times a, " + what, matmul(transpose, a), sum_of(n));
    observe("square times itself, " + what, matmul(square, square), sum_of(n));
    observe("square times its transpose, " + what, matmul(square, view_of(square, {n, n}, {1, n})),
            sum_of(n));
  }
}

CASE(matmul, inner_size_zero, "a sum of no terms is 0, so (3, 0) times (0, 4) is twelve zeros") {
  const Batched empty[] = {{{3, 0}, {0, 4}},
                           {{1, 0}, {0, 1}},
                           {{2, 3, 0}, {0, 4}},
                           {{3, 0}, {5, 0, 2}},
                           {{0, 0}, {0, 0}}};
  for (const auto& [shape_a, shape_b] : empty) {
    calling("matmul of " + of(shape_a, shape_b));
    observe("product, " + of(shape_a, shape_b), matmul(Array(shape_a), Array(shape_b)));
  }
}

CASE(matmul, nothing_to_compute,
     "where a size of the result is 0, it has a shape and no elements") {
  const Batched empty[] = {{{0, 3}, {3, 4}},    {{3, 4}, {4, 0}},    {{0, 3, 4}, {4, 2}},
                           {{3, 4}, {0, 4, 2}}, {{2, 0, 3}, {3, 5}}, {{1, 2, 3}, {0, 3, 2}}};
  for (const auto& [shape_a, shape_b] : empty) {
    const Array a = input_array("a of " + of(shape_a, shape_b), shape_a, -5, 5);
    const Array b = input_array("b of " + of(shape_a, shape_b), shape_b, -5, 5);
    calling("matmul of " + of(shape_a, shape_b));
    observe("product, " + of(shape_a, shape_b), matmul(a, b));
  }
}

CASE(matmul, broadcast_operand,
     "views that show one number many times are multiplied like others") {
  for (const std::int64_t n : {1, 2, 7}) {
    const Array row = input_array(fmt::format("row of {}", n), {n}, -5, 5);
    const Array rows = view_of(row, {3, n}, {0, 1}), columns = view_of(row, {n, 4}, {1, 0});
    calling(fmt::format("matmul of views of shape (3, {}) and ({}, 4) with a stride of 0", n, n));
    observe(fmt::format("product, {}", n), matmul(rows, columns), sum_of(n));
  }
}

CASE(matmul, inner_sizes_differ,
     "inner sizes must be equal, and 1 is no exception: they are summed over, not broadcast") {
  const Batched pairs[] = {{{3, 5}, {2, 4}}, {{3, 4}, {5, 2}}, {{2, 3}, {2, 3}},
                           {{3, 1}, {4, 2}}, {{3, 4}, {1, 2}}, {{2, 3, 4}, {2, 3, 4}},
                           {{3, 0}, {1, 4}}, {{3, 1}, {0, 4}}, {{5, 3, 4}, {3, 4}}};
  for (const auto& [shape_a, shape_b] : pairs) {
    const Array a = input_array("a of " + of(shape_a, shape_b), shape_a, -5, 5);
    const Array b = input_array("b of " + of(shape_a, shape_b), shape_b, -5, 5);
    calling("matmul of " + of(shape_a, shape_b));
    observe_error("error, " + of(shape_a, shape_b), [&] { matmul(a, b); });
  }
}

CASE(matmul, too_few_axes, "a matrix has at least two axes: vectors and numbers are refused") {
  const Batched pairs[] = {{{3}, {3, 4}}, {{3, 4}, {4}}, {{4}, {4}},    {{}, {}},
                           {{2, 3}, {}},  {{}, {2, 3}},  {{1}, {1, 1}}, {{2, 3, 4}, {4}}};
  for (const auto& [shape_a, shape_b] : pairs) {
    const Array a = input_array("a of " + of(shape_a, shape_b), shape_a, -5, 5);
    const Array b = input_array("b of " + of(shape_a, shape_b), shape_b, -5, 5);
    calling("matmul of " + of(shape_a, shape_b));
    observe_error("error, " + of(shape_a, shape_b), [&] { matmul(a, b); });
  }
}

CASE(matmul, batches_do_not_broadcast,
     "axes before the last two that do not broadcast are refused with ShapeError") {
  const Batched pairs[] = {{{2, 3, 4}, {3, 4, 2}},
                           {{3, 3, 4}, {2, 4, 2}},
                           {{2, 5, 3, 4}, {2, 4, 2}},
                           {{0, 3, 4}, {2, 4, 5}},
                           {{2, 1, 3, 4}, {3, 1, 4, 2}}};
  for (const auto& [shape_a, shape_b] : pairs) {
    const Array a = input_array("a of " + of(shape_a, shape_b), shape_a, -5, 5);
    const Array b = input_array("b of " + of(shape_a, shape_b), shape_b, -5, 5);
    calling("matmul of " + of(shape_a, shape_b));
    observe_error("error, " + of(shape_a, shape_b), [&] { matmul(a, b); });
  }
}

CASE(matmul, error_names_shapes,
     "the error says that it comes from matmul, and names both shapes") {
  const Shape a = {3, input("columns of a", draw_integer(100, 499))};
  const Shape b = {input("rows of b", draw_integer(500, 999)), 2};
  calling("matmul of " + of(a, b));
  const std::string message =
      message_of<std::exception>([&] { matmul(Array::zeros(a), Array::zeros(b)); });
  observe("names matmul", names(message, "matmul"));
  observe("names both shapes", names(message, text(a), text(b)));
}

CASE(matmul, not_a_number,
     "0 times NaN is NaN, and so is 0 times infinity: no term of a sum may be left out") {
  const Real nan = std::numeric_limits<Real>::quiet_NaN(),
             infinity = std::numeric_limits<Real>::infinity();
  const Real x = input("x", draw(1, 5));
  calling("matmul of (2, 2) times (2, 3) with zeros, NaN and infinity");
  observe("product",
          matmul(Array({2, 2}, {0, x, x, 1}), Array({2, 3}, {nan, infinity, x, x, x, 0})));
}

PROOF(matmul, closed_forms) {
  const Array a({2, 3}, {1, 2, 3, 4, 5, 6}), b({3, 2}, {7, 8, 9, 10, 11, 12});
  prove(elements(matmul(a, b)) == std::vector<Real>{58, 64, 139, 154},
        "(1 2 3; 4 5 6) times (7 8; 9 10; 11 12) is (58 64; 139 154)");
  prove(matmul(Array({2, 3, 4, 5}), Array({5, 6})).shape() == Shape{2, 3, 4, 6},
        "(2, 3, 4, 5) times (5, 6) is (2, 3, 4, 6)");

  // (A · B)ᵀ = Bᵀ · Aᵀ, and A · I = A
  std::vector<Real> numbers;
  for (int i = 0; i < 35; ++i) numbers.push_back(draw(-2, 2));
  const Array left({3, 5}, std::span(numbers).first(15)),
      right({5, 4}, std::span(numbers).last(20));
  const Array product = matmul(left, right),
              turned = matmul(view_of(right, {4, 5}, {1, 4}), view_of(left, {5, 3}, {1, 5}));
  for (std::int64_t i = 0; i < 3; ++i) {
    for (std::int64_t j = 0; j < 4; ++j)
      prove_close("transpose of a product", turned(j, i), product(i, j), 1e-14);
  }
  Array identity = Array::zeros({5, 5});
  for (std::int64_t i = 0; i < 5; ++i) identity(i, i) = 1;
  prove(elements(matmul(left, identity)) == elements(left), "A times the identity is A");
}

}  // namespace
}  // namespace gradbook
