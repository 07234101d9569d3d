#include <gmock/gmock.h>

#include <numbers>
#include <vector>

#include "06_training/optimizers.hpp"

namespace gradbook {
namespace {

using testing::DoubleNear;
using testing::Each;
using testing::ElementsAre;

auto near(double value) { return DoubleNear(value, 1e-12); }

std::vector<double> rates(std::int64_t first, std::int64_t last, const WarmupCosine& schedule) {
  std::vector<double> all;
  for (std::int64_t step = first; step <= last; ++step)
    all.push_back(learning_rate(step, schedule));
  return all;
}

TEST(LearningRate, RisesInALine) {
  EXPECT_THAT(rates(0, 3, {.peak = 0.8, .floor = 0.1, .warmup = 4, .total = 10}),
              ElementsAre(near(0.2), near(0.4), near(0.6), near(0.8)))
      << "the first step learns already, and the fourth has the peak";
}

TEST(LearningRate, FallsLikeACosine) {
  constexpr double kThird = 0.1 + 0.7 * 3 / 4;  // the cosine of a third of π is 1/2
  EXPECT_THAT(
      rates(4, 10, {.peak = 0.8, .floor = 0.1, .warmup = 4, .total = 10}),
      ElementsAre(near(0.8), near(0.45 + 0.35 * std::numbers::sqrt3 / 2), near(kThird), near(0.45),
                  near(0.9 - kThird), near(0.45 - 0.35 * std::numbers::sqrt3 / 2), near(0.1)))
      << "six steps from the peak at step 4 to the floor at step 10";
}

TEST(LearningRate, StaysOnTheFloor) {
  EXPECT_THAT(rates(10, 20, {.peak = 0.8, .floor = 0.1, .warmup = 4, .total = 10}), Each(near(0.1)))
      << "a cosine would come up again";
}

TEST(LearningRate, NeedsNoWarmup) {
  EXPECT_THAT(rates(0, 2, {.peak = 0.8, .floor = 0.2, .warmup = 0, .total = 2}),
              ElementsAre(near(0.8), near(0.5), near(0.2)));
}

TEST(LearningRate, NeedsNoFall) {
  EXPECT_THAT(rates(0, 3, {.peak = 0.8, .floor = 0.2, .warmup = 2, .total = 2}),
              ElementsAre(near(0.4), near(0.8), near(0.2), near(0.2)))
      << "from `total` on it is the floor, with nothing to divide by";
}

TEST(LearningRate, RefusesWhatCannotBe) {
  EXPECT_THROW(learning_rate(-1, {1, 0, 2, 4}), RangeError);
  EXPECT_THROW(learning_rate(0, {1, 0, -2, 4}), RangeError);
  EXPECT_THROW(learning_rate(0, {1, 0, 5, 4}), RangeError) << "it cannot rise longer than it lasts";
}

}  // namespace
}  // namespace gradbook
