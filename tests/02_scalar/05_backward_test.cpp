#include <gtest/gtest.h>

#include "02_scalar/scalar.hpp"

namespace gradbook {
namespace {

TEST(Backward, SendsTheSlopesToTheInputs) {
  Scalar x{3.0}, y{5.0};
  Scalar product = x * y;
  backward(product.node());
  EXPECT_EQ(product.grad(), 1.0) << "the result changes by 1 for each unit of itself";
  EXPECT_EQ(x.grad(), 5.0);
  EXPECT_EQ(y.grad(), 3.0);
}

TEST(Backward, AddsUpWhatComesOverBothInputs) {
  Scalar a{3.0};
  backward((a + a).node());
  EXPECT_EQ(a.grad(), 2.0) << "a reaches the sum twice: its grad is a sum, so add to it";
}

TEST(Backward, WaitsUntilANodeHasHeardFromAllItsUsers) {
  Scalar a{3.0};
  Scalar b = a + a, c = b + b;
  backward(c.node());
  EXPECT_EQ(b.grad(), 2.0);
  EXPECT_EQ(a.grad(), 4.0) << "b passes on its grad once, when it is complete";
}

TEST(Backward, WaitsAlsoWhereOneWayIsLonger) {
  Scalar x{2.0};
  Scalar a = x * x, b = a * x, f = a * b;
  backward(f.node());
  EXPECT_DOUBLE_EQ(a.grad(), 16.0) << "f = a · (a · x) has slope 2ax by a: a is used on two levels";
  EXPECT_DOUBLE_EQ(x.grad(), 80.0) << "f = x⁵ has slope 5x⁴";
}

TEST(Backward, SumsUpInLeavesFromCallToCall) {
  Scalar x{3.0};
  Scalar inner = x * x, y = inner * x;
  backward(y.node());
  EXPECT_EQ(x.grad(), 27.0) << "3x²";
  backward(y.node());
  EXPECT_EQ(x.grad(), 54.0)
      << "the second call adds the same again: what was computed starts at 0, a leaf does not";
  EXPECT_EQ(inner.grad(), 3.0) << "inner is no leaf: its grad is that of the last call";
}

TEST(Backward, StartsWithTheSeed) {
  Scalar x{3.0};
  Scalar y = x * x;
  backward(y.node(), -0.5);
  EXPECT_EQ(y.grad(), -0.5);
  EXPECT_EQ(x.grad(), -3.0) << "every grad is multiplied by the seed";
}

TEST(Backward, LeavesAloneWhatTheRootDoesNotDependOn) {
  Scalar x{3.0}, other{4.0};
  Scalar inner = x * x, outer = inner * other;
  outer.set_grad(7.0);
  backward(inner.node());
  EXPECT_EQ(x.grad(), 6.0);
  EXPECT_EQ(other.grad(), 0.0);
  EXPECT_EQ(outer.grad(), 7.0) << "outer is computed from inner, not the other way round";
}

TEST(Backward, AddsTheSeedToARootThatIsALeaf) {
  Scalar x{3.0};
  backward(x.node());
  backward(x.node());
  EXPECT_EQ(x.grad(), 2.0) << "a leaf adds up, also where it is the root";
}

TEST(BackwardPull, CollectsFromBothInputs) {
  Scalar x{3.0}, y{5.0};
  backward_pull((x * y + x * x).node());
  EXPECT_EQ(x.grad(), 11.0) << "x has three uses: one in x * y, and two in x * x";
  EXPECT_EQ(y.grad(), 3.0) << "y is the second input of x * y: take the slope of its slot";
}

TEST(BackwardPull, AgreesWithBackward) {
  Scalar x{0.5}, y{2.0};
  Scalar f = log(pow(x, 2) + 1.0) * exp(y) + pow(y, 2) * x;
  backward(f.node(), 3.0);
  const double by_x = x.grad(), by_y = y.grad();
  x.set_grad(0);
  y.set_grad(0);
  backward_pull(f.node(), 3.0);
  EXPECT_DOUBLE_EQ(x.grad(), by_x)
      << "the two versions differ in who does the work, not in the result";
  EXPECT_DOUBLE_EQ(y.grad(), by_y);
}

TEST(BackwardPull, SumsUpInLeavesFromCallToCall) {
  Scalar x{3.0};
  Scalar inner = x * x, y = inner * x;
  backward_pull(y.node());
  backward_pull(y.node());
  EXPECT_EQ(x.grad(), 54.0) << "2 · 3x²: what was computed starts at 0, a leaf does not";
  EXPECT_EQ(inner.grad(), 3.0) << "inner is no leaf: its grad is that of the last call";
}

TEST(BackwardPull, AddsTheSeedToARootThatIsALeaf) {
  Scalar x{3.0};
  backward_pull(x.node());
  backward_pull(x.node(), 2.0);
  EXPECT_EQ(x.grad(), 3.0);
}

}  // namespace
}  // namespace gradbook
