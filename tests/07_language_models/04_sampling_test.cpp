#include <gmock/gmock.h>

#include <cmath>

#include "00_course/error.hpp"
#include "07_language_models/sampling.hpp"
#include "support/messages.hpp"

namespace gradbook {
namespace {

using testing::DoubleNear;
using testing::ElementsAre;
using testing::Pointwise;

using Die = std::vector<double>;
using Logits = std::vector<Real>;

constexpr auto kInfinity = static_cast<Real>(INFINITY);

auto is_die(const Die& p) { return Pointwise(DoubleNear(1e-6), p); }

// Logits whose softmax is in the ratio of these numbers
Logits logits_of(const std::vector<double>& counts) {
  Logits logits;
  for (const double count : counts) logits.push_back(static_cast<Real>(std::log(count)));
  return logits;
}

// How often each side comes in 10000 rolls
std::vector<double> rolled(const Die& weights) {
  Random random(5);
  std::vector<double> counts(weights.size());
  for (int i = 0; i < 10000; ++i) ++counts.at(roll(weights, random));
  return counts;
}

// 10000 p, give or take five standard deviations of 10000 rolls
auto comes(double p) { return DoubleNear(10000 * p, 5 * std::sqrt(10000 * p * (1 - p))); }

TEST(Roll, GivesEachSideItsShare) {
  EXPECT_THAT(rolled({0.1, 0.6, 0.3}), ElementsAre(comes(0.1), comes(0.6), comes(0.3)))
      << "10000 rolls of a die with weights 0.1, 0.6 and 0.3: a right one is off by more than five "
         "standard deviations once in a million times";
}

TEST(Roll, TakesWeightsThatDoNotAddUpToOne) {
  EXPECT_THAT(rolled({1, 6, 3}), ElementsAre(comes(0.1), comes(0.6), comes(0.3)))
      << "counts are weights too: the point lies between 0 and 10";
}

TEST(Roll, NeverGivesASideWithoutWeight) {
  const auto counts = rolled({0, 2, 0, 3, 0});
  EXPECT_EQ(counts[0] + counts[2] + counts[4], 0);
  const double tiny = std::numeric_limits<double>::denorm_min();
  EXPECT_EQ(rolled({0, tiny, 0})[1], 10000)
      << "u · tiny is rounded to 0 or to tiny, the two ends: neither may lead to a neighbour";
}

TEST(Roll, TakesOneNumberOfTheGenerator) {
  Random random(3), other(3);
  roll(Die{1, 2, 3}, random);
  other.uniform();
  EXPECT_EQ(random.uniform(), other.uniform());
}

TEST(Roll, RefusesWhatIsNoDie) {
  Random random(1);
  EXPECT_THROW(roll(Die{}, random), ShapeError);
  EXPECT_THROW(roll(Die{0, 0}, random), RangeError) << "there is nothing to roll";
  EXPECT_THROW(roll(Die{2, NAN}, random), RangeError) << "NaN < 0 is false, and so is NaN >= 0";
  const auto call = [&] { roll(Die{2, 1, 5, -1}, random); };
  EXPECT_TRUE(names(message_of<RangeError>(call), "3", "-1")) << "say which weight, and what it is";
}

TEST(Greedy, TakesTheFirstOfTheLargest) {
  EXPECT_EQ(greedy(Logits{-3, -1, -2, -1}), 1u) << "logits may all be negative";
  EXPECT_THROW(greedy(Logits{}), ShapeError);
}

TEST(Die, IsTheSoftmaxAtTemperatureOne) {
  EXPECT_THAT(die(logits_of({5, 2, 3}), {}), is_die({0.5, 0.2, 0.3}));
}

TEST(Die, IsSharperWhenColdAndFlatterWhenHot) {
  const Logits logits = logits_of({1, 4});
  EXPECT_THAT(die(logits, {.temperature = 0.5}), is_die({1.0 / 17, 16.0 / 17}))
      << "dividing logits by ½ squares the ratio of 1 to 4";
  EXPECT_THAT(die(logits, {.temperature = 2}), is_die({1.0 / 3, 2.0 / 3}))
      << "dividing logits by 2 takes the root of it";
}

TEST(Die, OverflowsAtNoTemperature) {
  EXPECT_THAT(die(Logits{1, 3, 2}, {.temperature = 1e-9}), is_die({0, 1, 0}))
      << "3 / 10⁻⁹ is too much for exp: subtract the largest first";
  EXPECT_THAT(die(Logits{1000, 1000}, {}), is_die({0.5, 0.5}));
}

TEST(Die, KeepsTheLikeliestK) {
  EXPECT_THAT(die(logits_of({1, 4, 2, 3}), {.top_k = 2}), is_die({0, 4.0 / 7, 0, 3.0 / 7}))
      << "each stays in its place, and the rest add up to 1 again";
  EXPECT_THAT(die(logits_of({1, 3}), {.top_k = 9}), is_die({0.25, 0.75})) << "9 of 2 are both";
}

TEST(Die, KeepsTheFirstOfEqualOnes) {
  EXPECT_THAT(die(Logits{0, 1, 1, 1}, {.top_k = 2}), is_die({0, 0.5, 0.5, 0}))
      << "two means two, also where three are alike";
}

TEST(Die, KeepsTheLikeliestUntilTheyHaveP) {
  const Logits logits = logits_of({1, 5, 1, 3});
  EXPECT_THAT(die(logits, {.top_p = 0.6}), is_die({0, 5.0 / 8, 0, 3.0 / 8}))
      << "0.5 is not enough yet, and the one with which it is enough stays";
  EXPECT_THAT(die(logits, {.top_p = 0.01}), is_die({0, 1, 0, 0})) << "somebody must be left";
}

TEST(Die, StopsWherePIsReachedExactly) {
  EXPECT_THAT(die(Logits{2, 2, 2, 2}, {.top_p = 0.5}), is_die({0.5, 0.5, 0, 0}))
      << "two quarters are a half: that is enough";
}

TEST(Die, AsksForPAmongWhatKLeft) {
  EXPECT_THAT(die(logits_of({4, 3, 2, 1}), {.top_k = 3, .top_p = 0.7}),
              is_die({4.0 / 7, 3.0 / 7, 0, 0}))
      << "of the three that are left the first two have 7/9, although they have 7/10 of all";
}

TEST(Die, RefusesOptionsThatMakeNoDie) {
  const Logits logits{1, 2};
  const auto cold = [&] { die(logits, {.temperature = 0}); };
  EXPECT_TRUE(names(message_of<RangeError>(cold), "temperature 0", "above 0", "greedy()"))
      << "the contract has the sentence";
  EXPECT_THROW(die(logits, {.temperature = -1}), RangeError);
  EXPECT_THROW(die(logits, {.top_k = 0}), RangeError);
  EXPECT_THROW(die(logits, {.top_p = 0}), RangeError) << "0 would leave nobody";
  const auto much = [&] { die(logits, {.top_p = 1.5}); };
  EXPECT_TRUE(names(message_of<RangeError>(much), "top_p 1.5"));
}

TEST(Die, RefusesLogitsThatAreNoNumbers) {
  EXPECT_THROW(die(Logits{1, static_cast<Real>(NAN)}, {}), RangeError)
      << "a network that gives NaN is to be noticed here, and not in the text that it writes";
  EXPECT_THROW(die(Logits{kInfinity}, {}), RangeError);
  EXPECT_THAT(die(Logits{-kInfinity, 3}, {}), is_die({0, 1})) << "−∞ is how a symbol is ruled out";
}

}  // namespace
}  // namespace gradbook
