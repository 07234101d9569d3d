#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <initializer_list>
#include <type_traits>
#include <utility>

#include "01_foundations/property_tests.hpp"
#include "support/case.hpp"

namespace gradbook {
namespace {

constexpr std::size_t kRight =
    3;  // how many sets of each case are right; they come before the wrong ones

const Operators kPlain{.add = [](double a, double b) { return a + b; },
                       .mul = [](double a, double b) { return a * b; },
                       .neg = [](double a) { return -a; },
                       .inv = [](double a) { return 1 / a; },
                       .lt = [](double a, double b) { return a < b; },
                       .eq = [](double a, double b) { return a == b; },
                       .max = [](double a, double b) { return a > b ? a : b; },
                       .relu = [](double a) { return a > 0 ? a : 0; },
                       .exp = [](double a) { return std::exp(a); },
                       .log = [](double a) { return std::log(a); },
                       .sigmoid = [](double a) { return 1 / (1 + std::exp(-a)); }};

// The same functions by other formulas, which round differently
const Operators kOtherFormulas{
    .add = [](double a, double b) { return 3 * (a / 3 + b / 3); },
    .mul =
        [](double a, double b) {
          const double size = std::exp(std::log(std::fabs(a)) + std::log(std::fabs(b)));
          return (a < 0) != (b < 0) ? -size : size;
        },
    .neg = [](double a) { return 0 - a; },
    .inv = [](double a) { return std::copysign(std::exp(-std::log(std::fabs(a))), a); },
    .lt = [](double a, double b) { return b - a > 0; },
    .eq = [](double a, double b) { return !(a < b) && !(b < a); },
    .max = [](double a, double b) { return (a + b + std::fabs(a - b)) / 2; },
    .relu = [](double a) { return (a + std::fabs(a)) / 2; },
    .exp = [](double a) { return std::exp(a / 2) * std::exp(a / 2); },
    .log = [](double a) { return 2 * std::log(std::sqrt(a)); },
    .sigmoid = [](double a) { return (1 + std::tanh(a / 2)) / 2; }};

// As far off as a right set may be, near enough
constexpr double kSlack = 1 + 3e-13;
const Operators kImprecise{.add = [](double a, double b) { return (a + b) * kSlack; },
                           .mul = [](double a, double b) { return a * b / kSlack; },
                           .neg = [](double a) { return -a * kSlack; },
                           .inv = [](double a) { return 1 / a / kSlack; },
                           .lt = [](double a, double b) { return a < b; },
                           .eq = [](double a, double b) { return a == b; },
                           .max = [](double a, double b) { return (a > b ? a : b) * kSlack; },
                           .relu = [](double a) { return a > 0 ? a / kSlack : 0; },
                           .exp = [](double a) { return std::exp(a) * kSlack; },
                           .log = [](double a) { return std::log(a) / kSlack; },
                           .sigmoid = [](double a) { return kSlack / (1 + std::exp(-a)); }};

// The plain set with one operator replaced
template <class Function>
Operators with(Function Operators::*member, std::type_identity_t<Function> function) {
  Operators set = kPlain;
  set.*member = function;
  return set;
}

// Runs the student's tests on right and wrong sets in random order
void try_sets(std::initializer_list<Operators> wrong) {
  std::vector<Operators> sets = {kPlain, kOtherFormulas, kImprecise};
  sets.insert(sets.end(), wrong);
  std::vector<std::size_t> order(sets.size());
  for (std::size_t k = 0; k < order.size(); ++k) {
    order[k] = k;
    std::swap(order[k], order[generator().below(k + 1)]);
  }

  calling(fmt::format("satisfies_properties of {} sets in random order", sets.size()));
  Random random(generator().bits());
  std::vector<int> verdicts;
  for (std::size_t set : order) verdicts.push_back(satisfies_properties(sets[set], random));
  observe("order in which the sets came", order);
  observe("which of them passed", verdicts);
}

// A right set failed is 0; else the share of wrong sets caught. `names` are those of the wrong sets
Verdict judged(const Observations& student, const Observations& reference,
               std::initializer_list<const char*> names) {
  const std::vector<std::int64_t>& order = integers(reference, "order in which the sets came");
  const std::vector<std::int64_t>& passed = integers(student, "which of them passed");
  if (passed.size() != order.size() || names.size() + kRight != order.size()) {
    return fail(fmt::format("{} verdicts on {} sets", passed.size(), order.size()));
  }
  std::string missed;
  std::size_t caught = 0;
  for (std::size_t k = 0; k < order.size(); ++k) {
    const auto set = static_cast<std::size_t>(order[k]);
    if (set < kRight && passed[k] != 1) {
      return fail(
          set == 0 ? "a right set was failed, the plainest of all: one of your laws is no law"
          : set == 1
              ? "a right set was failed whose formulas round differently: compare with is_close"
              : "a right set was failed that is as imprecise as the header allows: "
                "compare with is_close, and do not magnify differences");
    }
    if (set < kRight) continue;
    if (passed[k] == 0) {
      ++caught;
    } else {
      missed += fmt::format("{}{}", missed.empty() ? "" : "; ", names.begin()[set - kRight]);
    }
  }
  if (caught == names.size()) return pass();
  return partly(static_cast<double>(caught) / static_cast<double>(names.size()),
                fmt::format("{} of {} wrong sets were caught; these passed: {}", caught,
                            names.size(), missed));
}

// ---- one operator wrong
// ------------------------------------------------------------------------------

CASE(property_tests, sums, "a wrong addition or negative must break one of your laws of addition") {
  try_sets({with(&Operators::add, [](double a, double b) { return a - b; }),
            with(&Operators::add, [](double a, double b) { return std::fabs(a) + b; }),
            with(&Operators::add, [](double a, double b) { return a + std::trunc(b); }),
            with(&Operators::neg, [](double a) { return -std::fabs(a); }),
            with(&Operators::neg, [](double a) { return a; })});
}
JUDGE(property_tests, sums) {
  return judged(
      student, reference,
      {"add that subtracts", "add that drops the sign of a", "add that drops the fraction of b",
       "neg that is never positive", "neg that does nothing"});
}

CASE(property_tests, products,
     "a wrong product or inverse must break one of your laws of multiplication") {
  try_sets(
      {with(&Operators::mul, [](double a, double b) { return std::fabs(a * b); }),
       with(&Operators::mul, [](double a, double b) { return a * b / 2; }),
       with(&Operators::mul, [](double a, double b) { return a < 0 && b < 0 ? -a * b : a * b; }),
       with(&Operators::inv, [](double a) { return a; }),
       with(&Operators::inv, [](double a) { return a > 5 ? 0.2 : 1 / a; })});
}
JUDGE(property_tests, products) {
  return judged(
      student, reference,
      {"mul that drops the sign", "mul that halves", "mul of two negative numbers that is negative",
       "inv that does nothing", "inv that stops at 1/5"});
}

CASE(property_tests, negative_inverses, "inv must be tried on negative numbers too") {
  try_sets({with(&Operators::inv, [](double a) { return 1 / std::fabs(a); }),
            with(&Operators::inv, [](double a) { return a < 0 ? -a : 1 / a; })});
}
JUDGE(property_tests, negative_inverses) {
  return judged(student, reference,
                {"inv that is never negative", "inv that turns the sign of negative numbers"});
}

CASE(property_tests, orders,
     "of a < b, a = b and b < a exactly one is true, whatever a and b are") {
  Operators tolerant = kPlain;
  tolerant.lt = [](double a, double b) { return a < b - 0.5; };
  tolerant.eq = [](double a, double b) { return std::fabs(a - b) <= 0.5; };
  try_sets(
      {with(&Operators::lt, [](double a, double b) { return std::floor(a) < std::floor(b); }),
       with(&Operators::lt, [](double, double) { return false; }),
       with(&Operators::eq, [](double a, double b) { return std::fabs(a - b) < 0.5; }),
       with(&Operators::eq, [](double a, double b) { return a == b || std::fabs(a - b) > 10; }),
       tolerant});
}
JUDGE(property_tests, orders) {
  return judged(
      student, reference,
      {"lt that compares whole parts", "lt that is never true",
       "eq that is true for numbers less than 0.5 apart",
       "eq that is true for numbers more than 10 apart", "lt and eq that agree not to see 0.5"});
}

CASE(property_tests, maxima, "a wrong max must disagree with lt") {
  try_sets({with(&Operators::max, [](double a, double b) { return a < b ? a : b; }),
            with(&Operators::max, [](double a, double) { return a; }),
            with(&Operators::max,
                 [](double a, double b) { return std::fabs(a) > std::fabs(b) ? a : b; }),
            with(&Operators::max, [](double a, double b) { return a > b   ? a
                                                                  : b > 0 ? b
                                                                          : 0; })});
}
JUDGE(property_tests, maxima) {
  return judged(student, reference,
                {"max that is min", "max that is its first argument", "max by size, without sign",
                 "max that is never negative where b is the larger"});
}

CASE(property_tests, relus, "a wrong relu must disagree with max") {
  try_sets({with(&Operators::relu, [](double a) { return a > 0 ? a : a / 10; }),
            with(&Operators::relu, [](double a) { return std::fabs(a); }),
            with(&Operators::relu, [](double a) { return a; })});
}
JUDGE(property_tests, relus) {
  return judged(student, reference,
                {"relu that leaks below 0", "relu that is |a|", "relu that does nothing"});
}

CASE(property_tests, growth, "a wrong exp or log must disagree with the other one") {
  try_sets(
      {with(&Operators::exp, [](double a) { return 1 + a + a * a / 2; }),
       with(&Operators::exp, [](double a) { return a < -1 ? std::exp(a) + 0.01 : std::exp(a); }),
       with(&Operators::log, [](double a) { return std::log10(a); }),
       with(&Operators::log, [](double a) { return std::log(a + 0.01); }),
       with(&Operators::log, [](double a) { return a < 1 ? -std::log(a) : std::log(a); })});
}
JUDGE(property_tests, growth) {
  return judged(student, reference,
                {"exp that is 1 + a + a²/2", "exp that is too large below -1", "log of base 10",
                 "log with a small number added", "log that is never negative"});
}

CASE(property_tests, sigmoids,
     "to rise from 0 to 1 is not enough: sigmoid must be tied to exp, or to known values") {
  try_sets(
      {with(&Operators::sigmoid, [](double a) { return 1 / (1 + std::exp(-2 * a)); }),
       with(&Operators::sigmoid, [](double a) { return (1 + a / (1 + std::fabs(a))) / 2; }),
       with(&Operators::sigmoid, [](double a) { return std::fmin(1, std::fmax(0, a / 4 + 0.5)); }),
       with(&Operators::sigmoid, [](double a) { return 1 / (1 + std::exp(a)); })});
}
JUDGE(property_tests, sigmoids) {
  return judged(student, reference,
                {"sigmoid that is too steep", "another curve from 0 to 1 through 1/2",
                 "sigmoid of three straight lines", "sigmoid that falls"});
}

// ---- wrong where chance alone does not lead
// ----------------------------------------------------------

CASE(property_tests, corners,
     "equal numbers and 0 never come by chance: your tests must put them in") {
  try_sets(
      {with(&Operators::lt, [](double a, double b) { return a <= b; }),
       with(&Operators::max, [](double a, double b) { return a == b  ? 0
                                                             : a > b ? a
                                                                     : b; }),
       with(&Operators::mul, [](double a, double b) { return a == 0 || b == 0 ? a + b : a * b; }),
       with(&Operators::relu, [](double a) { return a > 0    ? a
                                                    : a == 0 ? 1
                                                             : 0; }),
       with(&Operators::eq, [](double a, double b) { return a != 0 && a == b; })});
}
JUDGE(property_tests, corners) {
  return judged(student, reference,
                {"lt that is true for equal numbers", "max that is 0 for equal numbers",
                 "mul by 0 that changes nothing", "relu(0) that is 1", "eq(0, 0) that is false"});
}

CASE(property_tests, rare, "what is wrong for one pair in 200 is found by trying some thousand") {
  try_sets({with(&Operators::add,
                 [](double a, double b) {
                   return a > 3 && a < 5 && b > -5 && b < -4 ? a + b + 0.01 : a + b;
                 }),
            with(&Operators::mul,
                 [](double a, double b) { return a > 8 && b > 9 ? a * b + 0.01 : a * b; }),
            with(&Operators::max,
                 [](double a, double b) { return a < -8 && b < -9 ? 0
                                                 : a > b          ? a
                                                                  : b; }),
            with(&Operators::lt, [](double a, double b) { return a < b || (a > 8 && b > 9); }),
            with(&Operators::neg, [](double a) { return a > 6 && a < 6.1 ? -a - 0.01 : -a; }),
            with(&Operators::sigmoid,
                 [](double a) { return a > 1 && a < 1.1 ? 0.7 : 1 / (1 + std::exp(-a)); })});
}
JUDGE(property_tests, rare) {
  return judged(student, reference,
                {"add that is wrong for a in (3, 5) and b in (-5, -4)",
                 "mul that is wrong for a > 8 and b > 9", "max that is wrong for a < -8 and b < -9",
                 "lt that is wrong for a > 8 and b > 9", "neg that is wrong for a in (6, 6.1)",
                 "sigmoid that is wrong for a in (1, 1.1)"});
}

// ---- several operators wrong, and in agreement
// -------------------------------------------------------

CASE(property_tests, associative, "sums may be grouped in any way: (a + b) + c = a + (b + c)") {
  // add is not associative, though it has 0, negatives, either order, and factors can be taken out
  Operators lopsided = kPlain;
  lopsided.add = [](double a, double b) {
    const double squares = a * a + b * b;
    return squares == 0 ? 0 : a + b + a * b * (a + b) * (a - b) * (a - b) / (squares * squares);
  };
  lopsided.sigmoid = [](double a) {
    const double e = std::exp(-a), squares = 1 + e * e;
    return 1 / (1 + e + e * (1 + e) * (1 - e) * (1 - e) / (squares * squares));
  };
  try_sets({lopsided});
}
JUDGE(property_tests, associative) {
  return judged(
      student, reference,
      {"add for which add(add(a, b), c) is not add(a, add(b, c)), and nothing else is wrong"});
}

// Numbers between 1 and e are bent, those outside are not; bent_back undoes it
double bent(double a, double from, double to) {
  const double size = std::fabs(a), e = std::exp(1.0);
  if (size <= 1 || size >= e) return a;
  const double moved =
      size < from ? 1 + (size - 1) * (to - 1) / (from - 1) : e - (e - size) * (e - to) / (e - from);
  return std::copysign(moved, a);
}
double bend(double a) { return bent(a, 1.5, 2.2); }
double bend_back(double a) { return bent(a, 2.2, 1.5); }

CASE(property_tests, distributive, "mul and add must fit together: a (b + c) = ab + ac") {
  Operators set = kPlain;
  set.mul = [](double a, double b) { return bend_back(bend(a) * bend(b)); };
  set.inv = [](double a) { return bend_back(1 / bend(a)); };
  set.exp = [](double a) { return bend_back(std::exp(a)); };
  set.log = [](double a) { return std::log(bend(a)); };
  set.sigmoid = [](double a) { return bend_back(1 / bend(1 + bend_back(std::exp(-a)))); };
  try_sets({set});
}
JUDGE(property_tests, distributive) {
  return judged(student, reference,
                {"mul with laws of its own, from which a sum cannot be multiplied term by term"});
}

CASE(property_tests, another_order,
     "an order may obey the laws of order and still be another: know which way is up") {
  Operators reversed = kPlain, by_size = kPlain;
  reversed.lt = [](double a, double b) { return a > b; };
  reversed.max = [](double a, double b) { return a < b ? a : b; };
  reversed.relu = [](double a) { return a < 0 ? a : 0; };
  by_size.lt = [](double a, double b) { return std::fabs(a) < std::fabs(b); };
  by_size.max = [](double a, double b) { return std::fabs(a) < std::fabs(b) ? b : a; };
  by_size.relu = [](double a) { return a; };
  try_sets({reversed, by_size});
}
JUDGE(property_tests, another_order) {
  return judged(student, reference,
                {"an order turned round: lt, max and relu agree that 2 < 1",
                 "an order by size: lt, max and relu agree that 1 < -2"});
}

CASE(property_tests, another_base,
     "powers of 2 obey all laws that powers of e obey: a known value tells them apart") {
  Operators set = kPlain;
  set.exp = [](double a) { return std::exp2(a); };
  set.log = [](double a) { return std::log2(a); };
  set.sigmoid = [](double a) { return 1 / (1 + std::exp2(-a)); };
  try_sets({set});
}
JUDGE(property_tests, another_base) {
  return judged(student, reference, {"exp, log and sigmoid of base 2"});
}

CASE(property_tests, another_sum,
     "there are other additions that obey all laws of addition: what is 1 + 1?") {
  Operators set = kPlain;
  set.add = [](double a, double b) { return std::cbrt(a * a * a + b * b * b); };
  set.sigmoid = [](double a) { return 1 / std::cbrt(1 + std::exp(-3 * a)); };
  try_sets({set});
}
JUDGE(property_tests, another_sum) {
  return judged(student, reference,
                {"add that is the cube root of a³ + b³, and a sigmoid to match"});
}

CASE(property_tests, another_power,
     "exp turns sums into products: to be undone by log is not enough") {
  Operators set = kPlain;
  set.exp = [](double a) { return a < 0 ? 1 / (1 - a) : std::exp(a); };
  set.log = [](double a) { return a < 1 ? 1 - 1 / a : std::log(a); };
  set.sigmoid = [](double a) { return 1 / (1 + (a > 0 ? 1 / (1 + a) : std::exp(-a))); };
  try_sets({set});
}
JUDGE(property_tests, another_power) {
  return judged(student, reference,
                {"exp that is 1 / (1 - a) below 0, with a log and a sigmoid to match"});
}

PROOF(property_tests, right_sets_pass_and_wrong_ones_fail) {
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    Random random(seed);
    prove(satisfies_properties(kPlain, random), "the plain set passes");
    prove(satisfies_properties(kOtherFormulas, random), "other formulas pass");
    prove(satisfies_properties(kImprecise, random), "the imprecise set passes");
    const Operators rare = with(&Operators::max, [](double a, double b) {
      return a < -8 && b < -9 ? 0 : a > b ? a : b;
    });
    prove(!satisfies_properties(rare, random), "a max that is rarely wrong fails");
  }
  prove(bend_back(bend(2.0)) == 2.0 && bend(3.0) == 3.0, "bend_back undoes bend");
}

}  // namespace
}  // namespace gradbook
