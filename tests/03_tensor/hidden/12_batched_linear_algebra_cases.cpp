#include <fmt/format.h>

#include <cmath>
#include <limits>

#include "03_tensor/batched.hpp"
#include "support/case.hpp"
#include "support/xtensor_arrays.hpp"

namespace gradbook {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();
constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

template <class Container>
Container input_as(std::string_view label, const typename Container::shape_type& shape) {
  std::size_t n = 1;
  for (const std::size_t size : shape) n *= size;
  return filled<Container>(shape, input(label, draw_list(n, -2, 2)));
}

template <class Container>
void observe_all(std::string_view label, const Container& a, Tolerance tolerance = {}) {
  const std::vector<Real> numbers = listed(a);
  observe(label, std::span<const Real>(numbers), sizes_of(a), tolerance);
}

struct Sizes {
  std::size_t n, rows, inner, columns;
};

void observe_products(const std::vector<Sizes>& all) {
  for (const auto& [n, rows, inner, columns] : all) {
    const Array3 a = input_as<Array3>("a", {n, rows, inner}),
                 b = input_as<Array3>("b", {n, inner, columns});
    calling(fmt::format("batched_matmul of ({}, {}, {}) and ({}, {}, {})", n, rows, inner, n, inner,
                        columns));
    observe_all(fmt::format("product with sizes {}, {}, {}, {}", n, rows, inner, columns),
                batched_matmul(a, b), {.terms = 6, .scale = 4});
    observe_all("a", a);
    observe_all("b", b);
  }
}

CASE(batched_linear_algebra, matmul, "each matrix of a times the one of b with the same number",
     {.weight = 2}) {
  observe_products({{2, 3, 5, 7}, {7, 1, 4, 1}, {3, 2, 1, 5}, {5, 3, 2, 3}});
}

CASE(batched_linear_algebra, matmul_of_one_example, "one example is a batch, too") {
  observe_products({{1, 1, 1, 1}, {1, 2, 5, 3}, {1, 5, 2, 1}});
}

CASE(batched_linear_algebra, matmul_of_squares, "square matrices, where sizes are no help") {
  observe_products({{2, 4, 4, 4}, {3, 2, 2, 2}});
}

CASE(batched_linear_algebra, matmul_of_nothing,
     "an inner size of 0 gives zeros; no examples, nothing") {
  constexpr std::size_t kSizes[][4] = {{2, 3, 0, 2}, {0, 3, 2, 4}, {2, 0, 3, 1}, {2, 3, 1, 0}};
  for (const auto& [n, rows, inner, columns] : kSizes) {
    calling(fmt::format("batched_matmul of ({}, {}, {}) and ({}, {}, {})", n, rows, inner, n, inner,
                        columns));
    observe_all(fmt::format("product with sizes {}, {}, {}, {}", n, rows, inner, columns),
                batched_matmul(input_as<Array3>("a", {n, rows, inner}),
                               input_as<Array3>("b", {n, inner, columns})));
  }
}

CASE(batched_linear_algebra, diagonal, "each row stands on the diagonal of a matrix of its own") {
  constexpr std::size_t kSizes[][2] = {{1, 1}, {3, 5}, {5, 3}, {7, 1}, {1, 4}, {0, 3}, {3, 0}};
  for (const auto& [n, classes] : kSizes) {
    const Matrix a = input_as<Matrix>("a", {n, classes});
    calling(fmt::format("batched_diagonal of ({}, {})", n, classes));
    observe_all(fmt::format("diagonals of ({}, {})", n, classes), batched_diagonal(a));
    observe_all("a", a);
  }
}

CASE(batched_linear_algebra, diagonal_of_anything,
     "beside the diagonal are exact zeros, also where a number is infinite or NaN") {
  std::vector<double> numbers = input("a", draw_list(2 * 3, -2, 2));
  numbers[1] = kInfinity, numbers[5] = kNaN;
  calling("batched_diagonal of (2, 3) with an infinite number and a NaN");
  observe_all("diagonals", batched_diagonal(filled<Matrix>({2, 3}, numbers)));
}

CASE(batched_linear_algebra, outer, "each row of a times each number of the same row of b") {
  constexpr std::size_t kSizes[][3] = {{1, 1, 1}, {3, 2, 5}, {2, 5, 3}, {4, 4, 4},
                                       {7, 1, 3}, {5, 3, 1}, {0, 2, 3}, {2, 0, 3}};
  for (const auto& [n, rows, columns] : kSizes) {
    const Matrix a = input_as<Matrix>("a", {n, rows}), b = input_as<Matrix>("b", {n, columns});
    calling(fmt::format("batched_outer of ({}, {}) and ({}, {})", n, rows, n, columns));
    observe_all(fmt::format("products of ({}, {}) and ({}, {})", n, rows, n, columns),
                batched_outer(a, b));
    observe_all("a", a);
    observe_all("b", b);
  }
}

CASE(batched_linear_algebra, moveaxis,
     "one axis goes to another place; the other two keep their order", {.weight = 2}) {
  const Array3 a = input_as<Array3>("a", {2, 3, 5});
  for (std::int64_t from = -3; from < 3; ++from) {
    for (std::int64_t to = -3; to < 3; ++to) {
      calling(fmt::format("moveaxis of (2, 3, 5) from {} to {}", from, to));
      observe_all(fmt::format("from {} to {}", from, to), moveaxis(a, from, to));
    }
  }
  observe_all("a", a);
}

CASE(batched_linear_algebra, moveaxis_of_cubes,
     "on equal sizes the numbers alone tell which axis is where") {
  const Array3 a = input_as<Array3>("a", {3, 3, 3}), empty = input_as<Array3>("b", {2, 0, 3});
  for (const std::int64_t from : {0, 1, 2}) {
    for (const std::int64_t to : {0, 1, 2}) {
      calling(fmt::format("moveaxis of (3, 3, 3), then (2, 0, 3), from {} to {}", from, to));
      observe_all(fmt::format("from {} to {}", from, to), moveaxis(a, from, to));
      observe_all(fmt::format("empty, from {} to {}", from, to), moveaxis(empty, from, to));
    }
  }
}

CASE(batched_linear_algebra, errors, "sizes that do not fit throw") {
  const Array3 a = input_as<Array3>("a", {2, 3, 4}), b = input_as<Array3>("b", {2, 5, 3}),
               c = input_as<Array3>("c", {1, 4, 3});
  const Matrix d = input_as<Matrix>("d", {2, 3}), e = input_as<Matrix>("e", {1, 3});
  observe_error("batched_matmul, inner sizes 4 and 5", [&] { batched_matmul(a, b); });
  observe_error("batched_matmul, 2 matrices and 1", [&] { batched_matmul(a, c); });
  observe_error("batched_matmul, 1 matrix and 2", [&] {
    batched_matmul(c, input_as<Array3>("f", {2, 3, 4}));
  });
  observe_error("batched_outer, 2 rows and 1", [&] { batched_outer(d, e); });
  observe_error("batched_outer, 1 row and 2", [&] { batched_outer(e, d); });
  observe_error("moveaxis from 3", [&] { moveaxis(a, 3, 0); });
  observe_error("moveaxis to 3", [&] { moveaxis(a, 0, 3); });
  observe_error("moveaxis from -4", [&] { moveaxis(a, -4, 0); });
  observe_error("moveaxis to -4", [&] { moveaxis(a, 0, -4); });
}

PROOF(batched_linear_algebra, literals) {
  const Array3 a = {{{1, 2}, {3, 4}}, {{0, 1}, {1, 0}}}, b = {{{5, 6}, {7, 8}}, {{1, 2}, {3, 4}}};
  prove(listed(batched_matmul(a, b)) == std::vector<Real>({19, 22, 43, 50, 3, 4, 1, 2}),
        "two products of 2 x 2 matrices");
  const Matrix rows = {{1, 2}, {3, 4}}, columns = {{5, 6, 7}, {8, 9, 10}};
  prove(listed(batched_diagonal(rows)) == std::vector<Real>({1, 0, 0, 2, 3, 0, 0, 4}),
        "two diagonal matrices");
  prove(listed(batched_outer(rows, columns)) ==
            std::vector<Real>({5, 6, 7, 10, 12, 14, 24, 27, 30, 32, 36, 40}),
        "two outer products");
}

// NumPy: np.moveaxis(a, 0, -1)[i, j, k] == a[k, i, j], and back again
PROOF(batched_linear_algebra, moveaxis_moves_back) {
  const Array3 a = filled<Array3>({2, 3, 5}, draw_list(30, -1, 1)), moved = moveaxis(a, 0, -1);
  bool right = true;
  for (std::size_t i = 0; i < 3; ++i) {
    for (std::size_t j = 0; j < 5; ++j) {
      for (std::size_t k = 0; k < 2; ++k) right = right && moved(i, j, k) == a(k, i, j);
    }
  }
  prove(right, "moveaxis(a, 0, -1)(i, j, k) is a(k, i, j)");
  for (std::int64_t from = 0; from < 3; ++from) {
    for (std::int64_t to = 0; to < 3; ++to)
      prove(listed(moveaxis(moveaxis(a, from, to), to, from)) == listed(a),
            fmt::format("moving {} to {} and back changes nothing", from, to));
  }
}

}  // namespace
}  // namespace gradbook
