#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "01_foundations/operators.hpp"

namespace gradbook {
namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();
constexpr double kInfinity = std::numeric_limits<double>::infinity();

TEST(Operators, CalculateAsOnPaper) {
  EXPECT_EQ(mul(3, -2), -6) << "3 · (-2)";
  EXPECT_EQ(add(3, -2), 1) << "3 + (-2)";
  EXPECT_EQ(neg(3), -3) << "neg only turns the sign round";
  EXPECT_EQ(neg(-3), 3) << "the negative of a negative number is positive";
  EXPECT_EQ(id(-3), -3) << "the identity changes nothing";
}

TEST(Operators, DivideEvenByZero) {
  EXPECT_EQ(inv(4), 0.25) << "1 / 4, with doubles: nothing is cut off";
  EXPECT_EQ(inv(-0.5), -2) << "the sign stays";
  EXPECT_EQ(inv(0), kInfinity) << "1 / 0 is infinity for doubles: no error, and no special case";
}

TEST(Operators, LogUndoesExp) {
  EXPECT_DOUBLE_EQ(exp(1), 2.718281828459045) << "e to the power 1";
  EXPECT_DOUBLE_EQ(log(exp(2.5)), 2.5) << "log is the natural logarithm, with base e";
  EXPECT_EQ(log(0), -kInfinity) << "log falls without bound towards 0";
}

TEST(Operators, CompareStrictly) {
  EXPECT_TRUE(lt(-3, 2)) << "lt(a, b) asks whether a < b";
  EXPECT_FALSE(lt(2, -3));
  EXPECT_FALSE(lt(2, 2)) << "no number is less than itself";
  EXPECT_TRUE(eq(2, 2));
  EXPECT_FALSE(eq(2, 2 + 1e-15)) << "eq is exact; is_close is the one with a tolerance";
}

TEST(Operators, NaNEqualsNothing) {
  EXPECT_FALSE(eq(kNaN, kNaN)) << "NaN stands for \"no number\": it is not equal to itself";
  EXPECT_FALSE(is_close(kNaN, kNaN)) << "what does not equal itself is not close to itself";
}

TEST(Max, ReturnsTheLarger) {
  EXPECT_EQ(max(2, -3), 2) << "the larger, not the one of larger size";
  EXPECT_EQ(max(-3, 2), 2);
  EXPECT_EQ(max(-3, -3), -3) << "of two equal numbers, that number";
}

TEST(Max, KeepsANaNOnEitherSide) {
  EXPECT_TRUE(std::isnan(max(kNaN, 1)))
      << "a > b is false when a is NaN, so NaN needs a look of its own";
  EXPECT_TRUE(std::isnan(max(1, kNaN)));
}

TEST(Relu, CutsOffNegativeNumbers) {
  EXPECT_EQ(relu(2.5), 2.5) << "above 0, relu changes nothing";
  EXPECT_EQ(relu(-2.5), 0) << "below 0, relu is 0";
  EXPECT_EQ(relu(0), 0);
  EXPECT_FALSE(std::signbit(relu(-0.0))) << "-0.0 < 0 is false, yet relu(-0.0) must be +0: "
                                            "1 / relu(x) is never to be -infinity";
}

TEST(IsClose, MeasuresAgainstTheSize) {
  EXPECT_TRUE(is_close(1e9, 1e9 + 1)) << "1 is nothing against a thousand million";
  EXPECT_FALSE(is_close(1e9, 1e9 + 1e6));
  EXPECT_TRUE(is_close(0, 1e-9))
      << "below 1 the distance itself counts: no share of 0 is large enough";
  EXPECT_FALSE(is_close(0, 1e-3));
}

TEST(IsClose, KeepsInfinityApart) {
  EXPECT_TRUE(is_close(kInfinity, kInfinity))
      << "infinity - infinity is NaN: look for equality first";
  EXPECT_FALSE(is_close(kInfinity, 1)) << "1e-6 * infinity is infinity, and infinity <= infinity";
}

}  // namespace
}  // namespace gradbook
