#include <fmt/format.h>

#include <cmath>
#include <limits>

#include "03_tensor/loops.hpp"
#include "support/arrays.hpp"
#include "support/case.hpp"
#include "support/messages.hpp"

namespace gradbook {
namespace {

const Shape kShapes[] = {{}, {1}, {7}, {0}, {3, 5}, {1, 7}, {5, 0, 2}, {2, 3, 4}, {2, 1, 3, 5}};

Real triple_plus_one(Real x) { return 3 * x + 1; }

CASE(map, any_layout,
     "every element of the result is f of the element of the same index, whatever the strides of "
     "both arrays are",
     {.weight = 2}) {
  for (const Shape& shape : kShapes) {
    for (const Layout from : kLayouts) {
      const Array a = input_array("a of " + text(shape) + " " + name(from), shape, -5, 5, from);
      for (const Layout to : kLayouts) {
        const std::string what = fmt::format("{}, {} into {}", text(shape), name(from), name(to));
        Array out = poisoned(to, shape);
        const Array same_storage = out;
        calling("map of 3x + 1, shape " + what);
        map(triple_plus_one, a, out);
        observe("result, " + what, same_storage, {.terms = 2, .scale = 16});
        observe("numbers set in the storage of the result, " + what, numbers_set(same_storage));
      }
      observe("a afterwards, " + text(shape) + " " + name(from), a);
    }
  }
}

CASE(map, calls, "f is called exactly once for each element, in row-major order of the index") {
  for (const Shape& shape : kShapes) {
    for (const Layout layout : kLayouts) {
      const std::string what = text(shape) + " " + name(layout);
      const Array a = input_array("a of " + what, shape, -5, 5, layout);
      Array out = poisoned(Layout::permuted, shape);
      std::vector<double> seen;
      calling("map of a function that numbers its calls, shape " + what);
      map(
          [&seen](Real x) {
            seen.push_back(x);
            return static_cast<Real>(seen.size());
          },
          a, out);
      observe("what f was called with, " + what, seen);
      observe("numbers of the calls, " + what, out);
    }
  }
}

CASE(map, in_place, "the result may be the array itself") {
  for (const Shape& shape : kShapes) {
    for (const Layout layout : kLayouts) {
      const std::string what = text(shape) + " " + name(layout);
      Array a = input_array("a of " + what, shape, -5, 5, layout);
      const Array same_storage = a;
      calling("map of 3x + 1 from a into a, shape " + what);
      map(triple_plus_one, a, a);
      observe("a afterwards, " + what, same_storage, {.terms = 2, .scale = 16});
    }
  }
}

CASE(map, broadcast_operand,
     "a view that shows one number many times is read like any other: f is called for each of its "
     "elements") {
  for (const std::int64_t n : {1, 2, 7}) {
    const Array column = input_array(fmt::format("column of {}", n), {n}, -5, 5);
    const Array a = view_of(column, {n, 3}, {1, 0});
    Array out = poisoned(Layout::contiguous, {n, 3});
    std::int64_t calls = 0;
    calling(fmt::format("map of 3x + 1 from a view of shape ({}, 3) with strides (1, 0)", n));
    map([&calls](Real x) { return ++calls, triple_plus_one(x); }, a, out);
    observe(fmt::format("result of {}", n), out, {.terms = 2, .scale = 16});
    observe(fmt::format("calls of {}", n), calls);
  }
}

CASE(map, other_shape,
     "a result of another shape is refused with ShapeError, also where it has as many elements, "
     "and f is not called") {
  const struct {
    Shape a, out;
  } pairs[] = {{{4}, {0}},          {{2, 3}, {3, 2}}, {{2, 3}, {6}},    {{2, 3}, {2, 4}},
               {{2, 3}, {2, 3, 1}}, {{}, {1}},        {{1}, {}},        {{5}, {1}},
               {{1}, {5}},          {{0}, {2, 0}},    {{0, 3}, {3, 0}}, {{0}, {4}}};
  std::int64_t calls = 0;
  for (const auto& [shape, other] : pairs) {
    const std::string what = fmt::format("{} into {}", text(shape), text(other));
    const Array a = input_array("a of " + what, shape, -5, 5);
    Array out = input_array("out of " + what, other, -5, 5);
    calling("map from " + what);
    observe_error("error, " + what,
                  [&, &from = a] { map([&calls](Real x) { return ++calls, x; }, from, out); });
    observe("out afterwards, " + what, out);
  }
  observe("calls of f before the errors", calls);
}

CASE(map, error_names_shapes,
     "the error names both shapes, so that its reader knows what does not fit") {
  const Shape shape = {input("rows", draw_integer(100, 499)), 2};
  const Shape other = {3, input("columns", draw_integer(500, 999))};
  calling("map from " + text(shape) + " into " + text(other));
  const std::string message = message_of<std::exception>([&] {
    Array out(other);
    map(triple_plus_one, Array::zeros(shape), out);
  });
  observe("names the shape of a", names(message, text(shape)));
  observe("names the shape of the result", names(message, text(other)));
}

CASE(map, broadcast_result,
     "a result in which several elements lie in one place is refused with ShapeError, and nothing "
     "is written") {
  for (const std::int64_t n : {2, 7}) {
    const Array a = input_array(fmt::format("a of {}", n), {n, 3}, -5, 5);
    const Array numbers = input_array(fmt::format("numbers of {}", n), {n}, -5, 5);
    std::int64_t calls = 0;
    calling(fmt::format("map into a view of shape ({}, 3) with strides (1, 0)", n));
    observe_error(fmt::format("error of {}", n), [&] {
      Array out = view_of(numbers, {n, 3}, {1, 0});
      map([&calls](Real x) { return ++calls, x; }, a, out);
    });
    observe(fmt::format("calls of {}", n), calls);
    observe(fmt::format("numbers afterwards, {}", n), numbers);
  }
}

CASE(map, not_a_number, "NaN and infinity go through f like any other number") {
  const Real nan = std::numeric_limits<Real>::quiet_NaN(),
             infinity = std::numeric_limits<Real>::infinity();
  const Real x = input("x", draw(1, 5));
  const Array a({2, 2}, {nan, x, -infinity, infinity});
  Array out({2, 2});
  calling("map of 1 / x");
  map([](Real number) { return 1 / number; }, a, out);
  observe("result", out);
}

PROOF(map, closed_forms) {
  const Array a({2, 3}, {1, 2, 3, 4, 5, 6});
  const Array columns = view_of(a, {3, 2}, {1, 3});
  Array squares({3, 2});
  map([](Real x) { return x * x; }, columns, squares);
  prove(elements(squares) == std::vector<Real>{1, 16, 4, 25, 9, 36},
        "the squares of the transpose of 1 … 6 are 1, 16, 4, 25, 9, 36");
  Array back({2, 3});
  map([](Real x) { return std::log(x); }, a, back);
  map([](Real x) { return std::exp(x); }, back, back);
  for (std::int64_t i = 0; i < 6; ++i)
    prove_close("exp of log of a number", back.data()[i], a.data()[i], 1e-14);
}

}  // namespace
}  // namespace gradbook
