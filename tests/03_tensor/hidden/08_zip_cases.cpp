#include <fmt/format.h>

#include <cmath>
#include <limits>

#include "03_tensor/loops.hpp"
#include "support/arrays.hpp"
#include "support/case.hpp"
#include "support/messages.hpp"

namespace gradbook {
namespace {

// Two shapes, and what they have together, written down by hand
struct Pair {
  Shape a, b, together;
};

const Pair kSameShape[] = {{{}, {}, {}},
                           {{1}, {1}, {1}},
                           {{7}, {7}, {7}},
                           {{0}, {0}, {0}},
                           {{3, 5}, {3, 5}, {3, 5}},
                           {{5, 0, 2}, {5, 0, 2}, {5, 0, 2}},
                           {{2, 3, 4}, {2, 3, 4}, {2, 3, 4}}};

const Pair kBroadcast[] = {
    {{}, {3}, {3}},
    {{1}, {7}, {7}},
    {{0}, {1}, {0}},
    {{3, 1}, {1, 4}, {3, 4}},
    {{3, 1}, {4}, {3, 4}},
    {{5, 2}, {2}, {5, 2}},
    {{5, 2}, {1, 2}, {5, 2}},
    {{5, 2}, {5, 1}, {5, 2}},
    {{2, 3, 4}, {3, 1}, {2, 3, 4}},
    {{1, 1, 1}, {2}, {1, 1, 2}},
    {{2, 1, 3}, {0, 1}, {2, 0, 3}},
    {{5, 1, 5, 1}, {1, 5, 1, 5}, {5, 5, 5, 5}},
};

Real minus_twice(Real x, Real y) { return x - 2 * y; }

constexpr Tolerance kTolerance = {.terms = 2, .scale = 15};

std::string of(const Shape& a, const Shape& b) {
  return fmt::format("{} and {}", text(a), text(b));
}

CASE(zip, same_shape,
     "of two arrays of one shape, each element of the result is f(a[i], b[i]), whatever the "
     "strides are",
     {.weight = 2}) {
  for (const auto& [shape, same, together] : kSameShape) {
    for (const Layout layout_a : kLayouts) {
      for (const Layout layout_b : kLayouts) {
        const std::string what =
            fmt::format("{}, {} and {}", text(shape), name(layout_a), name(layout_b));
        const Array a = input_array("a of " + what, shape, -5, 5, layout_a);
        const Array b = input_array("b of " + what, same, -5, 5, layout_b);
        for (const Layout layout : kLayouts) {
          Array out = poisoned(layout, together);
          const Array same_storage = out;
          const std::string into = fmt::format(", into {}, ", name(layout)) + what;
          calling("zip of x - 2y" + into);
          zip(minus_twice, a, b, out);
          observe("result" + into, same_storage, kTolerance);
          observe("numbers set in the storage of the result" + into, numbers_set(same_storage));
        }
        observe("a afterwards, " + what, a);
        observe("b afterwards, " + what, b);
      }
    }
  }
}

CASE(zip, broadcast_both_ways,
     "shapes that broadcast are brought to the one that they have together, whichever of the two "
     "is the smaller",
     {.weight = 2}) {
  for (const auto& [shape_a, shape_b, together] : kBroadcast) {
    for (const Layout layout : kLayouts) {
      const std::string what = of(shape_a, shape_b) + ", " + name(layout);
      const Array a = input_array("a of " + what, shape_a, -5, 5, layout);
      const Array b = input_array("b of " + what, shape_b, -5, 5);
      Array out = poisoned(Layout::permuted, together), swapped = poisoned(layout, together);
      calling("zip of x - 2y from a and b, then from b and a, shapes " + what);
      zip(minus_twice, a, b, out);
      zip(minus_twice, b, a, swapped);
      observe("f(a, b), " + what, out, kTolerance);
      observe("f(b, a), " + what, swapped, kTolerance);
      observe("a afterwards, " + what, a);
      observe("b afterwards, " + what, b);
    }
  }
}

CASE(zip, calls,
     "f is called exactly once for each element of the result, in row-major order of its index") {
  for (const auto& [shape_a, shape_b, together] : kBroadcast) {
    const std::string what = of(shape_a, shape_b);
    const Array a = input_array("a of " + what, shape_a, -5, 5, Layout::permuted);
    const Array b = input_array("b of " + what, shape_b, -5, 5, Layout::sliced);
    Array out = poisoned(Layout::permuted, together);
    std::vector<double> first, second;
    const auto number = [&](Real x, Real y) {
      first.push_back(x);
      second.push_back(y);
      return static_cast<Real>(first.size());
    };
    calling("zip of a function that numbers its calls, shapes " + what);
    zip(number, a, b, out);
    observe("first arguments, " + what, first);
    observe("second arguments, " + what, second);
    observe("numbers of the calls, " + what, out);
  }
}

CASE(zip, in_place, "the result may be the one operand or the other, or all three may be one") {
  for (const Shape& shape : {Shape{}, Shape{7}, Shape{0}, Shape{3, 5}, Shape{2, 3, 4}}) {
    for (const Layout layout : kLayouts) {
      const std::string what = text(shape) + " " + name(layout);
      Array a = input_array("a of " + what, shape, -5, 5, layout);
      Array b = input_array("b of " + what, shape, -5, 5);
      const Array seen_a = a, seen_b = b;
      calling("zip of x - 2y into a, then into b, then from a and a into a, shape " + what);
      zip(minus_twice, a, b, a);
      observe("into a, " + what, seen_a, kTolerance);
      zip(minus_twice, a, b, b);
      observe("into b, " + what, seen_b, {.terms = 8, .scale = 45});
      zip(minus_twice, a, a, a);
      observe("from a and a into a, " + what, seen_a, kTolerance);
    }
  }
  const Array row = input_array("row", {5}, -5, 5);
  Array a = input_array("matrix", {3, 5}, -5, 5, Layout::permuted);
  calling("zip of x - 2y from a matrix and a row into the matrix");
  zip(minus_twice, a, row, a);
  observe("matrix afterwards", a, kTolerance);
}

CASE(zip, do_not_broadcast,
     "shapes that do not broadcast are refused with ShapeError, and f is not called") {
  const Pair pairs[] = {{{3}, {4}, {4}},
                        {{5, 2}, {5}, {5, 2}},
                        {{0}, {2}, {2}},
                        {{2}, {0}, {0}},
                        {{2, 3}, {3, 2}, {3, 3}},
                        {{2, 3}, {6}, {2, 3}},
                        {{2, 3, 4}, {2, 1}, {2, 3, 4}}};
  std::int64_t calls = 0;
  for (const auto& [shape_a, shape_b, shape] : pairs) {
    const std::string what = of(shape_a, shape_b);
    const Array a = input_array("a of " + what, shape_a, -5, 5);
    const Array b = input_array("b of " + what, shape_b, -5, 5);
    Array out = input_array("out of " + what, shape, -5, 5);
    const auto counted = [&calls](Real x, Real y) { return ++calls, x + y; };
    calling("zip from shapes " + what);
    observe_error("a, b of " + what, [&] { zip(counted, a, b, out); });
    observe_error("b, a of " + what, [&] { zip(counted, b, a, out); });
    observe("out afterwards, " + what, out);
  }
  observe("calls of f before the errors", calls);
}

CASE(zip, other_shape,
     "a result of another shape than the operands have together is refused with ShapeError, and f "
     "is not called") {
  const Pair pairs[] = {{{3}, {3}, {4}},       {{2, 3}, {2, 3}, {3, 2}}, {{2, 3}, {2, 3}, {6}},
                        {{3, 1}, {4}, {3, 1}}, {{3, 1}, {4}, {4, 3}},    {{}, {}, {1}},
                        {{1}, {1}, {5}},       {{1}, {1}, {}},           {{2}, {2}, {3, 2}},
                        {{0}, {0}, {0, 2}}};
  std::int64_t calls = 0;
  for (const auto& [shape_a, shape_b, shape] : pairs) {
    const std::string what = of(shape_a, shape_b) + " into " + text(shape);
    const Array a = input_array("a of " + what, shape_a, -5, 5);
    const Array b = input_array("b of " + what, shape_b, -5, 5);
    Array out = input_array("out of " + what, shape, -5, 5);
    calling("zip from shapes " + what);
    observe_error("error, " + what,
                  [&] { zip([&calls](Real x, Real y) { return ++calls, x + y; }, a, b, out); });
    observe("out afterwards, " + what, out);
  }
  observe("calls of f before the errors", calls);
}

CASE(zip, error_names_shapes,
     "an error of shapes says that it comes from zip, and names both operands' shapes") {
  const Shape a = {input("rows", draw_integer(100, 499)), 2};
  const Shape b = {input("columns", draw_integer(500, 999))};
  calling("zip of shapes " + of(a, b) + ", and of two arrays of shape " + text(b) + " into " +
          text(a));
  const auto message = [](const Shape& left, const Shape& right, const Shape& result) {
    return message_of<std::exception>([&] {
      Array out(result);
      zip(minus_twice, Array::zeros(left), Array::zeros(right), out);
    });
  };
  observe("names zip", names(message(a, b, a), "zip"));
  observe("names both operands", names(message(a, b, a), text(a), text(b)));
  observe("names operand and result", names(message(b, {1}, a), text(a), text(b)));
}

CASE(zip, broadcast_result,
     "a result in which several elements lie in one place is refused with ShapeError, and nothing "
     "is written") {
  for (const std::int64_t n : {2, 7}) {
    const Array a = input_array(fmt::format("a of {}", n), {n, 3}, -5, 5);
    const Array numbers = input_array(fmt::format("numbers of {}", n), {n}, -5, 5);
    std::int64_t calls = 0;
    calling(fmt::format("zip into a view of shape ({}, 3) with strides (1, 0)", n));
    observe_error(fmt::format("error of {}", n), [&] {
      Array out = view_of(numbers, {n, 3}, {1, 0});
      zip([&calls](Real x, Real y) { return ++calls, x + y; }, a, a, out);
    });
    observe(fmt::format("calls of {}", n), calls);
    observe(fmt::format("numbers afterwards, {}", n), numbers);
  }
}

CASE(zip, not_a_number, "NaN and infinity go through f like any other number") {
  const Real nan = std::numeric_limits<Real>::quiet_NaN(),
             infinity = std::numeric_limits<Real>::infinity();
  const Real x = input("x", draw(1, 5));
  calling("zip of x + y from (NaN, x, infinity, infinity) and (x, NaN, x, -infinity)");
  observe("result",
          zip([](Real p, Real q) { return p + q; }, Array({4}, {nan, x, infinity, infinity}),
              Array({4}, {x, nan, x, -infinity})));
}

PROOF(zip, closed_forms) {
  const Array column({3, 1}, {10, 20, 30}), row({4}, {1, 2, 3, 4});
  const auto minus = [](Real x, Real y) { return x - y; };
  prove(elements(zip(minus, column, row)) ==
            std::vector<Real>{9, 8, 7, 6, 19, 18, 17, 16, 29, 28, 27, 26},
        "a column minus a row is the table of their differences");
  prove(elements(zip(minus, row, column)) ==
            std::vector<Real>{-9, -8, -7, -6, -19, -18, -17, -16, -29, -28, -27, -26},
        "the row minus the column is the negative table, of the same shape");
  prove(zip(minus, Array({5, 1, 5, 1}), Array({1, 5, 1, 5})).shape() == Shape{5, 5, 5, 5},
        "(5, 1, 5, 1) and (1, 5, 1, 5) are (5, 5, 5, 5) together");
}

}  // namespace
}  // namespace gradbook
