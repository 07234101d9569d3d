#include <fmt/format.h>

#include <algorithm>
#include <limits>

#include "03_tensor/loops.hpp"
#include "support/arrays.hpp"
#include "support/case.hpp"

namespace gradbook {
namespace {

const Shape kShapes[] = {{}, {1}, {7}, {0}, {3, 5}, {1, 7, 1}, {2, 3, 4}, {5, 0, 2}, {2, 1, 3, 5}};

Real sum(Real x, Real y) { return x + y; }
Real half_and_next(Real x, Real y) { return x / 2 + y; }
Real larger(Real x, Real y) { return std::max(x, y); }

constexpr Real kInfinity = std::numeric_limits<Real>::infinity();
constexpr Tolerance kTolerance = {.terms = 30, .scale = 5};

// The axes whose bits are set
Axes axes_of(int bits, int rank) {
  Axes axes;
  for (int axis = 0; axis < rank; ++axis) {
    if (bits & 1 << axis) axes.push_back(axis);
  }
  return axes;
}

std::string of(const Shape& shape, const Axes& axes) {
  return fmt::format("{} over axes {}", text(shape), text(axes));
}

CASE(reduce, any_axes,
     "the axes that are named, and no others, are folded away, whatever the strides are",
     {.weight = 2}) {
  for (const Shape& shape : kShapes) {
    for (const Layout layout : kLayouts) {
      const std::string how = text(shape) + " " + name(layout);
      const Array a = input_array("a of " + how, shape, -5, 5, layout);
      for (int bits = 0; bits < 1 << shape.rank(); ++bits) {
        const Axes axes = axes_of(bits, shape.rank());
        const std::string what = of(shape, axes) + ", " + name(layout);
        calling("reduce by x + y from 0, " + what + ", then with keepdim");
        observe("sum, " + what, reduce(sum, 0, a, axes), kTolerance);
        observe("sum with keepdim, " + what, reduce(sum, 0, a, axes, true), kTolerance);
      }
      observe("a afterwards, " + how, a);
    }
  }
}

CASE(reduce, order,
     "f gets what was gathered first and the next element second, from start on, in row-major "
     "order") {
  for (const Shape& shape : kShapes) {
    for (const Layout layout : kLayouts) {
      const Real start = input("start", draw(-5, 5));
      const Array a = input_array("a of " + text(shape) + " " + name(layout), shape, -5, 5, layout);
      for (int bits = 0; bits < 1 << shape.rank(); ++bits) {
        const Axes axes = axes_of(bits, shape.rank());
        const std::string what = of(shape, axes) + ", " + name(layout);
        calling("reduce by x / 2 + y, " + what);
        observe("gathered, " + what, reduce(half_and_next, start, a, axes),
                {.terms = 10, .scale = 10});
      }
    }
  }
}

CASE(reduce, calls, "f is called exactly once for each element of a") {
  for (const Shape& shape : kShapes) {
    const Array a = input_array("a of " + text(shape), shape, -5, 5);
    for (int bits = 0; bits < 1 << shape.rank(); ++bits) {
      const Axes axes = axes_of(bits, shape.rank());
      std::vector<double> seen;
      calling("reduce of a function that notes its second arguments, " + of(shape, axes));
      reduce([&seen](Real x, Real y) { return seen.push_back(y), x + y; }, 0.5, a, axes);
      std::sort(seen.begin(), seen.end());  // which element of the result comes first is free
      observe("second arguments, sorted, " + of(shape, axes), seen);
    }
  }
}

CASE(reduce, largest,
     "the largest of negative numbers is negative: what begins the fold is start, and not 0") {
  for (const std::int64_t n : {1, 2, 7}) {
    const Array a = input_array(fmt::format("a of {}", n), {n, 3}, -9, -1, Layout::permuted);
    for (const Axes& axes : {Axes{0}, Axes{1}, Axes{0, 1}}) {
      const std::string what = of({n, 3}, axes);
      calling("reduce by max, from -infinity and from -4, " + what);
      observe("largest, " + what, reduce(larger, -kInfinity, a, axes));
      observe("largest, at least -4, " + what, reduce(larger, -4, a, axes));
    }
  }
}

CASE(reduce, nothing_to_fold,
     "where an axis of size 0 is folded away, nothing is folded into start, and start it is") {
  const struct {
    Shape shape;
    Axes axes;
  } all[] = {{{0}, {0}},       {{2, 0, 3}, {1}}, {{2, 0, 3}, {1, 2}}, {{2, 0, 3}, {0, 1, 2}},
             {{2, 0, 3}, {0}}, {{0, 4}, {0}},    {{0, 4}, {1}},       {{0, 0}, {0}}};
  const Real start = input("start", draw(1, 5));
  for (const auto& [shape, axes] : all) {
    const Array a = input_array("a of " + text(shape), shape, -5, 5);
    calling("reduce by x + y from start, " + of(shape, axes));
    observe("sums, " + of(shape, axes), reduce(sum, start, a, axes));
    observe("sums with keepdim, " + of(shape, axes), reduce(sum, start, a, axes, true));
    observe("largest, " + of(shape, axes), reduce(larger, -kInfinity, a, axes));
  }
}

CASE(reduce, negative_axes, "axes may count from the end, and come in any order") {
  const struct {
    Shape shape;
    Axes axes;
  } all[] = {{{7}, {-1}},          {{3, 5}, {-1}},         {{3, 5}, {-2}},
             {{2, 3, 4}, {2, 0}},  {{2, 3, 4}, {-1, 0}},   {{2, 3, 4}, {-1, -3}},
             {{2, 3, 4}, {1, -1}}, {{2, 3, 4}, {-2, 2, 0}}};
  for (const auto& [shape, axes] : all) {
    const Array a = input_array("a of " + text(shape), shape, -5, 5, Layout::sliced);
    calling("reduce by x / 2 + y, " + of(shape, axes));
    observe("gathered, " + of(shape, axes), reduce(half_and_next, 0, a, axes),
            {.terms = 10, .scale = 10});
    observe("gathered with keepdim, " + of(shape, axes), reduce(half_and_next, 0, a, axes, true),
            {.terms = 10, .scale = 10});
  }
}

CASE(reduce, new_array,
     "the result has a storage of its own, also where no axis is folded away or all have size 1") {
  const struct {
    Shape shape;
    Axes axes;
  } all[] = {{{3, 5}, {}}, {{}, {}}, {{1, 7, 1}, {0}}, {{1, 7, 1}, {}}, {{1, 1}, {0, 1}}};
  for (const auto& [shape, axes] : all) {
    const Array a = input_array("a of " + text(shape), shape, 1, 5);
    calling("reduce by x + y from 0, " + of(shape, axes) + ", and a write into each result");
    Array gone = reduce(sum, 0, a, axes), kept = reduce(sum, 0, a, axes, true);
    gone.mutable_data()[0] = -1;
    kept.mutable_data()[0] = -2;
    observe("a afterwards, " + of(shape, axes), a);
    observe("result, " + of(shape, axes), gone);
    observe("result with keepdim, " + of(shape, axes), kept);
  }
}

CASE(reduce, axis_errors,
     "an axis that is not there, and one that is named twice, is refused with RangeError, and f is "
     "not called") {
  const struct {
    Shape shape;
    Axes axes;
  } all[] = {{{3, 5}, {2}},
             {{3, 5}, {-3}},
             {{3, 5}, {0, 7}},
             {{}, {0}},
             {{}, {-1}},
             {{7}, {1}},
             {{3, 5}, {0, 0}},
             {{3, 5}, {1, -1}},
             {{0, 5}, {-1, 1}},
             {{2, 3, 4}, {2, 0, 2}},
             {{2, 3, 4}, {0, 1, 2, 3}}};
  std::int64_t calls = 0;
  for (const auto& [shape, axes] : all) {
    const Array a = input_array("a of " + text(shape), shape, -5, 5);
    calling("reduce by x + y, " + of(shape, axes));
    observe_error("error, " + of(shape, axes), [&, &wrong = axes] {
      reduce([&calls](Real x, Real y) { return ++calls, x + y; }, 0, a, wrong);
    });
  }
  observe("calls of f before the errors", calls);
}

CASE(reduce, not_a_number, "NaN and infinity go through f like any other number") {
  const Real nan = std::numeric_limits<Real>::quiet_NaN();
  const Real x = input("x", draw(1, 5));
  const Array a({3, 2}, {nan, x, x, kInfinity, x, -kInfinity});
  calling("reduce by x + y from 0 over each axis");
  observe("over axis 0", reduce(sum, 0, a, {0}));
  observe("over axis 1", reduce(sum, 0, a, {1}));
}

PROOF(reduce, closed_forms) {
  std::vector<Real> numbers;
  for (int i = 0; i < 24; ++i) numbers.push_back(i);
  const Array a({2, 3, 4}, numbers);
  prove(elements(reduce(sum, 0, a, {0, 2})) == std::vector<Real>{60, 92, 124},
        "0 … 23 as (2, 3, 4), summed over axes 0 and 2, are 60, 92, 124");
  prove(elements(reduce(sum, 0, a, {0, 1, 2})) == std::vector<Real>{276}, "0 + … + 23 is 276");
  prove(elements(reduce([](Real x, Real y) { return x - y; }, 0, a, {1})) ==
            std::vector<Real>{-12, -15, -18, -21, -48, -51, -54, -57},
        "0 - 0 - 4 - 8 is -12, and so on");
  prove(reduce(sum, 0, a, {0, 2}, true).shape() == Shape{1, 3, 1}, "keepdim gives (1, 3, 1)");
}

}  // namespace
}  // namespace gradbook
