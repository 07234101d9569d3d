#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "01_foundations/operators.hpp"

namespace gradbook {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();

TEST(Sigmoid, PassesThroughOneHalf) {
  EXPECT_EQ(sigmoid(0), 0.5) << "1 / (1 + 1)";
  EXPECT_DOUBLE_EQ(sigmoid(1), 0.7310585786300049) << "1 / (1 + exp(-1)): mind the sign";
  EXPECT_DOUBLE_EQ(sigmoid(-1), 0.2689414213699951) << "sigmoid(-x) is 1 - sigmoid(x)";
}

TEST(Sigmoid, EndsAtZeroAndOne) {
  EXPECT_EQ(sigmoid(1000), 1) << "exp(1000) is infinity, and infinity / infinity is NaN: "
                                 "for x >= 0 use the form with exp(-x)";
  EXPECT_EQ(sigmoid(-1000), 0) << "exp(-1000) is 0, and so is the sigmoid: no NaN, no error";
}

TEST(Sigmoid, KeepsItsDigitsWhereItIsSmall) {
  EXPECT_NEAR(sigmoid(-40) / std::exp(-40), 1, 1e-12)
      << "for very negative x, sigmoid(x) is exp(x): small, but not 0 and not rounded away";
  EXPECT_GT(sigmoid(-720), 0) << "exp(720) overflows: for x < 0 use the form with exp(x)";
}

TEST(Sigmoid, RisesEverywhere) {
  for (double x = -30; x < 30; x += 0.5) {
    EXPECT_LT(sigmoid(x), sigmoid(x + 0.5)) << "at x = " << x;
  }
}

TEST(Softplus, IsLogOfTwoAtZero) {
  EXPECT_DOUBLE_EQ(softplus(0), 0.6931471805599453) << "log(1 + 1)";
  EXPECT_DOUBLE_EQ(softplus(2), 2.1269280110429727) << "log(1 + exp(2))";
}

TEST(Softplus, DoesNotOverflow) {
  EXPECT_EQ(softplus(1000), 1000) << "log(1 + exp(1000)) is log(infinity): "
                                     "take x out of the logarithm, as x + log(exp(-x) + 1)";
  EXPECT_EQ(softplus(-1000), 0) << "log(1 + 0)";
}

TEST(Softplus, KeepsItsDigitsWhereItIsSmall) {
  EXPECT_NEAR(softplus(-40) / std::exp(-40), 1, 1e-12)
      << "1 + exp(-40) is 1 for doubles, whose logarithm is 0: std::log1p(e) is log(1 + e) without "
         "this loss";
}

TEST(LogSumExp, AddsNumbersThatExistOnlyAsLogarithms) {
  EXPECT_NEAR(log_sum_exp(std::log(3), std::log(4)), std::log(7), 1e-15) << "3 + 4 = 7";
  EXPECT_DOUBLE_EQ(log_sum_exp(1, 1), 1.6931471805599454)
      << "e + e is 2e, whose logarithm is 1 + log 2";
}

TEST(LogSumExp, DoesNotOverflow) {
  EXPECT_DOUBLE_EQ(log_sum_exp(1000, 1001), 1001.3132616875183)
      << "exp(1001) is infinity: take the larger of both out of the logarithm";
  EXPECT_EQ(log_sum_exp(-1000, 1000), 1000) << "the larger counts, whichever argument it is";
  EXPECT_DOUBLE_EQ(log_sum_exp(-1000, -1000), -999.3068528194400547)
      << "exp(-1000) is 0, and log(0) is -infinity: the larger must come out here too";
}

TEST(LogSumExp, AddsNothingToNothing) {
  EXPECT_EQ(log_sum_exp(-kInfinity, -kInfinity), -kInfinity)
      << "-infinity is the logarithm of 0, and 0 + 0 = 0; but infinity - infinity is NaN";
}

}  // namespace
}  // namespace gradbook
