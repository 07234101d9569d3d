#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "02_scalar/dual.hpp"
#include "02_scalar/scalar.hpp"

using ::testing::DoubleNear;
using ::testing::ElementsAre;
using ::testing::Pointwise;

namespace gradbook {
namespace {

void expect_dual(Dual got, double value, double tangent, const char* says) {
  EXPECT_NEAR(got.value, value, 1e-12) << says;
  EXPECT_NEAR(got.tangent, tangent, 1e-12) << says;
}

TEST(DualNumbers, MultiplyByTheProductRule) {
  Dual a{3.0, 2.0}, b{5.0, -1.0};
  expect_dual(a * b, 15, 7, "(a b)' = a' b + a b' = 2·5 + 3·(-1)");
  expect_dual(a * a, 9, 12, "a² moves at 2 a a'");
  expect_dual(4.0 * a, 12, 8, "a number stands still: its tangent is 0");
}

TEST(DualNumbers, DivideByTheQuotientRule) {
  Dual a{6.0, 2.0}, b{2.0, 4.0};
  expect_dual(a / b, 3, -5, "(a / b)' = (a' - (a / b) b') / b = (2 - 3·4) / 2");
  expect_dual(1.0 / b, 0.5, -1, "1 / b falls as b grows: -b' / b²");
}

TEST(DualNumbers, DivideByLargeNumbersToo) {
  Dual a{6e200, 2e200}, b{2e200, 4e200};
  expect_dual(a / b, 3, -5,
              "b² would be 4e400, which is infinite in double: divide by b twice instead");
}

TEST(DualNumbers, TakePowers) {
  expect_dual(pow(Dual{2.0, 3.0}, 3), 8, 36, "(a³)' = 3 a² a'");
  expect_dual(pow(Dual{4.0, 3.0}, -0.5), 0.5, -0.1875, "(a^-½)' = -½ a^(-3/2) a'");
  expect_dual(pow(Dual{0.0, 3.0}, 0), 1, 0, "a⁰ is 1 for every a, so it stands still, also at 0");
}

TEST(DualNumbers, StopAtTheKinkOfRelu) {
  expect_dual(relu({2.0, 3.0}), 2, 3, "above 0 relu(a) is a");
  expect_dual(relu({-2.0, 3.0}), 0, 0, "below 0 it is the constant 0");
  expect_dual(relu({0.0, 3.0}), 0, 0, "the slope at 0 is taken to be 0, as in 2.4");
  EXPECT_TRUE(std::isnan(relu({std::nan(""), 1.0}).value)) << "a NaN must stay visible";
}

TEST(DualNumbers, SaturateWithoutOverflow) {
  expect_dual(sigmoid({0.0, 2.0}), 0.5, 0.5, "s (1 - s) a' = ½ · ½ · 2");
  expect_dual(sigmoid({1000.0, 2.0}), 1, 0, "exp(1000) is infinite, sigmoid(1000) is 1");
  expect_dual(sigmoid({-1000.0, 2.0}), 0, 0, "sigmoid(-1000) is 0");
  const double t = std::tanh(0.5);
  expect_dual(tanh(Dual{0.5, 2.0}), t, 2 * (1 - t * t), "(1 - t²) a'");
}

TEST(DualNumbers, GiveTheSlopeAlongADirection) {
  const auto f = [](std::span<const Dual> x) { return x[0] * x[1] * x[1]; };
  const std::vector<double> x = {2, 3}, direction = {10, -1};
  EXPECT_DOUBLE_EQ(directional_derivative(f, x, direction), 78)
      << "∂f/∂x₀ · 10 + ∂f/∂x₁ · (-1) = 9·10 - 12, from one run in which both inputs move";
}

TEST(DualNumbers, AskForOneSpeedPerInput) {
  const auto f = [](std::span<const Dual>) { return Dual{1.0}; };
  const std::vector<double> two = {1, 2}, three = {1, 2, 3};
  EXPECT_THROW(directional_derivative(f, two, three), ShapeError)
      << "2 inputs cannot move along 3 speeds";
  EXPECT_THROW(directional_derivative(f, three, two), ShapeError)
      << "3 inputs cannot move along 2 speeds";
}

TEST(DualNumbers, NeedOneRunPerInputForTheGradient) {
  int runs = 0;
  const auto f = [&](std::span<const Dual> x) {
    ++runs;
    return x[0] * x[1] + x[2];
  };
  EXPECT_THAT(forward_gradient(f, std::vector<double>{2, 3, 4}), ElementsAre(3, 2, 1))
      << "in run i input i alone moves, at speed 1";
  EXPECT_EQ(runs, 3) << "three inputs, three runs; reverse mode needs one pass for all";
}

TEST(DualNumbers, AgreeWithReverseMode) {
  const auto lecture = [](const auto& x, const auto& y) {
    return log(pow(x, 2) + 1.0) * exp(y) + pow(y, 2) * x;
  };
  Scalar x{2.0, "x"}, y{3.0, "y"};
  lecture(x, y).backward();
  const auto f = [&](std::span<const Dual> d) { return lecture(d[0], d[1]); };
  EXPECT_THAT(forward_gradient(f, std::vector<double>{2, 3}),
              Pointwise(DoubleNear(1e-12), std::vector<double>{x.grad(), y.grad()}))
      << "the lecture's f(x, y) = log(x² + 1) exp(y) + y² x, differentiated in both directions";
}

}  // namespace
}  // namespace gradbook
