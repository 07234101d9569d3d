#include <gtest/gtest.h>

#include <cmath>

#include "02_scalar/scalar.hpp"
#include "support/gradcheck.hpp"

namespace gradbook {
namespace {

TEST(ProductRules, SlopeOfAProductIsTheOtherFactor) {
  Scalar x{3.0}, y{5.0};
  const auto [by_x, by_y] = mul_partials(*(x * y).node());
  EXPECT_EQ(by_x, 5.0) << "x * y grows by y for each unit of x";
  EXPECT_EQ(by_y, 3.0) << "x * y grows by x for each unit of y";
}

TEST(ProductRules, SquareWrittenAsAProductHasTwoInputs) {
  Scalar x{3.0};
  const auto [first, second] = mul_partials(*(x * x).node());
  EXPECT_EQ(first, 3.0) << "one slope for each input: that both are x is backward's business";
  EXPECT_EQ(second, 3.0);
}

TEST(ProductRules, QuotientFallsAsItsDivisorGrows) {
  Scalar x{3.0}, y{2.0};
  const auto [by_x, by_y] = div_partials(*(x / y).node());
  EXPECT_DOUBLE_EQ(by_x, 0.5);
  EXPECT_DOUBLE_EQ(by_y, -0.75) << "the slope of x / y by y is -x / y²";
}

TEST(ProductRules, QuotientOfLargeNumbersHasASlope) {
  Scalar x{3e200}, y{2e200};
  EXPECT_DOUBLE_EQ(div_partials(*(x / y).node())[1], -0.75e-200)
      << "y² overflows here, though the slope does not: divide by y twice";
}

TEST(ProductRules, PowerLosesOne) {
  Scalar x{4.0};
  EXPECT_DOUBLE_EQ(pow_partials(*pow(x, 3).node())[0], 48.0) << "3 · 4²";
  EXPECT_DOUBLE_EQ(pow_partials(*pow(x, -1.5).node())[0], -0.046875) << "-1.5 · 4^-2.5";
}

TEST(ProductRules, PowersHaveASlopeAtZero) {
  Scalar zero{0.0};
  EXPECT_EQ(pow_partials(*pow(zero, 2).node())[0], 0.0)
      << "n · x^(n-1); n · x^n / x would be 0 / 0";
  EXPECT_EQ(pow_partials(*pow(zero, 1).node())[0], 1.0);
  EXPECT_EQ(pow_partials(*pow(zero, 0).node())[0], 0.0)
      << "x^0 is 1 everywhere, so its slope is 0, not 0 · 0^-1";
}

TEST(ProductRules, ExponentialIsItsOwnSlope) {
  Scalar x{2.0};
  EXPECT_DOUBLE_EQ(exp_partials(*exp(x).node())[0], std::exp(2.0));
}

TEST(ProductRules, LogarithmHasTheInverseAsSlope) {
  Scalar x{4.0};
  EXPECT_DOUBLE_EQ(log_partials(*log(x).node())[0], 0.25);
}

TEST(ProductRules, AgreeWithCentralDifferences) {
  const std::vector<double> at = {1.7, -0.6};
  const auto quotient = [](const std::vector<double>& x) { return x[0] / x[1]; };
  const std::vector<double> numeric = numeric_gradient(quotient, at);
  Scalar x{at[0]}, y{at[1]};
  const auto [by_x, by_y] = div_partials(*(x / y).node());
  EXPECT_NEAR(by_x, numeric[0], 1e-8) << "(f(x + h) - f(x - h)) / 2h knows nothing of rules";
  EXPECT_NEAR(by_y, numeric[1], 1e-8);
}

}  // namespace
}  // namespace gradbook
