#include <fmt/format.h>

#include <cmath>
#include <limits>

#include "03_tensor/primitive.hpp"
#include "support/arrays.hpp"

namespace gradbook {
namespace {

constexpr Real kNaN = std::numeric_limits<Real>::quiet_NaN();

// ---- functions that count how often they are called ---------------------------------------------

std::int64_t scalar_calls, run_calls, longest;

void reset() { scalar_calls = run_calls = longest = 0; }

void note(std::int64_t n) {
  ++run_calls;
  longest = std::max(longest, n);
}

const MapPrimitive kSquare = {"square", [](Real x) { return ++scalar_calls, x * x; },
                              [](const Real* a, Real* out, std::int64_t n) {
                                note(n);
                                for (std::int64_t i = 0; i < n; ++i) out[i] = a[i] * a[i];
                              }};

// 2a − b: neither associative nor commutative, so that swapped sides show
const ZipPrimitive kTwiceLess = {"twice less",
                                 [](Real a, Real b) { return ++scalar_calls, 2 * a - b; },
                                 [](const Real* a, std::int64_t step_a, const Real* b,
                                    std::int64_t step_b, Real* out, std::int64_t n) {
                                   note(n);
                                   for (std::int64_t i = 0; i < n; ++i)
                                     out[i] = 2 * a[i * step_a] - b[i * step_b];
                                 }};

const ReducePrimitive kTotal = {"total", 0, [](Real a, Real b) { return ++scalar_calls, a + b; },
                                [](const Real* a, std::int64_t n) {
                                  note(n);
                                  Real sum = 0;
                                  for (std::int64_t i = 0; i < n; ++i) sum += a[i];
                                  return sum;
                                },
                                [](Real* into, const Real* a, std::int64_t n) {
                                  note(n);
                                  for (std::int64_t i = 0; i < n; ++i) into[i] += a[i];
                                }};

// Fewer calls than the reference are welcome; more are not
Verdict no_more_calls(const Observations& student, const Observations& reference) {
  for (const Observation& o : reference) {
    if (o.role == Role::input || !o.label.starts_with("calls")) continue;
    const std::int64_t got = integer(student, o.label), allowed = o.integers.at(0);
    if (got > allowed)
      return fail(fmt::format("{}: {} where {} are enough", o.label, got, allowed));
    if (got < 1 && allowed > 0)
      return fail(fmt::format("{}: none, so that the run functions did not do the work", o.label));
  }
  return pass();
}

// Sizes of 0 and 1, rank 0, primes
const std::vector<Shape>& shapes() {
  static const std::vector<Shape> kShapes = {{},     {1},    {7},       {0},          {3, 5},
                                             {5, 1}, {4, 0}, {2, 3, 5}, {2, 1, 3, 2}, {1, 1}};
  return kShapes;
}

// A contiguous result of NaN
Array poisoned(const Shape& shape) { return Array::full(shape, kNaN); }

Array input_in(Layout layout, std::string_view label, const Shape& shape) {
  return input_array(label, shape, 0.5, 2, layout);
}

CASE(parallel_map_zip_reduce, map_everywhere,
     "map_runs gives f of every element, however a lies in storage", {.weight = 2}) {
  for (const Shape& shape : shapes()) {
    for (const Layout layout : kLayouts) {
      const Array a = input_in(layout, "a", shape);
      Array out = poisoned(shape);
      calling(fmt::format("map_runs of square, a {} of shape {}", name(layout), text(shape)));
      map_runs(kSquare, a, out);
      observe("out", out);
      observe("a", a);
    }
  }
}

CASE(parallel_map_zip_reduce, map_in_place, "out may be a itself") {
  for (const Shape& shape : shapes()) {
    Array a = input_in(Layout::contiguous, "a", shape);
    calling(fmt::format("map_runs(square, a, a), shape {}", text(shape)));
    map_runs(kSquare, a, a);
    observe("a", a);
  }
}

CASE(parallel_map_zip_reduce, map_of_a_broadcast_view, "an element that shows more than once") {
  const Array a = broadcast_to(input_in(Layout::contiguous, "a", {3, 1}), {2, 3, 5}),
              b = broadcast_to(input_in(Layout::sliced, "b", {5}), {3, 5});
  for (const Array& from : {a, b}) {
    Array out = poisoned(from.shape());
    calling(fmt::format("map_runs of square, a view of shape {} and strides {}", text(from.shape()),
                        text(from.strides())));
    map_runs(kSquare, from, out);
    observe("out", out);
  }
}

CASE(parallel_map_zip_reduce, map_calls,
     "one call of the run function for each contiguous run, and none of the scalar one") {
  struct {
    Shape shape;
    Layout layout;
  } const kinds[] = {{{7}, Layout::contiguous},
                     {{3, 5}, Layout::contiguous},
                     {{2, 3, 5}, Layout::offset},
                     {{2, 1, 3, 2}, Layout::contiguous}};
  for (const auto& [shape, layout] : kinds) {
    const Array a = input_in(layout, "a", shape);
    Array out = poisoned(shape);
    reset();
    calling(fmt::format("map_runs of square, a {} of shape {}", name(layout), text(shape)));
    map_runs(kSquare, a, out);
    observe(fmt::format("calls of run for {}", text(shape)), run_calls);
    observe(fmt::format("calls of scalar for {}", text(shape)), scalar_calls);
  }
  const Array rows = slice(input_in(Layout::contiguous, "a", {7, 11}), 0, {1, 6, 2});
  Array out = poisoned(rows.shape());
  reset();
  calling("map_runs of square over every other row of (7, 11)");
  map_runs(kSquare, rows, out);
  observe("calls of run for three rows", run_calls);
}
JUDGE(parallel_map_zip_reduce, map_calls) { return no_more_calls(student, reference); }

CASE(parallel_map_zip_reduce, zip_everywhere, "zip_runs gives f of every pair, however a and b lie",
     {.weight = 2}) {
  for (const Shape& shape : shapes()) {
    for (const Layout left : kLayouts) {
      for (const Layout right : {Layout::contiguous, Layout::permuted, Layout::sliced}) {
        const Array a = input_in(left, "a", shape), b = input_in(right, "b", shape);
        Array out = poisoned(shape);
        calling(fmt::format("zip_runs of 2a - b, a {} and b {}, of shape {}", name(left),
                            name(right), text(shape)));
        zip_runs(kTwiceLess, a, b, out);
        observe("out", out);
      }
    }
  }
}

CASE(parallel_map_zip_reduce, zip_broadcast, "either side is broadcast, or both", {.weight = 2}) {
  const std::vector<std::pair<Shape, Shape>> pairs = {
      {{3, 5}, {5}},    {{5}, {3, 5}},       {{3, 5}, {3, 1}},
      {{3, 1}, {1, 5}}, {{}, {2, 3}},        {{2, 3}, {}},
      {{0}, {1}},       {{2, 1, 3}, {5, 1}}, {{5, 1, 5, 1}, {1, 5, 1, 5}}};
  for (const auto& [left, right] : pairs) {
    for (const Layout layout : {Layout::contiguous, Layout::permuted}) {
      const Array a = input_in(layout, "a", left), b = input_in(layout, "b", right);
      Array out = poisoned(broadcast_shape(left, right));
      calling(
          fmt::format("zip_runs of 2a - b, {} and {}, {}", text(left), text(right), name(layout)));
      zip_runs(kTwiceLess, a, b, out);
      observe("out", out);
      observe("a", a);
      observe("b", b);
    }
  }
}

CASE(parallel_map_zip_reduce, zip_in_place, "out may be an operand") {
  Array a = input_in(Layout::contiguous, "a", {3, 5}), b = input_in(Layout::permuted, "b", {3, 5}),
        c = input_in(Layout::contiguous, "c", {3, 1});
  calling("zip_runs(2a - b, a, b, a)");
  zip_runs(kTwiceLess, a, b, a);
  observe("a", a);
  calling("zip_runs(2a - b, c, a, a)");
  zip_runs(kTwiceLess, c, a, a);
  observe("a again", a);
}

CASE(parallel_map_zip_reduce, zip_calls, "one call of the run function for each run") {
  const std::vector<std::pair<Shape, Shape>> pairs = {
      {{3, 5}, {3, 5}}, {{3, 5}, {5}}, {{3, 5}, {3, 1}}, {{2, 3, 5}, {3, 5}}, {{2, 3, 5}, {}}};
  for (const auto& [left, right] : pairs) {
    const Array a = input_in(Layout::contiguous, "a", left),
                b = input_in(Layout::contiguous, "b", right);
    Array out = poisoned(left);
    reset();
    calling(fmt::format("zip_runs of 2a - b, {} and {}", text(left), text(right)));
    zip_runs(kTwiceLess, a, b, out);
    observe(fmt::format("calls of run for {} and {}", text(left), text(right)), run_calls);
    observe(fmt::format("calls of scalar for {} and {}", text(left), text(right)), scalar_calls);
  }
}
JUDGE(parallel_map_zip_reduce, zip_calls) { return no_more_calls(student, reference); }

CASE(parallel_map_zip_reduce, reduce_everywhere,
     "reduce_runs folds any axes of an array that lies in any way", {.weight = 2}) {
  const std::vector<std::pair<Shape, Axes>> kinds = {{{}, {}},
                                                     {{7}, {0}},
                                                     {{7}, {}},
                                                     {{3, 5}, {0}},
                                                     {{3, 5}, {1}},
                                                     {{3, 5}, {0, 1}},
                                                     {{3, 5}, {-1}},
                                                     {{2, 3, 5}, {0, 2}},
                                                     {{2, 3, 5}, {1}},
                                                     {{2, 3, 5}, {2, 0}},
                                                     {{2, 1, 3, 2}, {1, 3}},
                                                     {{5, 1}, {1}}};
  for (const auto& [shape, axes] : kinds) {
    for (const Layout layout : kLayouts) {
      for (const bool keepdim : {false, true}) {
        const Array a = input_in(layout, "a", shape);
        calling(fmt::format("reduce_runs of a sum, a {} of shape {}, axes {}{}", name(layout),
                            text(shape), text(axes), keepdim ? ", keepdim" : ""));
        observe("sums", reduce_runs(kTotal, a, axes, keepdim), {.terms = 30});
      }
    }
  }
}

CASE(parallel_map_zip_reduce, reduce_starts,
     "each element starts from f.start: -infinity for the largest, 1 for a product") {
  const Array negative = input_array("negative numbers", {3, 5}, -9, -1, Layout::permuted);
  for (const Axes& axes : {Axes{0}, Axes{1}, Axes{0, 1}}) {
    calling(fmt::format("reduce_runs of max_of and prod over axes {}", text(axes)));
    observe(fmt::format("largest over {}", text(axes)),
            reduce_runs(primitives::max_of, negative, axes));
    observe(fmt::format("product over {}", text(axes)),
            reduce_runs(primitives::prod, negative, axes), {.terms = 15});
  }
}

CASE(parallel_map_zip_reduce, reduce_nothing, "an axis of size 0 gives f.start") {
  const std::vector<std::pair<Shape, Axes>> kinds = {
      {{0}, {0}}, {{3, 0}, {1}}, {{3, 0}, {0}}, {{0, 2}, {0, 1}}};
  for (const auto& [shape, axes] : kinds) {
    calling(fmt::format("reduce_runs of sum and prod, shape {}, axes {}", text(shape), text(axes)));
    observe("sum", reduce_runs(primitives::sum, Array::zeros(shape), axes, true));
    observe("product", reduce_runs(primitives::prod, Array::zeros(shape), axes));
  }
}

CASE(parallel_map_zip_reduce, reduce_calls,
     "one call of run, or of run_into, for each contiguous run") {
  const std::vector<std::pair<Shape, Axes>> kinds = {
      {{53}, {0}}, {{3, 53}, {0, 1}}, {{3, 53}, {1}}, {{3, 53}, {0}}, {{2, 3, 53}, {0, 1}}};
  for (const auto& [shape, axes] : kinds) {
    for (const Layout layout : {Layout::contiguous, Layout::permuted}) {
      const Array a = input_in(layout, "a", shape);
      reset();
      calling(fmt::format("reduce_runs of a sum, a {} of shape {}, axes {}", name(layout),
                          text(shape), text(axes)));
      reduce_runs(kTotal, a, axes);
      const std::string of = fmt::format("{}, {}, axes {}", text(shape), name(layout), text(axes));
      observe("calls of run and run_into for " + of, run_calls);
      observe("calls of scalar for " + of, scalar_calls);
    }
  }
}
JUDGE(parallel_map_zip_reduce, reduce_calls) { return no_more_calls(student, reference); }

// Sums of a matrix along both axes with weights, in which every element shows: a large result is
// more than a case may observe
void observe_sums(const std::string& label, const Array& out, const std::vector<double>& weights) {
  const auto rows = static_cast<std::size_t>(out.shape()[0]),
             columns = static_cast<std::size_t>(out.shape()[1]);
  std::vector<Real> down(columns), across(rows);
  for (std::size_t i = 0; i < rows; ++i) {
    for (std::size_t j = 0; j < columns; ++j) {
      const Real x = out.data()[i * columns + j];
      across[i] += x * static_cast<Real>(weights[j]);
      down[j] += x * static_cast<Real>(weights[columns + i]);
    }
  }
  const Tolerance tolerance{.terms = static_cast<double>(rows + columns), .scale = 8};
  observe(label + ", weighted sums of the rows", across, tolerance);
  observe(label + ", weighted sums of the columns", down, tolerance);
}

// Large enough that threads share it, with sizes that do not divide evenly
CASE(parallel_map_zip_reduce, threads,
     "the same result with any number of threads, on arrays that are worth sharing",
     {.weight = 2}) {
  const std::vector<double> numbers = draw_list(419 * 503, -2, 2);
  for (const Layout layout : {Layout::contiguous, Layout::permuted}) {
    const Array a = array_in(layout, {419, 503}, {numbers.begin(), numbers.end()}),
                b = array_in(Layout::contiguous, {503}, {numbers.begin(), numbers.begin() + 503});
    for (const int threads : {1, 2, 3, 8}) {
      calling(fmt::format("relu, b - a and sums of a {} array (419, 503), {} thread(s)",
                          name(layout), threads));
      const std::string with = fmt::format(", {}, {} threads", name(layout), threads);
      Array out = poisoned({419, 503});
      map_runs(primitives::relu, a, out, threads);
      observe_sums("relu" + with, out, numbers);
      out = poisoned({419, 503});
      zip_runs(primitives::sub, b, a, out, threads);
      observe_sums("b - a" + with, out, numbers);
      for (const Axes& axes : {Axes{0}, Axes{1}, Axes{0, 1}})
        observe(fmt::format("sum over {}{}", text(axes), with),
                reduce_runs(primitives::sum, a, axes, false, threads),
                {.terms = 419 * 503, .scale = 2});
    }
  }
}

CASE(parallel_map_zip_reduce, errors, "shapes that do not fit throw, and name the operation") {
  const Array a = input_in(Layout::contiguous, "a", {5, 2}),
              b = input_in(Layout::contiguous, "b", {5});
  Array out = poisoned({5, 2}), other = poisoned({2, 5}),
        one = broadcast_to(poisoned({1, 2}), {5, 2});
  observe_error("map_runs into (2, 5)", [&] { map_runs(kSquare, a, other); });
  observe_error("map_runs into a broadcast view", [&] { map_runs(kSquare, a, one); });
  Array strided = slice(poisoned({5, 4}), 1, {0, 4, 2});
  observe_error("map_runs into every other column", [&] { map_runs(kSquare, a, strided); });
  observe_error("zip_runs into every other column", [&] { zip_runs(kTwiceLess, a, a, strided); });
  observe_error("zip_runs of (5, 2) and (5)", [&] { zip_runs(kTwiceLess, a, b, out); });
  observe_error("zip_runs into (2, 5)", [&] { zip_runs(kTwiceLess, a, a, other); });
  observe_error("zip_runs into a broadcast view", [&] { zip_runs(kTwiceLess, a, a, one); });
  observe_error("reduce_runs over axis 2", [&] { reduce_runs(kTotal, a, {2}); });
  observe_error("reduce_runs over an axis twice", [&] { reduce_runs(kTotal, a, {1, -1}); });
  observe("out", out);
  observe("the other out", other);
}

PROOF(parallel_map_zip_reduce, closed_forms) {
  Array a({2, 3}, {1, 2, 3, 4, 5, 6}), out({2, 3});
  zip_runs(primitives::mul, a, Array({2, 1}, {10, 100}), out, 2);
  prove(elements(out) == std::vector<Real>({10, 20, 30, 400, 500, 600}),
        "(1 2 3; 4 5 6) times the column (10, 100)");
  prove(elements(reduce_runs(primitives::sum, permute(a, {1, 0}), {1})) ==
            std::vector<Real>({5, 7, 9}),
        "row sums of the transposed matrix are the column sums");
  const std::int64_t n = 300'007;
  prove_close("the sum of n ones by four threads",
              reduce_runs(primitives::sum, Array::ones({n}), {0}, false, 4).item(), 300'007, 0);
}

// The runs of a primitive against its scalar function, on every length around a register's
PROOF(parallel_map_zip_reduce, primitives_agree) {
  for (const MapPrimitive* f :
       {&primitives::neg, &primitives::inv, &primitives::exp, &primitives::log, &primitives::sqrt,
        &primitives::sigmoid, &primitives::tanh, &primitives::relu, &primitives::copy}) {
    for (std::size_t n = 0; n < 40; ++n) {
      const std::vector<double> drawn = draw_list(n, 0.1, 3);
      const std::vector<Real> x(drawn.begin(), drawn.end());
      std::vector<Real> y(n, kNaN);
      f->run(x.data(), y.data(), static_cast<std::int64_t>(n));
      for (std::size_t i = 0; i < n; ++i)
        prove_close(f->name, y[i], f->scalar(x[i]), 1e-13 * (1 + std::abs(y[i])));
    }
  }
  for (const ReducePrimitive* f : {&primitives::sum, &primitives::prod, &primitives::max_of}) {
    for (std::size_t n = 0; n < 40; ++n) {
      const std::vector<double> drawn = draw_list(n, -1.5, 1.5);
      const std::vector<Real> x(drawn.begin(), drawn.end());
      Real expected = f->start;
      for (const Real value : x) expected = f->scalar(expected, value);
      const Real got = f->run(x.data(), static_cast<std::int64_t>(n));
      prove(got == expected || std::abs(got - expected) <= 1e-12 * (1 + std::abs(expected)),
            fmt::format("{} of {} numbers is {}, not {}", f->name, n, got, expected));
    }
  }
}

}  // namespace
}  // namespace gradbook
