#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "01_foundations/operators.hpp"

namespace gradbook {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();

TEST(LogBack, IsOneOverX) {
  EXPECT_DOUBLE_EQ(log_back(4, 1), 0.25) << "the slope of log at 4 is 1/4";
  EXPECT_DOUBLE_EQ(log_back(4, 3), 0.75) << "d is dJ/dy: the chain rule multiplies the slope by it";
}

TEST(InvBack, FallsAsOneOverXSquared) {
  EXPECT_DOUBLE_EQ(inv_back(2, 1), -0.25) << "1/x falls, so its slope is negative";
  EXPECT_DOUBLE_EQ(inv_back(-2, 3), -0.75) << "it falls for negative x too: x² has no sign";
}

TEST(ReluBack, LetsDThroughAboveZero) {
  EXPECT_EQ(relu_back(2, 5), 5) << "above 0, relu(x) is x: d goes through unchanged";
  EXPECT_EQ(relu_back(2, -5), -5) << "the sign of x decides, not that of d";
  EXPECT_EQ(relu_back(-2, 5), 0) << "below 0, relu is flat: nothing goes through";
  EXPECT_EQ(relu_back(0, 5), 0)
      << "relu has no slope at 0; this book takes it to be 0, as PyTorch does";
}

TEST(ReluBack, StopsAnInfiniteD) {
  EXPECT_EQ(relu_back(-2, kInfinity), 0)
      << "0 * infinity is NaN: choose between d and 0 instead of multiplying";
}

TEST(SigmoidBack, IsSteepestAtZero) {
  EXPECT_DOUBLE_EQ(sigmoid_back(0, 1), 0.25) << "sigmoid(0) is 1/2, and the slope there 1/2 · 1/2";
  EXPECT_DOUBLE_EQ(sigmoid_back(1, 2), 0.3932238664829637)
      << "the slope is s(1 - s) with s = sigmoid(x): x is what went into sigmoid, not what came "
         "out";
}

TEST(SigmoidBack, KeepsItsDigitsFarOut) {
  EXPECT_NEAR(sigmoid_back(40, 1) / std::exp(-40), 1, 1e-12)
      << "1 - sigmoid(40) is 0 for doubles; sigmoid(-40) is the same number with all its digits";
}

TEST(TanhBack, IsOneAtZero) {
  EXPECT_DOUBLE_EQ(tanh_back(0, 1), 1) << "near 0, tanh(x) is x";
  EXPECT_NEAR(tanh_back(1, 2), 0.8399486832280523, 1e-14) << "2 · (1 - tanh(1)²)";
}

TEST(TanhBack, KeepsItsDigitsFarOut) {
  EXPECT_NEAR(tanh_back(-20, 1) / (4 * std::exp(-40)), 1, 1e-12)
      << "1 - tanh(20)² is 0 for doubles; 4 · sigmoid(40) · sigmoid(-40) is the same number";
}

}  // namespace
}  // namespace gradbook
