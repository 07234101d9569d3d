#include <fmt/format.h>

#include <cstdint>
#include <limits>

#include "03_tensor/puzzles.hpp"
#include "support/arrays.hpp"
#include "support/case.hpp"

namespace gradbook {
namespace {

constexpr Real kNaN = std::numeric_limits<Real>::quiet_NaN();
constexpr Real kInfinity = std::numeric_limits<Real>::infinity();

const std::int64_t kSizes[] = {0, 1, 2, 7, 31};
const Shape kMatrices[] = {{0, 0}, {0, 3}, {3, 0}, {1, 1}, {7, 7}, {3, 5}, {5, 3}, {1, 7}, {7, 1}};

std::string of(std::int64_t n, Layout layout) { return fmt::format(", {} {}", n, name(layout)); }

// n whole numbers from {0, …, below - 1}, none where there are none
std::vector<std::int64_t> draw_rows(std::string_view label, std::size_t n, std::int64_t below) {
  std::vector<std::int64_t> rows;
  while (rows.size() < n) rows.push_back(draw_integer(0, below - 1));
  return input(label, rows);
}

// ---- where ----

// Zeros of both signs, ones, and other numbers
Array condition_in(Layout layout, const Shape& shape, std::string_view label) {
  constexpr double kValues[] = {0, 1, -2, 0.5, -0.0, kInfinity};
  std::vector<double> values(count(shape));
  for (double& value : values) value = kValues[draw_integer(0, 5)];
  const std::vector<double> drawn = input(label, values);
  return array_in(layout, shape, {drawn.begin(), drawn.end()});
}

CASE(tensor_puzzles, where,
     "where takes a where the condition is not 0, whatever else it is, and b elsewhere") {
  for (const Shape& shape : {Shape{}, Shape{0}, Shape{1}, Shape{7}, Shape{3, 5}, Shape{2, 3, 4}}) {
    for (const Layout layout : kLayouts) {
      const std::string what = text(shape) + " " + name(layout);
      const Array condition = condition_in(layout, shape, "condition " + what);
      const Array a = input_array("a of " + what, shape, 1, 5, layout);
      const Array b = input_array("b of " + what, shape, -5, -1);
      calling("where(condition, a, b), shape " + what);
      observe("chosen, " + what, where(condition, a, b));
      observe("condition afterwards, " + what, condition);
      observe("a afterwards, " + what, a);
      observe("b afterwards, " + what, b);
    }
  }
}

CASE(tensor_puzzles, where_broadcasts, "where broadcasts all three, whichever is the smallest") {
  const struct {
    Shape condition, a, b;
  } all[] = {{{7}, {}, {}},           {{}, {7}, {}},     {{}, {}, {7}},
             {{3, 1}, {4}, {}},       {{4}, {}, {3, 1}}, {{}, {3, 1}, {4}},
             {{1}, {0}, {1}},         {{0}, {1}, {}},    {{5, 1}, {1, 3}, {5, 3}},
             {{2, 1, 1}, {3, 1}, {4}}};
  for (const auto& [shape, shape_a, shape_b] : all) {
    const std::string what = fmt::format("{}, {}, {}", text(shape), text(shape_a), text(shape_b));
    const Array condition = condition_in(Layout::contiguous, shape, "condition " + what);
    const Array a = input_array("a of " + what, shape_a, 1, 5, Layout::permuted);
    const Array b = input_array("b of " + what, shape_b, -5, -1, Layout::sliced);
    calling("where of shapes " + what);
    observe("chosen, " + what, where(condition, a, b));
  }
}

CASE(tensor_puzzles, where_not_a_number,
     "where chooses: a NaN on the side that is not taken leaves no trace") {
  const Real x = input("x", draw(1, 5));
  const Array condition({4}, {1, 0, 1, 0});
  calling("where of numbers, NaN and infinity");
  observe("NaN on the side not taken", where(condition, Array({4}, {x, kNaN, x, kInfinity}),
                                             Array({4}, {kNaN, x, -kInfinity, x})));
  observe("NaN on the side taken", where(condition, Array::scalar(kNaN), Array::scalar(x)));
}

CASE(tensor_puzzles, where_errors, "where refuses shapes that do not broadcast with ShapeError") {
  const struct {
    Shape condition, a, b;
  } all[] = {{{4}, {3}, {3}}, {{3}, {4}, {3}}, {{3}, {3}, {4}}, {{0}, {2}, {}}, {{2, 3}, {2}, {}}};
  for (const auto& [shape, a, b] : all) {
    const std::string what = fmt::format("{}, {}, {}", text(shape), text(a), text(b));
    calling("where of shapes " + what);
    observe_error("error, " + what, [&, &of_a = a, &of_b = b, &of_c = shape] {
      where(Array::zeros(of_c), Array::zeros(of_a), Array::zeros(of_b));
    });
  }
}

// ---- arange, outer, eye, triu ----

CASE(tensor_puzzles, arange, "arange counts from 0 to n - 1, and refuses a negative n") {
  for (const std::int64_t n : kSizes) {
    calling(fmt::format("arange({})", n));
    observe(fmt::format("arange({})", n), arange(n));
  }
  const std::int64_t drawn = input("n", draw_integer(40, 99));
  calling("arange(n), then arange(-1) and arange(-n)");
  observe("arange(n)", arange(drawn));
  observe_error("arange(-1)", [] { arange(-1); });
  observe_error("arange(-n)", [drawn] { arange(-drawn); });
}

CASE(tensor_puzzles, outer, "outer multiplies every element of a with every element of b") {
  const std::int64_t sizes[][2] = {{0, 1}, {7, 0}, {0, 0}, {1, 1}, {1, 7}, {3, 5}, {7, 2}, {7, 7}};
  for (const auto& [m, n] : sizes) {
    for (const Layout layout : kLayouts) {
      const std::string what = fmt::format("({}) and ({}) {}", m, n, name(layout));
      const Array a = input_array("a of " + what, {m}, -5, 5, layout);
      const Array b = input_array("b of " + what, {n}, -5, 5, layout);
      calling("outer of " + what);
      observe("products, " + what, outer(a, b));
      observe("a afterwards, " + what, a);
      observe("b afterwards, " + what, b);
    }
  }
}

CASE(tensor_puzzles, eye, "eye is 1 where row and column are equal, and refuses a negative n") {
  for (const std::int64_t n : kSizes) {
    calling(fmt::format("eye({})", n));
    observe(fmt::format("eye({})", n), eye(n));
  }
  const std::int64_t drawn = input("n", draw_integer(3, 20));
  calling("eye(n), then eye(-n)");
  observe("eye(n)", eye(drawn));
  observe_error("eye(-n)", [drawn] { eye(-drawn); });
}

CASE(tensor_puzzles, triu, "triu keeps the diagonal and what is right of it, also off the square") {
  for (const Shape& shape : kMatrices) {
    for (const Layout layout : kLayouts) {
      const std::string what = text(shape) + " " + name(layout);
      const Array a = input_array("a of " + what, shape, 1, 5, layout);
      calling("triu of " + what);
      observe("upper part, " + what, triu(a));
      observe("a afterwards, " + what, a);
    }
  }
}

CASE(tensor_puzzles, triu_not_a_number, "below the diagonal is 0, also where a NaN was") {
  const Real x = input("x", draw(1, 5));
  calling("triu with NaN and infinity below the diagonal, and on it");
  observe("upper part", triu(Array({3, 2}, {x, kNaN, kNaN, kInfinity, -kInfinity, x})));
}

// ---- cumsum, roll, flip, pad ----

CASE(tensor_puzzles, cumsum, "element i of cumsum is the sum of a[0] to a[i], itself included") {
  for (const std::int64_t n : kSizes) {
    for (const Layout layout : kLayouts) {
      const Array a = input_array("a" + of(n, layout), {n}, -5, 5, layout);
      calling("cumsum of a" + of(n, layout));
      observe("sums" + of(n, layout), cumsum(a), {.terms = static_cast<double>(n), .scale = 5});
      observe("a afterwards" + of(n, layout), a);
    }
  }
}

CASE(tensor_puzzles, cumsum_not_a_number, "in cumsum a NaN stays in every sum from there on") {
  const Real x = input("x", static_cast<double>(draw_integer(1, 5)));
  calling("cumsum of numbers, infinity and NaN");
  observe("with infinity and NaN", cumsum(Array({5}, {x, kInfinity, x, kNaN, x})));
}

void observe_roll(std::int64_t n, Layout layout, std::initializer_list<std::int64_t> shifts) {
  const Array a = input_array("a" + of(n, layout), {n}, -5, 5, layout);
  for (const std::int64_t shift : shifts) {
    const std::string what = fmt::format(" by {}{}", shift, of(n, layout));
    calling("roll of a" + what);
    observe("rolled" + what, roll(a, shift));
  }
  observe("a afterwards" + of(n, layout), a);
}

CASE(tensor_puzzles, roll, "roll moves element i to (i + shift) mod N, in either direction") {
  for (const std::int64_t n : {1, 2, 7, 31}) {
    for (const Layout layout : kLayouts) observe_roll(n, layout, {0, 1, -1, n / 2, -n / 2, n, -n});
  }
}

CASE(tensor_puzzles, roll_far, "roll goes round as often as the shift says, in either direction") {
  for (const std::int64_t n : {1, 2, 7, 31}) {
    observe_roll(n, Layout::sliced, {n + 1, -n - 1, 100, -100, INT64_MAX / 2, INT64_MIN / 2});
  }
}

CASE(tensor_puzzles, roll_nothing, "roll of no elements is no elements: nothing is divided by 0") {
  for (const Layout layout : kLayouts) observe_roll(0, layout, {0, 1, -1, 100});
}

CASE(tensor_puzzles, flip, "flip turns a round, from the last to the first") {
  for (const std::int64_t n : kSizes) {
    for (const Layout layout : kLayouts) {
      const Array a = input_array("a" + of(n, layout), {n}, -5, 5, layout);
      calling("flip of a" + of(n, layout));
      observe("flipped" + of(n, layout), flip(a));
      observe("a afterwards" + of(n, layout), a);
    }
  }
}

CASE(tensor_puzzles, pad, "pad has `before` zeros, then a, then `after` zeros") {
  const std::int64_t zeros[][2] = {{0, 0}, {1, 0}, {0, 1}, {2, 3}, {7, 1}};
  for (const std::int64_t n : kSizes) {
    for (const Layout layout : kLayouts) {
      const Array a = input_array("a" + of(n, layout), {n}, 1, 5, layout);
      for (const auto& [before, after] : zeros) {
        const std::string what = fmt::format(" with {} and {}{}", before, after, of(n, layout));
        calling("pad of a" + what);
        observe("padded" + what, pad(a, before, after));
      }
      observe("a afterwards" + of(n, layout), a);
    }
  }
  const Array a = input_array("a", {7}, 1, 5);
  calling("pad of seven numbers with negative numbers of zeros");
  observe_error("-1 before", [&a] { pad(a, -1, 3); });
  observe_error("-1 after", [&a] { pad(a, 3, -1); });
  observe_error("-20 after", [&a] { pad(a, 0, -20); });
}

// ---- one_hot, gather, scatter_add ----

CASE(tensor_puzzles, one_hot, "row i of one_hot is 1 at labels[i] alone") {
  for (const std::int64_t classes : {1, 2, 7}) {
    for (const std::size_t n : {0, 1, 7, 12}) {
      const std::string what = fmt::format("{} labels below {}", n, classes);
      const auto labels = draw_rows(what, n, classes);
      calling("one_hot of " + what);
      observe("rows, " + what, one_hot(labels, classes));
    }
  }
  calling("one_hot of no labels below 0");
  observe("no labels below 0", one_hot({}, 0));
}

CASE(tensor_puzzles, one_hot_errors,
     "one_hot refuses a label that is not below classes, or below 0") {
  const std::int64_t classes = input("classes", draw_integer(2, 9));
  const std::vector<std::int64_t> beyond = {0, classes}, negative = {1, -1}, zero = {0};
  calling("one_hot with labels that are not there, and with negative classes");
  observe_error("a label equal to classes", [&] { one_hot(beyond, classes); });
  observe_error("a label of -1", [&] { one_hot(negative, classes); });
  observe_error("a label and no classes", [&] { one_hot(zero, 0); });
  observe_error("negative classes", [&] { one_hot({}, -classes); });
}

CASE(tensor_puzzles, gather, "gather takes rows in the order asked for, as often as asked for") {
  for (const Shape& shape : {Shape{1, 1}, Shape{7, 7}, Shape{3, 5}, Shape{5, 3}, Shape{3, 0}}) {
    for (const Layout layout : kLayouts) {
      const Array a = input_array("a of " + text(shape) + " " + name(layout), shape, -5, 5, layout);
      for (const std::size_t n : {0, 1, 7}) {
        const std::string what = fmt::format("{} rows of {} {}", n, text(shape), name(layout));
        const auto rows = draw_rows(what, n, shape[0]);
        calling("gather of " + what);
        observe("gathered, " + what, gather(a, rows));
      }
      observe("a afterwards, " + text(shape) + name(layout), a);
    }
  }
  calling("gather of no rows of (0, 3)");
  observe("no rows of (0, 3)", gather(Array({0, 3}), {}));
}

CASE(tensor_puzzles, gather_errors, "gather refuses a row that is not there with RangeError") {
  const std::int64_t n = input("rows there are", draw_integer(2, 9));
  const std::vector<std::int64_t> beyond = {0, n}, negative = {0, -1}, zero = {0};
  const Array a = input_array("a", {n, 3}, -5, 5);
  calling("gather of rows that are not there");
  observe_error("a row beyond the last", [&] { gather(a, beyond); });
  observe_error("row -1", [&] { gather(a, negative); });
  observe_error("row 0 of none", [&] { gather(Array({0, 3}), zero); });
  observe_error("a row beyond, rows have no elements", [&] { gather(Array({n, 0}), beyond); });
}

CASE(tensor_puzzles, scatter_add,
     "scatter_add adds every row of values, also where several go to one row", {.weight = 2}) {
  for (const Shape& shape : {Shape{1, 1}, Shape{7, 7}, Shape{3, 5}, Shape{5, 3}, Shape{3, 0}}) {
    for (const Layout layout : kLayouts) {
      for (const std::size_t n : {0, 1, 2, 7, 12}) {
        const std::string what = fmt::format("{} rows to {} {}", n, text(shape), name(layout));
        Array to = input_array("to, " + what, shape, -5, 5, layout);
        const Array same_storage = to;
        const auto rows = draw_rows("rows, " + what, n, shape[0]);
        const Array values =
            input_array("values, " + what, {static_cast<std::int64_t>(n), shape[1]}, -5, 5, layout);
        calling("scatter_add of " + what);
        scatter_add(to, rows, values);
        observe("to afterwards, " + what, same_storage, {.terms = 13, .scale = 5});
        observe("values afterwards, " + what, values);
      }
    }
  }
}

CASE(tensor_puzzles, scatter_add_counts, "rows of one_hot that go to one row are counted there") {
  for (const std::int64_t n : {1, 2, 7}) {
    for (const std::size_t rows : {2, 7, 31}) {
      const auto from = draw_rows(fmt::format("{} labels below 3", rows), rows, 3);
      const auto to_row = draw_rows(fmt::format("{} rows below {}", rows, n), rows, n);
      std::vector<Real> hot(3 * rows, 0);
      for (std::size_t i = 0; i < rows; ++i) hot[3 * i + from[i]] = 1;
      Array counts = Array::zeros({n, 3});
      calling(fmt::format("scatter_add of {} rows with one 1 each to zeros of ({}, 3)", rows, n));
      scatter_add(counts, to_row, Array({static_cast<std::int64_t>(rows), 3}, hot));
      observe(fmt::format("counts, {} of ({}, 3)", rows, n), counts);
    }
  }
}

CASE(tensor_puzzles, scatter_add_errors, "after an error of scatter_add nothing has been added") {
  for (const std::int64_t n : {1, 2, 7}) {
    const std::string of_n = fmt::format(", {} rows", n);
    Array to = input_array("to" + of_n, {n, 3}, -5, 5);
    const Array values = input_array("values" + of_n, {2, 3}, 1, 5);
    const std::vector<std::int64_t> beyond = {0, n}, negative = {0, -1}, one = {0}, good = {0, 0};
    calling("scatter_add with rows that are not there, and with values of another shape" + of_n);
    observe_error("a row beyond the last" + of_n, [&] { scatter_add(to, beyond, values); });
    observe("to after a row beyond the last" + of_n, to);
    observe_error("row -1" + of_n, [&] { scatter_add(to, negative, values); });
    observe("to after row -1" + of_n, to);
    observe_error("two rows of values for one row" + of_n, [&] { scatter_add(to, one, values); });
    observe_error("one row of values for two rows" + of_n, [&] {
      scatter_add(to, good, view_of(values, {1, 3}, {3, 1}));
    });
    observe_error("too few columns" + of_n, [&] {
      scatter_add(to, good, view_of(values, {2, 2}, {3, 1}));
    });
    observe_error("one column" + of_n, [&] {
      scatter_add(to, good, view_of(values, {2, 1}, {3, 1}));
    });
    observe("to after values of another shape" + of_n, to);
  }
  const Array row = input_array("row", {3}, -5, 5);
  const std::vector<std::int64_t> rows = {1};
  calling("scatter_add to a view of four rows that are one");
  observe_error("to a broadcast view", [&] {
    Array to = view_of(row, {4, 3}, {0, 1});
    scatter_add(to, rows, Array::ones({1, 3}));
  });
  observe("row afterwards", row);
}

// ---- all of them ----

CASE(tensor_puzzles, wrong_rank, "arrays of another rank are refused with ShapeError") {
  const Array number = Array::scalar(input("number", draw(1, 5)));
  const Array list = input_array("list", {3}, 1, 5), matrix = input_array("matrix", {3, 1}, 1, 5),
              block = input_array("block", {3, 1, 1}, 1, 5);
  const std::vector<std::int64_t> rows = {0, 1, 2};
  calling("each function with a number, a list, a matrix and a block where it takes another rank");
  const Array none({0}), no_rows({0, 3});
  for (const Array& a : {number, matrix, block, no_rows}) {
    const std::string what = " of " + text(a.shape());
    observe_error("outer, first" + what, [&] { outer(a, list); });
    observe_error("outer, second" + what, [&] { outer(list, a); });
    observe_error("outer with nothing, first" + what, [&] { outer(a, none); });
    observe_error("outer with nothing, second" + what, [&] { outer(none, a); });
    observe_error("cumsum" + what, [&] { cumsum(a); });
    observe_error("roll" + what, [&] { roll(a, 1); });
    observe_error("flip" + what, [&] { flip(a); });
    observe_error("pad" + what, [&] { pad(a, 1, 1); });
  }
  for (const Array& a : {number, list, block, none}) {
    const std::string what = " of " + text(a.shape());
    observe_error("triu" + what, [&] { triu(a); });
    observe_error("gather" + what, [&] { gather(a, rows); });
    observe_error("scatter_add, to" + what, [&] {
      Array to = a;
      scatter_add(to, rows, matrix);
    });
    observe_error("scatter_add, values" + what, [&] {
      Array to = matrix;
      scatter_add(to, rows, a);
    });
  }
  observe("matrix afterwards", matrix);
  observe("list afterwards", list);
}

CASE(tensor_puzzles, new_arrays,
     "results have a storage of their own, also where nothing is to be moved") {
  for (const std::int64_t n : {1, 7}) {
    const std::string what = fmt::format(", {}", n);
    const Array list = input_array("list" + what, {n}, 1, 5),
                one = input_array("one" + what, {1}, 1, 5);
    const Array row = input_array("row" + what, {1, n}, 1, 5);
    const std::vector<std::int64_t> first = {0};
    calling("each function where its result equals its operand, and a write into the result" +
            what);
    for (Array result : {where(Array::scalar(1), list, list), cumsum(one), roll(list, 0), flip(one),
                         pad(list, 0, 0), triu(row), gather(row, first)}) {
      result.mutable_data()[0] = -1;
    }
    observe("list afterwards" + what, list);
    observe("one afterwards" + what, one);
    observe("row afterwards" + what, row);
  }
}

PROOF(tensor_puzzles, closed_forms) {
  using List = std::vector<Real>;
  prove(elements(cumsum(arange(5))) == List{0, 1, 3, 6, 10}, "running sums of 0 … 4");
  prove(elements(roll(arange(5), 2)) == List{3, 4, 0, 1, 2}, "0 … 4 rolled by 2");
  prove(elements(roll(arange(5), -1)) == List{1, 2, 3, 4, 0}, "0 … 4 rolled by -1");
  prove(elements(flip(arange(3))) == List{2, 1, 0}, "0 1 2 turned round");
  prove(elements(outer(arange(3), arange(2))) == List{0, 0, 0, 1, 0, 2}, "outer of 0 1 2 and 0 1");
  prove(elements(pad(Array({2}, {1, 2}), 1, 2)) == List{0, 1, 2, 0, 0}, "1 2 with 1 and 2 zeros");

  const std::vector<std::int64_t> labels = {2, 0, 2};
  const Array hot = one_hot(labels, 3);
  prove(elements(hot) == List{0, 0, 1, 1, 0, 0, 0, 0, 1}, "one_hot of 2 0 2");
  prove(elements(gather(eye(3), labels)) == elements(hot), "rows of the identity are one_hot");
  Array counts = Array::zeros({3, 3});
  scatter_add(counts, labels, hot);
  prove(elements(counts) == List{1, 0, 0, 0, 0, 0, 0, 0, 2},
        "scatter_add of one_hot counts labels");
  prove(elements(where(triu(Array::ones({2, 2})), Array::scalar(1), Array::scalar(-1))) ==
            List{1, 1, -1, 1},
        "the upper part of ones says where");
}

}  // namespace
}  // namespace gradbook
