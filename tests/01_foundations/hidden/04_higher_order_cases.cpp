#include <cmath>
#include <limits>

#include "01_foundations/lists.hpp"
#include "support/case.hpp"

namespace gradbook {
namespace {

const std::size_t kSizes[] = {0, 1, 2, 7, 31, 100};

std::string of(std::size_t n) { return ", n = " + std::to_string(n); }

bool names(const std::string& message, std::size_t length) {
  return message.find(std::to_string(length)) != std::string::npos;
}

CASE(higher_order, map,
     "map returns f of each element, as many as there are, and leaves the list alone") {
  for (std::size_t n : kSizes) {
    const auto list = input("list" + of(n), draw_list(n, -5, 5));
    calling("map of x² + 1" + of(n));
    observe("results" + of(n), map([](double x) { return x * x + 1; }, list), {.terms = 2});
    observe("the list afterwards" + of(n), list);
  }
}

CASE(higher_order, map_calls, "map calls f exactly once for each element, from first to last") {
  for (std::size_t n : kSizes) {
    const auto list = input("list" + of(n), draw_list(n, -5, 5));
    std::vector<double> seen;
    const auto number = [&](double x) {
      seen.push_back(x);
      return static_cast<double>(seen.size());
    };
    calling("map of a function that numbers its calls" + of(n));
    observe("the numbers" + of(n), map(number, list));
    observe("what f was called with" + of(n), seen);
  }
}

CASE(higher_order, zip_with,
     "zip_with calls f(a[i], b[i]), with the element of the first list first") {
  for (std::size_t n : kSizes) {
    const auto a = input("a" + of(n), draw_list(n, -5, 5)),
               b = input("b" + of(n), draw_list(n, -5, 5));
    calling("zip_with of a - 2b" + of(n));
    observe("results" + of(n), zip_with([](double x, double y) { return x - 2 * y; }, a, b),
            {.terms = 2, .scale = 10});
    observe("a afterwards" + of(n), a);
    observe("b afterwards" + of(n), b);
  }
}

CASE(higher_order, zip_with_calls,
     "zip_with calls f exactly once for each pair, from first to last") {
  for (std::size_t n : kSizes) {
    const auto a = input("a" + of(n), draw_list(n, -5, 5)),
               b = input("b" + of(n), draw_list(n, -5, 5));
    std::vector<double> first, second;
    const auto number = [&](double x, double y) {
      first.push_back(x);
      second.push_back(y);
      return static_cast<double>(first.size());
    };
    calling("zip_with of a function that numbers its calls" + of(n));
    observe("the numbers" + of(n), zip_with(number, a, b));
    observe("first arguments" + of(n), first);
    observe("second arguments" + of(n), second);
  }
}

CASE(higher_order, unequal_lengths,
     "lists of different lengths do not pair up: throw ShapeError, whichever is longer, and never "
     "stop at the shorter one") {
  const auto n = static_cast<std::size_t>(input("shorter", draw_integer(1, 9)));
  const auto m = n + static_cast<std::size_t>(input("by how much longer", draw_integer(1, 9)));
  const std::vector<double> shorter = draw_list(n, -5, 5), longer = draw_list(m, -5, 5), none;
  int calls = 0;
  const auto add_counted = [&](double a, double b) { return ++calls + a + b; };
  calling("zip_with and add_lists of lists of different lengths");
  observe_error("second longer", [&] { zip_with(add_counted, shorter, longer); });
  observe_error("first longer", [&] { zip_with(add_counted, longer, shorter); });
  observe_error("first empty", [&] { zip_with(add_counted, none, shorter); });
  observe_error("second empty", [&] { zip_with(add_counted, shorter, none); });
  observe_error("add_lists, second longer", [&] { add_lists(shorter, longer); });
  observe_error("add_lists, first longer", [&] { add_lists(longer, shorter); });
  observe("calls of f before the error", calls);
}

CASE(higher_order, error_names_lengths,
     "the error names both lengths, so that its reader knows what to look for") {
  const auto n = static_cast<std::size_t>(input("length of a", draw_integer(100, 499)));
  const auto m = static_cast<std::size_t>(input("length of b", draw_integer(500, 999)));
  std::string message, swapped;
  calling("add_lists(a, b), then add_lists(b, a)");
  try {
    add_lists(std::vector<double>(n), std::vector<double>(m));
  } catch (const std::exception& error) {
    message = error.what();
  }
  try {
    add_lists(std::vector<double>(m), std::vector<double>(n));
  } catch (const std::exception& error) {
    swapped = error.what();
  }
  observe("names the length of a", names(message, n));
  observe("names the length of b", names(message, m));
  observe("names both, the other way round", names(swapped, n) && names(swapped, m));
}

CASE(higher_order, whole_precision,
     "numbers are doubles all the way: no int and no float between two calls of f") {
  const auto tenths = input("numbers", draw_list(60, 0.1, 0.9));
  std::vector<double> large = tenths;
  for (double& x : large) x *= 1e12;
  calling("sum of sixty numbers below 1, and of sixty large ones, and reduce by a larger function");
  observe("sum of numbers below 1", sum(tenths), {.terms = 60});
  observe("sum of large numbers", sum(large), {.terms = 60});
  observe("prod of the first five", prod(std::span(tenths).first(5)), {.terms = 5});
  observe("map keeps all digits", map([](double x) { return x / 3; }, tenths));
}

CASE(higher_order, reduce_order,
     "reduce gathers from the left: f(f(start, x0), x1), with what was gathered first") {
  for (std::size_t n : kSizes) {
    const auto list = input("list" + of(n), draw_list(n, -5, 5));
    const double start = input("start" + of(n), draw(-5, 5));
    calling("reduce by subtraction, and by a / 2 + b" + of(n));
    observe("by subtraction" + of(n), reduce([](double a, double b) { return a - b; }, start, list),
            {.terms = 100, .scale = 5});
    observe("by a / 2 + b" + of(n),
            reduce([](double a, double b) { return a / 2 + b; }, start, list),
            {.terms = 10, .scale = 5});
    observe("the list afterwards" + of(n), list);
  }
}

CASE(higher_order, reduce_calls,
     "reduce calls f exactly once for each element, and begins with start and the first") {
  for (std::size_t n : kSizes) {
    const auto list = input("list" + of(n), draw_list(n, -5, 5));
    std::vector<double> gathered, next;
    const auto number = [&](double a, double b) {
      gathered.push_back(a);
      next.push_back(b);
      return static_cast<double>(next.size());
    };
    calling("reduce of a function that numbers its calls" + of(n));
    observe("the last number" + of(n), reduce(number, 0.5, list));
    observe("first arguments" + of(n), gathered);
    observe("second arguments" + of(n), next);
  }
}

CASE(higher_order, lists,
     "neg_list, add_lists, sum and prod follow from map, zip_with and reduce") {
  for (std::size_t n : {2, 7, 31, 100}) {
    const auto a = input("a" + of(n), draw_list(n, -1.5, 1.5)),
               b = input("b" + of(n), draw_list(n, -5, 5));
    calling("neg_list(a), add_lists(a, b), sum(a), prod(a)" + of(n));
    observe("neg_list(a)" + of(n), neg_list(a));
    observe("add_lists(a, b)" + of(n), add_lists(a, b), {.scale = 5});
    observe("sum(a)" + of(n), sum(a), {.terms = 100, .scale = 2});
    observe("prod(a)" + of(n), prod(a), {.terms = 100});
  }
}

CASE(higher_order, almost_nothing,
     "no numbers sum to 0 and multiply to 1, and one number to itself") {
  const auto one = input("one number", draw_list(1, 2, 5));
  const std::vector<double> none;
  calling("neg_list, add_lists, sum and prod of lists of no number and of one");
  observe("neg_list of none", neg_list(none));
  observe("neg_list of one", neg_list(one));
  observe("add_lists of none", add_lists(none, none));
  observe("add_lists of one", add_lists(one, one));
  observe("sum of none", sum(none));
  observe("sum of one", sum(one));
  observe("prod of none", prod(none));
  observe("prod of one", prod(one));
}

CASE(higher_order, same_list_twice, "both arguments may be one and the same list") {
  const auto a = input("a", draw_list(11, -5, 5));
  const std::span<const double> all(a);
  calling("add_lists(a, a), and add_lists of a without its last and a without its first number");
  observe("add_lists(a, a)", add_lists(a, a));
  observe("neighbours added", add_lists(all.first(10), all.last(10)), {.scale = 5});
  observe("a afterwards", a);
}

CASE(higher_order, one_call_after_another,
     "a call leaves nothing behind that the next call could see") {
  const auto a = input("a", draw_list(5, -5, 5)), b = input("b", draw_list(3, -5, 5));
  calling("map and zip_with of five numbers, then of three");
  observe("map of five", map([](double x) { return x + 1; }, a), {.scale = 5});
  observe("map of three", map([](double x) { return x + 1; }, b), {.scale = 5});
  observe("zip_with of five", zip_with([](double x, double y) { return x * y; }, a, a));
  observe("zip_with of three", zip_with([](double x, double y) { return x * y; }, b, b));
  observe("sum of five", sum(a), {.terms = 5, .scale = 5});
  observe("sum of three", sum(b), {.terms = 5, .scale = 5});
}

CASE(higher_order, not_a_number, "NaN and infinity go through like any other number") {
  const double nan = std::numeric_limits<double>::quiet_NaN(),
               infinity = std::numeric_limits<double>::infinity();
  const double a = input("a", draw(1, 5));
  calling("neg_list, add_lists, sum and prod with NaN and infinity");
  observe("neg_list", neg_list(std::vector<double>{a, nan, infinity}));
  observe("add_lists", add_lists(std::vector<double>{nan, a, infinity, infinity},
                                 std::vector<double>{a, nan, a, -infinity}));
  observe("sum with NaN", sum(std::vector<double>{a, nan, a}));
  observe("prod with infinity", prod(std::vector<double>{a, infinity}));
  observe("prod of 0 and infinity", prod(std::vector<double>{0, infinity}));
}

PROOF(higher_order, closed_forms) {
  std::vector<double> list;
  for (int i = 1; i <= 20; ++i) list.push_back(i);
  prove(sum(list) == 210, "1 + … + 20 is 210");
  prove(prod(list) == 2432902008176640000.0, "1 · … · 20 is 20!");
  prove(reduce([](double a, double b) { return a - b; }, 0, list) == -210,
        "0 - 1 - … - 20 is -210");
  prove(sum(add_lists(list, neg_list(list))) == 0, "a list and its negative sum to 0");
}

}  // namespace
}  // namespace gradbook
