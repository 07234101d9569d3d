#include "00_course/random.hpp"

#include <gtest/gtest.h>

#include "00_course/error.hpp"

namespace gradbook {
namespace {

// These numbers are a promise: hidden cases, data and initial weights of every module follow from
// them
TEST(Random, GivesTheSameNumbersForEver) {
  Random random(1);
  EXPECT_EQ(random.bits(), 0xcfc5d07f6f03c29bu);
  EXPECT_EQ(random.bits(), 0xbf424132963fe08du);
  EXPECT_EQ(random.bits(), 0x19a37d5757aaf520u);
  Random again(1);
  EXPECT_DOUBLE_EQ(again.uniform(), static_cast<double>(0xcfc5d07f6f03c29bu >> 11) * 0x1p-53);
}

TEST(Random, SeedsHaveNothingInCommon) {
  Random one(1), two(2);
  for (int i = 0; i < 100; ++i) EXPECT_NE(one.bits(), two.bits());
}

TEST(Random, UniformStaysInItsRangeAndHasItsMean) {
  Random random(3);
  double sum = 0;
  constexpr int kDraws = 100'000;
  for (int i = 0; i < kDraws; ++i) {
    const double x = random.uniform(-2, 4);
    ASSERT_GE(x, -2);
    ASSERT_LT(x, 4);
    sum += x;
  }
  EXPECT_NEAR(sum / kDraws, 1.0, 5 * 6 / std::sqrt(12.0 * kDraws))
      << "five standard errors of the mean";
}

TEST(Random, NormalHasMeanZeroAndVarianceOne) {
  Random random(4);
  double sum = 0, squares = 0;
  constexpr int kDraws = 100'000;
  for (int i = 0; i < kDraws; ++i) {
    const double x = random.normal();
    sum += x;
    squares += x * x;
  }
  EXPECT_NEAR(sum / kDraws, 0, 5 / std::sqrt(1.0 * kDraws));
  EXPECT_NEAR(squares / kDraws, 1, 5 * std::sqrt(2.0 / kDraws));
}

TEST(Random, BelowReachesEveryNumberAndNoOther) {
  Random random(5);
  int counts[7] = {};
  for (int i = 0; i < 7000; ++i) ++counts[random.below(7)];
  for (int count : counts) EXPECT_NEAR(count, 1000, 5 * std::sqrt(1000.0 * 6 / 7));
  EXPECT_THROW(random.below(0), RangeError);
}

}  // namespace
}  // namespace gradbook
