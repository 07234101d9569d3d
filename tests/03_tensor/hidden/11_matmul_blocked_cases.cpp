#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "03_tensor/matmul.hpp"
#include "support/case.hpp"

namespace gradbook {
namespace {

constexpr Real kNaN = std::numeric_limits<Real>::quiet_NaN();

/// How the numbers of a matrix may lie.
enum class Order { by_rows, by_columns, spread, backwards };
constexpr Order kOrders[] = {Order::by_rows, Order::by_columns, Order::spread, Order::backwards};
constexpr const char* kNames[] = {"by rows", "by columns", "spread", "backwards"};

/// A matrix with its numbers in a block of their own, whose other numbers are NaN.
struct Numbers {
  std::vector<Real> block;
  MatrixView view;
};

Numbers numbers_in(Order order, std::int64_t rows, std::int64_t columns,
                   const std::vector<double>& values) {
  Numbers n;
  n.block.assign(static_cast<std::size_t>(3 * rows * columns + 4 * rows + 9), kNaN);
  MatrixView& v = n.view;
  v = {n.block.data() + 2, rows, columns, columns, 1};
  if (order == Order::by_columns) v.row_stride = 1, v.column_stride = rows;
  if (order == Order::spread) v.row_stride = 3 * columns + 2, v.column_stride = 3;
  if (order == Order::backwards && rows > 0 && columns > 0) {
    v.data += rows * columns - 1;
    v.row_stride = -columns, v.column_stride = -1;
  }
  for (std::int64_t i = 0; i < rows * columns; ++i) {
    const auto place =
        v.data - n.block.data() + i / columns * v.row_stride + i % columns * v.column_stride;
    n.block[static_cast<std::size_t>(place)] =
        static_cast<Real>(values[static_cast<std::size_t>(i)]);
  }
  return n;
}

Numbers drawn(std::string_view label, std::int64_t rows, std::int64_t columns,
              Order order = Order::by_rows) {
  return numbers_in(order, rows, columns,
                    input(label, draw_list(static_cast<std::size_t>(rows * columns), -2, 2)));
}

// The product, between guards that must not be touched: even a 0 that is added to −0 shows
void observe_product(const std::string& what, const Numbers& a, const Numbers& b, int threads = 1) {
  constexpr std::size_t kGuard = 64;
  const std::vector<Real> a_before = a.block, b_before = b.block;
  const auto size = static_cast<std::size_t>(a.view.rows * b.view.columns);
  std::vector<Real> out(size + 2 * kGuard, Real(-0.0));
  std::fill_n(out.begin() + kGuard, size, kNaN);
  calling(fmt::format("matmul_blocked of ({}, {}) and ({}, {}), {}, {} thread{}", a.view.rows,
                      a.view.columns, b.view.rows, b.view.columns, what, threads,
                      threads == 1 ? "" : "s"));
  matmul_blocked(a.view, b.view, out.data() + kGuard, threads);
  observe(what, std::span<const Real>(out.data() + kGuard, size),
          {static_cast<std::uint64_t>(a.view.rows), static_cast<std::uint64_t>(b.view.columns)},
          {.terms = static_cast<double>(a.view.columns) + 1, .scale = 4});
  const auto untouched = [](Real x) { return x == 0 && std::signbit(x); };
  observe(what + ": nothing is written outside",
          std::all_of(out.begin(), out.begin() + kGuard, untouched) &&
              std::all_of(out.end() - kGuard, out.end(), untouched));
  const auto same = [](const std::vector<Real>& x, const std::vector<Real>& y) {
    return std::ranges::equal(x, y, [](Real p, Real q) { return p == q || (p != p && q != q); });
  };
  observe(what + ": a and b are as before", same(a.block, a_before) && same(b.block, b_before));
}

CASE(matmul_blocked, small, "sizes that no tile divides: what is left over counts, too") {
  constexpr std::int64_t kSizes[][3] = {{1, 1, 1}, {2, 3, 5},  {7, 5, 3},    {5, 2, 7},
                                        {1, 9, 6}, {13, 1, 1}, {11, 13, 17}, {8, 4, 12}};
  for (const auto& [m, k, n] : kSizes)
    observe_product(fmt::format("{} x {} x {}", m, k, n), drawn("a", m, k), drawn("b", k, n));
}

CASE(
    matmul_blocked, long_inner,
    "a long inner size is taken in blocks: their shares are added up, from the first to the last") {
  const std::int64_t inner = draw_integer(1201, 1300);
  observe_product("3 x long x 5", drawn("a", 3, inner), drawn("b", inner, 5));
  observe_product("2 x long x 7", drawn("a", 2, inner - 400), drawn("b", inner - 400, 7));
}

CASE(matmul_blocked, many_rows, "more rows than one block has") {
  const std::int64_t rows = draw_integer(601, 640);
  observe_product("many x 7 x 5", drawn("a", rows, 7), drawn("b", 7, 5));
  observe_product("fewer x 2 x 8", drawn("a", rows - 200, 2), drawn("b", 2, 8));
}

CASE(matmul_blocked, many_columns, "more columns than one block has") {
  const std::int64_t columns = draw_integer(801, 850);
  observe_product("5 x 7 x many", drawn("a", 5, 7), drawn("b", 7, columns));
  observe_product("3 x 2 x fewer", drawn("a", 3, 2), drawn("b", 2, columns - 300));
}

CASE(matmul_blocked, strides_of_a, "a may lie in any order: use both of its strides") {
  std::int64_t rows = 7;
  for (const Order order : kOrders) {
    rows += 2;
    observe_product(fmt::format("a {}", kNames[static_cast<int>(order)]),
                    drawn("a", rows, 5, order), drawn("b", 5, 14));
  }
}

CASE(matmul_blocked, strides_of_b, "b may lie in any order: use both of its strides") {
  std::int64_t columns = 9;
  for (const Order order : kOrders) {
    columns += 5;
    observe_product(fmt::format("b {}", kNames[static_cast<int>(order)]), drawn("a", 9, 5),
                    drawn("b", 5, columns, order));
  }
}

CASE(matmul_blocked, repeated, "a stride of 0 repeats a row or a column") {
  Numbers a = drawn("the row of a", 1, 6), b = drawn("the column of b", 6, 1);
  a.view.rows = 7, a.view.row_stride = 0;
  b.view.columns = 9, b.view.column_stride = 0;
  observe_product("rows and columns repeated", a, b);
}

CASE(matmul_blocked, nothing, "an inner size of 0 gives zeros; no rows or no columns, nothing") {
  constexpr std::int64_t kSizes[][3] = {{3, 0, 4}, {0, 3, 4}, {3, 4, 0}, {0, 0, 0}};
  for (const auto& [m, k, n] : kSizes)
    observe_product(fmt::format("{} x {} x {}", m, k, n), drawn("a", m, k), drawn("b", k, n));
}

CASE(matmul_blocked, threads, "the result is the same whatever the number of threads",
     {.weight = 2}) {
  Numbers a = drawn("a", 31, 257), b = drawn("b", 257, 211);
  for (const int threads : {2, 3, 7, 64}) {
    --a.view.rows;
    observe_product(fmt::format("{} threads", threads), a, b, threads);
  }
}

CASE(matmul_blocked, threads_and_few_rows, "more threads than rows, and than work") {
  for (const std::int64_t rows : {0, 1, 2, 5}) {
    const Numbers a = drawn("a", rows, 3), b = drawn("b", 3, 4);
    observe_product(fmt::format("{} rows", rows), a, b, 8);
  }
}

CASE(matmul_blocked, all_blocks, "blocks in all three directions at once, and threads",
     {.weight = 2}) {
  observe_product("large", drawn("a", 213, 367, Order::by_columns), drawn("b", 367, 263), 1);
  observe_product("large, shared", drawn("a", 207, 367), drawn("b", 367, 259, Order::by_columns),
                  2);
}

CASE(matmul_blocked, not_finite,
     "infinity and NaN go into their own row and column, nowhere else") {
  std::vector<double> left = input("a", draw_list(5 * 3, 0.5, 2)),
                      right = input("b", draw_list(3 * 7, 0.5, 2));
  left[4 * 3 + 1] = std::numeric_limits<double>::infinity();
  right[2 * 7 + 6] = std::numeric_limits<double>::quiet_NaN();
  observe_product("an infinite number in the last row, a NaN in the last column",
                  numbers_in(Order::by_rows, 5, 3, left), numbers_in(Order::by_rows, 3, 7, right));
}

CASE(matmul_blocked, inner_sizes, "inner sizes that differ throw; M and N may be anything") {
  const Numbers a = drawn("a", 3, 4), b = drawn("b", 5, 3), c = drawn("c", 4, 3);
  std::vector<Real> out(64, kNaN);
  observe_error("(3, 4) times (5, 3)", [&] { matmul_blocked(a.view, b.view, out.data()); });
  observe("out is as before", std::all_of(out.begin(), out.end(), [](Real x) { return x != x; }));
  observe_error("(3, 4) times (4, 3)", [&] { matmul_blocked(a.view, c.view, out.data()); });
  observe_error("(5, 3) times (3, 4)", [&] { matmul_blocked(b.view, a.view, out.data()); });
}

PROOF(matmul_blocked, literal) {
  const Real a[] = {1, 2, 3, 4}, b[] = {5, 6, 7, 8};
  Real out[4] = {kNaN, kNaN, kNaN, kNaN};
  matmul_blocked({a, 2, 2, 2, 1}, {b, 2, 2, 2, 1}, out);
  prove(std::ranges::equal(out, std::vector<Real>{19, 22, 43, 50}),
        "(1 2; 3 4) times (5 6; 7 8) is (19 22; 43 50)");
}

PROOF(matmul_blocked, definition) {
  const auto element = [](const MatrixView& a, const MatrixView& b, std::int64_t i,
                          std::int64_t j) {
    double sum = 0;
    for (std::int64_t k = 0; k < a.columns; ++k)
      sum += a.data[i * a.row_stride + k * a.column_stride] *
             b.data[k * b.row_stride + j * b.column_stride];
    return sum;
  };
  constexpr std::int64_t kSizes[][3] = {{1, 1, 1},   {4, 6, 6},   {5, 7, 7},     {193, 3, 2},
                                        {2, 353, 3}, {3, 2, 241}, {97, 101, 89}, {200, 400, 250}};
  for (const auto& [m, k, n] : kSizes) {
    for (const Order order : kOrders) {
      const auto list = [](std::int64_t size) {
        return draw_list(static_cast<std::size_t>(size), -1, 1);
      };
      const Numbers a = numbers_in(order, m, k, list(m * k)),
                    b = numbers_in(order, k, n, list(k * n));
      std::vector<Real> out(static_cast<std::size_t>(m * n), kNaN);
      matmul_blocked(a.view, b.view, out.data(), 2);
      double worst = 0;
      for (std::int64_t i = 0; i < m * n; ++i)
        worst = std::max(worst, std::abs(out[static_cast<std::size_t>(i)] -
                                         element(a.view, b.view, i / n, i % n)));
      prove(worst <= 1e-13 * static_cast<double>(k),
            fmt::format("{} x {} x {} is off the definition by {}", m, k, n, worst));
    }
  }
}

}  // namespace
}  // namespace gradbook
