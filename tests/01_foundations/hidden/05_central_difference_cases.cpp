#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>

#include "01_foundations/slopes.hpp"
#include "support/case.hpp"

namespace gradbook {
namespace {

const std::size_t kSizes[] = {1, 2, 3, 7};

std::string of(std::size_t n) { return ", n = " + std::to_string(n); }

// A function of any number of arguments, each with another slope: Σ (k + 1) · sin(x_k + x_{k-1}/2)
double waves(std::span<const double> x) {
  double total = 0;
  for (std::size_t k = 0; k < x.size(); ++k) {
    total += static_cast<double>(k + 1) * std::sin(x[k] + (k > 0 ? x[k - 1] / 2 : 0));
  }
  return total;
}

// eˣ sin(y) + y z³: none of its third derivatives is 0 for positive arguments below π/2
double curved(std::span<const double> x) {
  return std::exp(x[0]) * std::sin(x[1]) + x[1] * x[2] * x[2] * x[2];
}

// Rounding allows for ε |f| / h; two ways to write the quotient differ by no more
Tolerance rounding(double h) { return {.terms = 2 / h, .scale = 30}; }

std::vector<double> all_slopes(function_ref<double(std::span<const double>)> f,
                               const std::vector<double>& x, double h) {
  std::vector<double> slopes;
  for (std::size_t i = 0; i < x.size(); ++i) slopes.push_back(central_difference(f, x, i, h));
  return slopes;
}

CASE(central_difference, where_it_looks,
     "f is called exactly twice, at x with argument i moved up by h and moved down by h") {
  for (std::size_t n : kSizes) {
    const auto x = input("x" + of(n), draw_list(n, -3, 3));
    const double h = input("h" + of(n), draw(0.1, 0.5));
    const std::size_t i = input(
        "i" + of(n), static_cast<std::size_t>(draw_integer(0, static_cast<std::int64_t>(n) - 1)));
    std::vector<double> moved, others;
    std::int64_t calls = 0;
    calling("central_difference of a function that notes where it is called" + of(n));
    central_difference(
        [&](std::span<const double> at) {
          ++calls;
          for (std::size_t k = 0; k < at.size(); ++k) (k == i ? moved : others).push_back(at[k]);
          return 0.0;
        },
        x, i, h);
    std::ranges::sort(moved);
    observe("calls" + of(n), calls);
    observe("where argument i was put" + of(n), moved, {.scale = 3});
    observe("the other arguments" + of(n), others);
  }
}

CASE(
    central_difference, given_step,
    "h is the distance to either side, as it is given: not relative to x, not some h of your own") {
  const auto x = input("x", std::vector<double>{0, draw(5, 9), -draw(100, 200)});
  calling(
      "central_difference at 0, at a positive and at a very negative number, with several steps");
  for (const char* text : {"1", "0.25", "0.01"}) {
    const double h = std::atof(text);
    observe(std::string("slopes with h = ") + text, all_slopes(waves, x, h), rounding(h));
  }
  observe(
      "slope of |x| at 0",
      central_difference([](std::span<const double> at) { return std::fabs(at[0]); }, x, 0, 0.5));
}

CASE(central_difference, straight_lines,
     "for a straight line any step gives the slope: divide by 2h, the whole distance") {
  const double slope = input("slope", draw(2, 5)), height = input("height", draw(-5, 5));
  const auto line = [&](std::span<const double> x) { return slope * x[0] + height; };
  const std::vector<double> x = input("x", draw_list(1, -3, 3));
  calling("central_difference of a straight line");
  observe("h = 1", central_difference(line, x, 0, 1), {.terms = 10, .scale = 20});
  observe("h = 1/8", central_difference(line, x, 0, 0.125), {.terms = 80, .scale = 20});
  observe("of a constant",
          central_difference([](std::span<const double>) { return 4.0; }, x, 0, 1));
  observe("of an argument that f ignores",
          all_slopes([](std::span<const double> at) { return at[1]; },
                     {draw(1, 2), draw(1, 2), draw(1, 2)}, 1),
          {.terms = 10});
}

CASE(central_difference, error_falls,
     "the error of central differences falls as h²: a tenth of the step, a hundredth of the error",
     {.weight = 2}) {
  const auto x = input("x", draw_list(3, 0.3, 1.2));
  calling("central_difference of e^x sin(y) + y z³ with h = 0.01 and h = 0.001");
  observe("point", x);
  observe("slopes with h = 0.01", all_slopes(curved, x, 1e-2));
  observe("slopes with h = 0.001", all_slopes(curved, x, 1e-3));
}

JUDGE(central_difference, error_falls) {
  const std::vector<double>& x = reals(reference, "point");
  const double slopes[] = {std::exp(x[0]) * std::sin(x[1]),
                           std::exp(x[0]) * std::cos(x[1]) + x[2] * x[2] * x[2],
                           3 * x[1] * x[2] * x[2]};
  const std::vector<double>& wide = reals(student, "slopes with h = 0.01");
  const std::vector<double>& narrow = reals(student, "slopes with h = 0.001");
  if (wide.size() != 3 || narrow.size() != 3)
    return fail("a function of three arguments has three slopes");
  for (std::size_t i = 0; i < 3; ++i) {
    const double before = std::fabs(wide[i] - slopes[i]), after = std::fabs(narrow[i] - slopes[i]);
    const double ratio = before / after;
    if (!(ratio > 90 && ratio < 110)) {
      return fail(fmt::format(
          "in argument {} the error is {:.2g} with h = 0.01 and {:.2g} with h = 0.001: it falls by "
          "a "
          "factor of {:.3g}, where central differences give 100 (forward differences give 10)",
          i, before, after, ratio));
    }
  }
  return pass();
}

CASE(central_difference, every_argument,
     "argument i alone is moved, be it the first, the last or the only one") {
  for (std::size_t n : kSizes) {
    const auto x = input("x" + of(n), draw_list(n, -3, 3));
    const double h = input("h" + of(n), draw(0.01, 0.3));
    calling("central_difference in each argument" + of(n));
    observe("slopes" + of(n), all_slopes(waves, x, h), rounding(h));
  }
}

CASE(central_difference, arguments_unchanged,
     "the caller's numbers are left as they were, bit by bit: move a copy") {
  for (std::size_t n : kSizes) {
    auto x = input("x" + of(n), draw_list(n, -3, 3));
    calling("central_difference in each argument, then a look at x");
    all_slopes(waves, x, 0.1);
    observe("x afterwards" + of(n), x, {.terms = 0});
  }
}

CASE(central_difference, default_step,
     "without h the step is kStep, small enough for eight digits") {
  const auto x = input("x", draw_list(5, -2, 2));
  std::vector<double> slopes;
  calling("central_difference without h");
  for (std::size_t i = 0; i < x.size(); ++i) slopes.push_back(central_difference(waves, x, i));
  observe("slopes", slopes, {.terms = 1e5, .scale = 10});
  observe("slope at 1e-3", central_difference(waves, std::vector<double>{1e-3}, 0),
          {.terms = 1e5, .scale = 10});
}

CASE(central_difference, no_such_argument,
     "an index from n on is a RangeError, and n - 1 is the last that is none") {
  for (std::size_t n : {1, 2, 7}) {
    const auto x = input("x" + of(n), draw_list(n, -3, 3));
    calling("central_difference in argument n - 1, n, n + 1 and in a very large one" + of(n));
    observe("slope in the last argument" + of(n), central_difference(waves, x, n - 1, 0.1),
            rounding(0.1));
    observe_error("argument n" + of(n), [&] { central_difference(waves, x, n); });
    observe_error("argument n + 1" + of(n), [&] { central_difference(waves, x, n + 1); });
    observe_error("argument 2^64 - 1" + of(n), [&] { central_difference(waves, x, SIZE_MAX); });
  }
}

CASE(central_difference, no_arguments,
     "a function of no arguments has none that could be moved: a RangeError, not a slope of 0") {
  std::int64_t calls = 0;
  const auto f = [&](std::span<const double>) { return static_cast<double>(++calls); };
  calling("central_difference in argument 0 of no arguments");
  observe_error("argument 0 of none", [&] { central_difference(f, {}, 0); });
  observe("calls of f before the error", calls);
}

CASE(central_difference, error_names_both,
     "the error says which argument was asked for, and how many there are") {
  const auto n = static_cast<std::size_t>(input("number of arguments", draw_integer(10, 99)));
  const auto i = static_cast<std::size_t>(input("argument", draw_integer(100, 999)));
  std::string message;
  calling("central_difference in an argument that is not there");
  try {
    central_difference(waves, std::vector<double>(n), i);
  } catch (const std::exception& error) {
    message = error.what();
  }
  observe("names the argument", message.find(std::to_string(i)) != std::string::npos);
  observe("names how many there are", message.find(std::to_string(n)) != std::string::npos);
}

CASE(central_difference, not_a_number,
     "NaN in the function shows in the slope, and only where it matters") {
  const auto x = input("x", draw_list(2, 1, 2));
  calling("central_difference of log(x - 5) + y, which is NaN below 5");
  const auto f = [](std::span<const double> at) { return std::log(at[0] - 5) + at[1]; };
  observe("both slopes", all_slopes(f, x, 0.1));
  observe("slope of 1/x across 0",
          central_difference([](std::span<const double> at) { return 1 / at[0]; },
                             std::vector<double>{0}, 0, 0.5));
}

PROOF(central_difference, closed_forms) {
  Random random(5);
  for (int trial = 0; trial < 50; ++trial) {
    const std::vector<double> x = {random.uniform(-2, 2), random.uniform(-2, 2),
                                   random.uniform(-2, 2)};
    const double e = std::exp(x[0]);
    prove_close("slope in x", central_difference(curved, x, 0), e * std::sin(x[1]), 1e-8);
    prove_close("slope in y", central_difference(curved, x, 1),
                e * std::cos(x[1]) + x[2] * x[2] * x[2], 1e-8);
    prove_close("slope in z", central_difference(curved, x, 2), 3 * x[1] * x[2] * x[2], 1e-8);

    // For a cube the error is h² exactly
    const auto cube = [](std::span<const double> at) { return at[0] * at[0] * at[0]; };
    prove_close("error for a cube", central_difference(cube, x, 0, 0.1) - 3 * x[0] * x[0], 0.01,
                1e-12);
  }
}

}  // namespace
}  // namespace gradbook
