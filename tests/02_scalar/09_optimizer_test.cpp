#include <gtest/gtest.h>

#include <cmath>

#include "02_scalar/training.hpp"

namespace gradbook {
namespace {

TEST(Optimizer, StepsAgainstTheGradient) {
  Scalar w = 3.0, b = -1.0;
  w.set_grad(2);
  b.set_grad(-4);
  Optimizer({w, b}, 0.25).step();
  EXPECT_DOUBLE_EQ(w.value(), 2.5)
      << "3 − 0.25 · 2: the parameter is the model's own number, changed in place";
  EXPECT_DOUBLE_EQ(b.value(), 0) << "−1 − 0.25 · (−4): a negative gradient raises the value";
}

TEST(Optimizer, StepsATenthOfTheGradientUnlessToldOtherwise) {
  Scalar w = 3.0;
  w.set_grad(2);
  Optimizer({w}).step();
  EXPECT_DOUBLE_EQ(w.value(), 2.8);
}

TEST(Optimizer, LeavesTheGradientsToZeroGrad) {
  Scalar w = 3.0;
  w.set_grad(2);
  Optimizer optimizer({w}, 0.25);
  optimizer.step();
  EXPECT_DOUBLE_EQ(w.grad(), 2) << "step changes values only";
  optimizer.step();
  EXPECT_DOUBLE_EQ(w.value(), 2) << "so a second step goes as far again";
}

TEST(Optimizer, ForgetsAllGradients) {
  Scalar w = 3.0, b = -1.0, c = 0.5;
  w.set_grad(2);
  b.set_grad(-4);
  c.set_grad(std::nan(""));
  Optimizer({w, b, c}).zero_grad();
  EXPECT_EQ(w.grad(), 0);
  EXPECT_EQ(b.grad(), 0);
  EXPECT_EQ(c.grad(), 0) << "even NaN: set the grad, do not multiply it";
  EXPECT_EQ(w.value(), 3) << "zero_grad changes grads only";
}

TEST(Optimizer, LeavesOtherNumbersAlone) {
  Scalar w = 3.0, frozen = 7.0;
  w.set_grad(2);
  frozen.set_grad(2);
  Optimizer optimizer({w});
  optimizer.step();
  optimizer.zero_grad();
  EXPECT_EQ(frozen.value(), 7) << "only the parameters that it was given are its own";
  EXPECT_EQ(frozen.grad(), 2);
}

TEST(Optimizer, FindsTheBottomOfAParabola) {
  Scalar w = 3.0;
  Optimizer optimizer({w}, 0.25);
  for (int i = 0; i < 60; ++i) {
    w.set_grad(2 * (w.value() - 1));  // of (w − 1)²
    optimizer.step();
  }
  EXPECT_NEAR(w.value(), 1, 1e-12) << "each step halves the distance to 1";
}

}  // namespace
}  // namespace gradbook
