#include "00_course/error.hpp"
#include "07_language_models/sampling.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "support/case.hpp"
#include "support/messages.hpp"

namespace gradbook {
namespace {

using Logits = std::vector<Real>;

constexpr double kInfinity = std::numeric_limits<double>::infinity();
constexpr double kTiny = std::numeric_limits<double>::denorm_min();
constexpr std::size_t kAll = std::numeric_limits<std::size_t>::max();
constexpr int kRolls = 20000;
constexpr std::size_t kSizes[] = {1, 2, 3, 7, 31, 97};
const Tolerance kShares{.terms = 400, .scale = 1};

Logits input_logits(std::size_t n, double low = -3, double high = 3) {
  const auto numbers = input("logits", draw_list(n, low, high));
  return {numbers.begin(), numbers.end()};
}

Random input_random() {
  return Random(static_cast<std::uint64_t>(input("seed", draw_integer(1, 1'000'000))));
}

void observe_die(const std::string& what, const Logits& logits, const SamplingOptions& options) {
  calling("die, " + what);
  observe("probabilities, " + what, die(logits, options), kShares);
}

// The error, and whether its message has these facts
template <class Call, class... Facts>
void observe_refusal(const std::string& what, const Call& call, const Facts&... facts) {
  calling(what);
  observe_error(what, call);
  observe("what is wrong is in the message: " + what,
          names(message_of<RangeError>(call), facts...));
}

// ---- roll

std::vector<std::uint64_t> counts_of(const std::vector<double>& weights, Random& random) {
  std::vector<std::uint64_t> counts(weights.size());
  for (int i = 0; i < kRolls; ++i) ++counts.at(roll(weights, random));
  return counts;
}

void observe_rolls(const std::vector<double>& weights) {
  Random random = input_random();
  calling(fmt::format("roll of {} sides, {} times", weights.size(), kRolls));
  observe("weights", weights);
  observe("counts", counts_of(weights, random));
}

// How many standard deviations the sum of (count − expected)² / expected is above its mean. Its
// cube root is nearly normal: Wilson and Hilferty, "The distribution of chi-square", 1931
double deviations(const std::vector<double>& weights, const std::vector<std::int64_t>& counts) {
  const double sum = std::accumulate(weights.begin(), weights.end(), 0.0);
  double squares = 0, freedom = -1;
  for (std::size_t i = 0; i < weights.size(); ++i) {
    if (weights[i] == 0) continue;
    const double expected = kRolls * weights[i] / sum,
                 off = static_cast<double>(counts[i]) - expected;
    squares += off * off / expected;
    ++freedom;
  }
  const double spread = 2 / (9 * freedom);
  return (std::cbrt(squares / freedom) - (1 - spread)) / std::sqrt(spread);
}

[[maybe_unused]] Verdict judge_rolls(const Observations& student, const Observations& reference) {
  const auto& weights = reals(reference, "weights");
  const auto& counts = integers(student, "counts");
  if (counts.size() != weights.size())
    return fail(fmt::format("{} counts for {} sides", counts.size(), weights.size()));
  for (std::size_t i = 0; i < weights.size(); ++i) {
    if (weights[i] == 0 && counts[i] != 0)
      return fail(fmt::format("side {} has weight 0, and came {} times", i, counts[i]));
  }
  if (std::accumulate(counts.begin(), counts.end(), std::int64_t{0}) != kRolls)
    return fail(fmt::format("the counts do not add up to {} rolls", kRolls));
  if (std::count_if(weights.begin(), weights.end(), [](double w) { return w > 0; }) == 1)
    return pass();
  const double off = deviations(weights, counts);
  if (!(off <= 5))
    return fail(
        fmt::format("the counts are not those of this die: their chi-square is {:.3g} "
                    "standard deviations too large",
                    off));
  return pass();
}

CASE(sampling, fair_die, "each of seven equal sides comes equally often") {
  observe_rolls(std::vector<double>(7, 1.0 / 7));
}
JUDGE(sampling, fair_die) { return judge_rolls(student, reference); }

CASE(sampling, weighted_die, "each side comes as often as its weight says", {.weight = 2}) {
  std::vector<double> weights = draw_list(31, 0.05, 1);
  const double sum = std::accumulate(weights.begin(), weights.end(), 0.0);
  for (double& w : weights) w /= sum;
  observe_rolls(input("weights of the die", weights));
}
JUDGE(sampling, weighted_die) { return judge_rolls(student, reference); }

CASE(sampling, large_weights, "weights may be counts, which add up to more than 1") {
  std::vector<double> weights;
  for (int i = 0; i < 11; ++i) weights.push_back(static_cast<double>(draw_integer(100, 900)));
  observe_rolls(input("weights of the die", weights));
}
JUDGE(sampling, large_weights) { return judge_rolls(student, reference); }

CASE(sampling, small_weights, "weights may add up to much less than 1, as those of a cut die do") {
  observe_rolls(input("weights of the die", draw_list(5, 1e-6, 1e-5)));
}
JUDGE(sampling, small_weights) { return judge_rolls(student, reference); }

CASE(sampling, empty_sides, "a side of weight 0 never comes, at the ends nor in between") {
  std::vector<double> weights = draw_list(13, 0.5, 2);
  for (const std::size_t i : {0, 1, 5, 8, 12}) weights[i] = 0;
  observe_rolls(input("weights of the die", weights));
}
JUDGE(sampling, empty_sides) { return judge_rolls(student, reference); }

CASE(sampling, one_side, "where one side has all the weight, it always comes") {
  observe_rolls({0, 0, draw(0.1, 9), 0});
}
JUDGE(sampling, one_side) { return judge_rolls(student, reference); }

// u times the smallest double is 0 or that double: the two ends of the die
CASE(sampling, rounded_to_an_end, "a point that rounding has moved to an end still hits a side") {
  Random random = input_random();
  calling("roll of {0, 5e-324, 0} and of {5e-324, 0}, a hundred times");
  std::vector<std::uint64_t> between, first;
  for (int i = 0; i < 100; ++i) {
    between.push_back(roll(std::vector<double>{0, kTiny, 0}, random));
    first.push_back(roll(std::vector<double>{kTiny, 0}, random));
  }
  observe("sides of {5e-324, 0}", first);
  observe("sides of {0, 5e-324, 0}", between);
}

CASE(sampling, one_number, "a roll takes exactly one random.uniform(), whatever the die is") {
  for (const std::size_t n : kSizes) {
    Random random = input_random();
    const auto weights = input("weights", draw_list(n, 0.1, 2)), before = weights;
    calling(fmt::format("roll of {} sides, and then random.uniform()", n));
    const std::size_t side = roll(weights, random);
    observe(fmt::format("the side is one of {}", n), side < n);
    observe(fmt::format("the next number of the generator, {} sides", n), random.uniform());
    observe(fmt::format("the weights are as before, {} sides", n), weights == before);
  }
}

CASE(sampling, same_seed, "the same generator rolls the same sides again, and another one others") {
  const auto seed = static_cast<std::uint64_t>(input("seed", draw_integer(1, 1'000'000)));
  const auto weights = input("weights", draw_list(17, 0.1, 2));
  const auto rolls = [&](std::uint64_t start) {
    Random random(start);
    std::vector<std::size_t> sides(200);
    for (std::size_t& side : sides) side = roll(weights, random);
    return sides;
  };
  calling("roll of 17 sides, 200 times, and all of it again");
  const auto first = rolls(seed);
  observe("the same seed gives the same sides", rolls(seed) == first);
  observe("another seed gives others", rolls(seed + 1) != first);
  std::size_t repeats = 0;
  for (std::size_t i = 1; i < first.size(); ++i) repeats += first[i] == first[i - 1];
  observe("most sides differ from the one before", repeats < 100);
}

CASE(sampling, no_die, "weights that are negative or no numbers, none at all, and all of them 0") {
  Random random(1);
  const auto rolling = [&](std::vector<double> weights) {
    return [&random, weights] { roll(weights, random); };
  };
  observe_error("roll of no sides", rolling({}));
  observe_error("roll of {0}", rolling({0}));
  observe_error("roll of {0, 0, 0, 0, 0}", rolling({0, 0, 0, 0, 0}));
  observe_refusal("roll of {-2, 3}", rolling({-2, 3}), "0", "-2");
  observe_refusal("roll of {1, 2, 0, 5, 4, -3, 9}", rolling({1, 2, 0, 5, 4, -3, 9}), "5", "-3");
  observe_refusal("roll of {1, NaN}", rolling({1, NAN}), "1", "nan");
  observe_refusal("roll of {1, 1, infinity}", rolling({1, 1, kInfinity}), "2", "inf");
  observe_error("roll of {1.7e308, 1.7e308}", rolling({1.7e308, 1.7e308}));
}

// ---- greedy

CASE(sampling, greedy_largest, "the index of the largest logit, wherever it is") {
  for (const std::size_t n : kSizes) {
    const Logits logits = input_logits(n, -50, -40), high = input_logits(n, -2, 2);
    calling(fmt::format("greedy of {} logits", n));
    observe(fmt::format("all negative, {}", n), greedy(logits));
    observe(fmt::format("of either sign, {}", n), greedy(high));
  }
  Logits ends = input_logits(5);
  ends.back() = 7;
  calling("greedy, the largest at either end");
  observe("last", greedy(ends));
  ends.front() = 8;
  observe("first", greedy(ends));
}

CASE(sampling, greedy_equal, "of equal ones the first; and of none, an error") {
  calling("greedy of logits of which some are alike");
  observe("{1, 3, 2, 3, 3}", greedy(Logits{1, 3, 2, 3, 3}));
  observe("{0, 0, 0}", greedy(Logits{0, 0, 0}));
  const auto low = static_cast<Real>(-kInfinity);
  observe("{-infinity, -infinity, -9, -9}", greedy(Logits{low, low, -9, -9}));
  observe_error("no logits", [] { greedy(Logits{}); });
}

// ---- die

CASE(sampling, softmax, "without options, the softmax of the logits") {
  for (const std::size_t n : kSizes) observe_die(fmt::format("{} logits", n), input_logits(n), {});
}

CASE(sampling, temperature, "logits are divided by the temperature, and then comes the softmax",
     {.weight = 2}) {
  for (const std::size_t n : kSizes) {
    const double cold = input("cold", draw(0.2, 0.8)), hot = input("hot", draw(1.3, 6));
    const Logits logits = input_logits(n);
    observe_die(fmt::format("{} logits, cold", n), logits, {.temperature = cold});
    observe_die(fmt::format("{} logits, hot", n), logits, {.temperature = hot});
  }
}

CASE(sampling, nearly_zero, "as the temperature falls to 0, the die becomes what greedy takes") {
  for (const double temperature : {1e-6, 1e-300, kTiny}) {
    const Logits logits = input_logits(13);
    const std::string what = fmt::format("temperature {}", temperature);
    observe_die(what, logits, {.temperature = temperature});
    const auto p = die(logits, {.temperature = temperature});
    observe("greedy's share, " + what, p.at(greedy(logits)), {.terms = 4});
  }
  observe_die("two largest at temperature 1e-9", {2, 5, 4, 5}, {.temperature = 1e-9});
}

CASE(sampling, very_hot, "as the temperature rises, all become alike") {
  for (const double temperature : {1e6, 1e300})
    observe_die(fmt::format("temperature {}", temperature), input_logits(11),
                {.temperature = temperature});
}

CASE(sampling, large_logits, "only differences between logits count, however large they are") {
  const Logits logits = input_logits(7);
  for (const double shift : {-10000.0, 10000.0}) {
    Logits far = logits;
    for (Real& x : far) x = std::round(x * 8) / 8 + static_cast<Real>(shift);
    observe_die(fmt::format("logits about {}", shift), far, {});
    observe_die(fmt::format("logits about {}, temperature 1/2", shift), far, {.temperature = 0.5});
  }
  observe_die("3e38, -3e38 and 0", {Real(3e38), Real(-3e38), 0}, {.temperature = 0.01});
}

CASE(sampling, ruled_out, "a logit of −∞ has probability 0, and disturbs nobody") {
  const auto low = static_cast<Real>(-kInfinity);
  Logits logits = input_logits(7);
  logits[0] = logits[4] = low;
  observe_die("two of seven ruled out", logits, {});
  observe_die("two of seven ruled out, cold", logits, {.temperature = 0.3});
  observe_die("two of seven ruled out, top_k 6", logits, {.top_k = 6});
  observe_die("all but one ruled out", {low, low, -3, low}, {.temperature = 2, .top_p = 0.5});
}

CASE(sampling, top_k, "the k likeliest stay where they are, and add up to 1", {.weight = 2}) {
  for (const std::size_t n : kSizes) {
    const Logits logits = input_logits(n);
    for (const std::size_t k : {std::size_t{1}, (n + 1) / 2, n})
      observe_die(fmt::format("top_k {} of {}", k, n), logits, {.top_k = k});
    observe_die(fmt::format("temperature 1/2, top_k 2 of {}", n), logits,
                {.temperature = 0.5, .top_k = 2});
  }
}

CASE(sampling, more_than_all, "a top_k above the number of logits leaves them all") {
  const Logits logits = input_logits(5);
  for (const std::size_t k : {std::size_t{6}, std::size_t{8}, std::size_t{1000}, kAll - 1, kAll})
    observe_die(fmt::format("top_k {} of 5", k), logits, {.top_k = k});
}

CASE(sampling, equal_logits, "of equal logits those with the lower index stay") {
  for (const std::size_t k : {1, 2, 3, 4})
    observe_die(fmt::format("top_k {} of {{1, 2, 2, 0, 2}}", k), {1, 2, 2, 0, 2}, {.top_k = k});
  Logits many(64);
  for (std::size_t i = 0; i < many.size(); ++i) many[i] = static_cast<Real>(i % 3);
  observe_die("top_k 30 of 64 with three values", many, {.top_k = 30});
  observe_die("top_p 0.5 of 8 equal ones", Logits(8, -1), {.top_p = 0.5});
}

CASE(sampling, top_p, "the likeliest stay until they have p together, and the last of them counts",
     {.weight = 2}) {
  for (const std::size_t n : kSizes) {
    const Logits logits = input_logits(n);
    for (int i = 0; i < 3; ++i) {
      const double p = input("top_p", draw(0.05, 0.95));
      observe_die(fmt::format("top_p {:.3f} of {}", p, n), logits, {.top_p = p});
    }
  }
}

CASE(sampling, top_p_ends, "the likeliest stays for the smallest p, and all of them for 1") {
  const Logits logits = input_logits(7);
  observe_die("top_p 1e-300", logits, {.top_p = 1e-300});
  observe_die("top_p just above 0", logits, {.top_p = kTiny});
  observe_die("top_p 1", logits, {.top_p = 1});
  const auto p = die(Logits{90, 0, 1, -90}, {.top_p = 1});
  observe("how many of 90, 0, 1 and -90 stay for top_p 1",
          std::count_if(p.begin(), p.end(), [](double x) { return x > 0; }));
}

CASE(sampling, top_p_reached, "where p is reached exactly, the next one is not needed") {
  observe_die("a half of 4 equal ones", {3, 3, 3, 3}, {.top_p = 0.5});
  observe_die("a quarter of 4 equal ones", {3, 3, 3, 3}, {.top_p = 0.25});
  observe_die("three eighths of 8 equal ones", Logits(8, 0), {.top_p = 0.375});
}

CASE(sampling, top_p_after_temperature, "p is counted in the probabilities at this temperature") {
  const Logits logits = input_logits(11);
  for (const double temperature : {0.3, 4.0}) {
    const double p = input("top_p", draw(0.5, 0.9));
    observe_die(fmt::format("temperature {}, top_p {:.3f}", temperature, p), logits,
                {.temperature = temperature, .top_p = p});
  }
}

CASE(sampling, top_p_after_top_k, "what top_k leaves adds up to 1 before top_p looks at it") {
  for (const std::size_t k : {2, 3, 5}) {
    const Logits logits = input_logits(9, -0.5, 0.5);
    const double p = input("top_p", draw(0.6, 0.9));
    observe_die(fmt::format("top_k {}, top_p {:.3f} of 9", k, p), logits, {.top_k = k, .top_p = p});
  }
}

CASE(sampling, die_inputs, "logits are only read, and probabilities add up to 1") {
  const Logits logits = input_logits(23), before = logits;
  calling("die of 23 logits, temperature 0.7, top_k 9, top_p 0.8");
  const auto p = die(logits, {.temperature = 0.7, .top_k = 9, .top_p = 0.8});
  observe("the logits are as before", logits == before);
  observe("how many probabilities", p.size());
  observe("their sum", std::accumulate(p.begin(), p.end(), 0.0), {.terms = 100});
}

CASE(sampling, bad_temperature, "a temperature that is 0, negative or no number, by its value") {
  const Logits logits = input_logits(3);
  const auto at = [&](double t) { return [&logits, t] { die(logits, {.temperature = t}); }; };
  observe_refusal("die at temperature 0", at(0), "temperature 0", "above 0", "greedy()");
  observe_refusal("die at temperature -0.5", at(-0.5), "temperature -0.5", "above 0");
  observe_refusal("die at temperature NaN", at(NAN), "temperature");
  observe_refusal("die at temperature infinity", at(kInfinity), "temperature inf", "finite");
}

CASE(sampling, bad_top_k_and_top_p, "a top_k of 0, and a top_p that is not in (0, 1]") {
  const Logits logits = input_logits(3);
  const auto with = [&](double p) { return [&logits, p] { die(logits, {.top_p = p}); }; };
  observe_refusal(
      "die of top_k 0", [&] { die(logits, {.top_k = 0}); }, "top_k 0");
  observe_refusal("die of top_p 0", with(0), "top_p 0", "(0, 1]");
  observe_refusal("die of top_p -0.25", with(-0.25), "top_p -0.25");
  observe_refusal("die of top_p 1.5", with(1.5), "top_p 1.5");
  observe_refusal("die of top_p NaN", with(NAN), "top_p");
}

CASE(sampling, bad_logits, "none, NaN, +∞, and −∞ everywhere") {
  const auto nan = static_cast<Real>(NAN), high = static_cast<Real>(kInfinity);
  observe_error("die of no logits", [] { die(Logits{}, {}); });
  observe_refusal(
      "die of {1, 2, NaN}",
      [&] {
        die(Logits{1, 2, nan}, {});
      },
      "2", "nan");
  observe_refusal(
      "die of {NaN, 2, 3}",
      [&] {
        die(Logits{nan, 2, 3}, {});
      },
      "0", "nan");
  observe_refusal(
      "die of {1, infinity}",
      [&] {
        die(Logits{1, high}, {});
      },
      "1", "inf");
  observe_error("die of {-infinity, -infinity}", [&] { die(Logits{-high, -high}, {}); });
}

// ---- proofs

PROOF(sampling, rolls_are_chi_square) {
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    Random random(seed);
    const auto weights = draw_list(2 + seed, 0.05, 1);
    const auto counts = counts_of(weights, random);
    const double off = deviations(weights, {counts.begin(), counts.end()});
    prove(off < 5, "rolls are those of the die, at five sigma");
    prove(off > -5, "and no better than chance");
  }
}

PROOF(sampling, chi_square_sees_a_wrong_die) {
  Random random(4);
  auto weights = draw_list(9, 0.3, 1);
  const auto counts = counts_of(weights, random);
  weights[3] *= 1.3;
  prove(deviations(weights, {counts.begin(), counts.end()}) > 5, "a side that is a third heavier");
}

// What followed "cows eat": corn 4, grass 3, hay 2, if 1, which 1
PROOF(sampling, literals) {
  Logits logits;
  for (const double count : {4, 3, 2, 1, 1}) logits.push_back(static_cast<Real>(std::log(count)));
  const auto is = [&](const SamplingOptions& options, const std::vector<double>& expected) {
    const auto p = die(logits, options);
    for (std::size_t i = 0; i < p.size(); ++i) prove_close("share", p[i], expected[i], 1e-14);
  };
  is({}, {4.0 / 11, 3.0 / 11, 2.0 / 11, 1.0 / 11, 1.0 / 11});
  is({.temperature = 0.5}, {16.0 / 31, 9.0 / 31, 4.0 / 31, 1.0 / 31, 1.0 / 31});
  is({.top_k = 4}, {0.4, 0.3, 0.2, 0.1, 0});
  is({.top_p = 0.6}, {4.0 / 7, 3.0 / 7, 0, 0, 0});
  is({.top_k = 3, .top_p = 0.75}, {4.0 / 7, 3.0 / 7, 0, 0, 0});
  is({.top_k = 1}, {1, 0, 0, 0, 0});
}

PROOF(sampling, sentences) {
  const Logits logits{1, 2};
  const auto says = [](const auto& call, std::initializer_list<const char*> parts) {
    const std::string message = message_of<RangeError>(call);
    for (const char* part : parts)
      prove(message.find(part) != std::string::npos, (message + " has no " + part).c_str());
  };
  says([&] { die(logits, {.temperature = 0}); },
       {"die: temperature 0: ", "above 0 and finite", "greedy()"});
  says([&] { die(logits, {.top_k = 0}); }, {"die: top_k 0 leaves"});
  says([&] { die(logits, {.top_p = 1.5}); }, {"die: top_p 1.5 is not in"});
  says([] { die(Logits{1, 2, 3, static_cast<Real>(NAN)}, {}); }, {"die: logit 3 is nan"});
  Random random(1);
  says([&] { roll(std::vector<double>{1, 2, 3, -1}, random); }, {"roll: weight 3 is -1"});
}

}  // namespace
}  // namespace gradbook
