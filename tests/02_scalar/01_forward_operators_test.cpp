#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "02_scalar/label.hpp"
#include "02_scalar/scalar.hpp"

namespace gradbook {
namespace {

TEST(ForwardOperators, ComputeTheFourRules) {
  Scalar x{3.0}, y{-2.0};
  EXPECT_EQ((x + y).value(), 1.0);
  EXPECT_EQ((x - y).value(), 5.0) << "x - y is 3 - (-2): mind which operand comes first";
  EXPECT_EQ((x * y).value(), -6.0);
  EXPECT_EQ((x / y).value(), -1.5) << "x / y is 3 / (-2): mind which operand comes first";
  EXPECT_EQ((-x).value(), -3.0);
}

TEST(ForwardOperators, TakeANumberOnEitherSide) {
  Scalar x{4.0};
  EXPECT_EQ((3.0 - x).value(), -1.0);
  EXPECT_EQ((x - 3.0).value(), 1.0);
  EXPECT_EQ((2.0 / x).value(), 0.5);
  EXPECT_EQ((x / 2.0).value(), 2.0);
}

TEST(ForwardOperators, RememberWhatTheyWereComputedFrom) {
  Scalar x{4.0, "x"}, y{5.0, "y"};
  EXPECT_EQ(label((x + y).node()), "x+y");
  EXPECT_EQ(label((x - y).node()), "x-y")
      << "one operation, with x and y as its inputs in the order of the formula";
  EXPECT_EQ(label((x / y).node()), "x/y")
      << "one operation, and its inputs in the order of the formula";
  EXPECT_EQ(label((-x).node()), "-x") << "a negation has one input; 0 - x would have two";
  EXPECT_EQ(label((3.0 - x).node()), "3-x")
      << "a plain number is a leaf, and an input like any other";
}

TEST(ForwardOperators, UseTheNumberItselfAndNoCopyOfIt) {
  Scalar x{4.0, "x"}, y{5.0, "y"};
  for (const Scalar& result : {x + y, x - y, x * y, x / y}) {
    EXPECT_EQ(result.node()->inputs[0], x.node())
        << label(result.node()) << ": the first input is x's node";
    EXPECT_EQ(result.node()->inputs[1], y.node())
        << label(result.node()) << ": the second input is y's node";
  }
}

TEST(ForwardOperators, TreatTheSameNumberTwiceLikeTwoNumbers) {
  Scalar x{4.0, "x"};
  Scalar square = x * x;
  EXPECT_EQ(square.node()->operation, &kMul) << "x * x is a product whose two inputs are one node";
  EXPECT_EQ(square.node()->inputs[0], x.node());
  EXPECT_EQ(square.node()->inputs[1], x.node());
}

TEST(ForwardOperators, RecordEvenWhatChangesNothing) {
  Scalar x{4.0, "x"};
  EXPECT_EQ(label((x + 0.0).node()), "x+0")
      << "a step is recorded also where its value is that of x";
  EXPECT_EQ(label((x * 1.0).node()), "x*1");
  EXPECT_EQ(label(pow(x, 1).node()), "x^1");
}

TEST(ForwardOperators, RaiseToAnyConstantPower) {
  Scalar x{4.0, "x"};
  Scalar y = pow(x, -1.5);
  EXPECT_EQ(y.value(), 0.125) << "4^-1.5 is 1 / (4 · √4)";
  EXPECT_EQ(y.node()->exponent, -1.5)
      << "the derivative will need the exponent: keep it in the node";
  EXPECT_EQ(label(y.node()), "x^-1.5");
  EXPECT_EQ(pow(Scalar{-2.0}, 3).value(), -8.0) << "a negative number has whole powers";
}

TEST(ForwardOperators, DivideByZeroAsDoublesDo) {
  Scalar x{4.0};
  EXPECT_EQ((x / 0.0).value(), std::numeric_limits<double>::infinity());
  EXPECT_TRUE(std::isnan((Scalar{0.0} / 0.0).value()))
      << "0 / 0 has no value, and must not get one";
}

}  // namespace
}  // namespace gradbook
