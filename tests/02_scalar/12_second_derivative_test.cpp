#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "02_scalar/second_derivative.hpp"
#include "support/scalars.hpp"

using ::testing::DoubleNear;
using ::testing::ElementsAre;
using ::testing::Pointwise;

namespace gradbook {
namespace {

// f', f'', f''' at x
std::vector<double> derivatives(Scalar f, const Scalar& x) {
  std::vector<double> result;
  while (result.size() < 3) {
    f = gradient(f, {{x}}).at(0);
    result.push_back(f.value());
  }
  return result;
}

TEST(SecondDerivative, HasTheGradientOfTheLecture) {
  Scalar u{6.0}, v{0.0};
  Scalar y = u * u + u * v;
  EXPECT_THAT(values(gradient(y, {{u, v}})), ElementsAre(12, 6))
      << "y = u² + uv has dy/du = 2u + v and dy/dv = u; u collects a share from each of its three "
         "uses";
}

TEST(SecondDerivative, DifferentiatesTheGradientAgain) {
  Scalar u{6.0}, v{0.0};
  Scalar y = u * u + u * v;
  Scalar dy_du = gradient(y, {{u, v}}).at(0);
  EXPECT_THAT(values(gradient(dy_du, {{u, v}})), ElementsAre(2, 1))
      << "dy/du = 2u + v was computed from u and v, so its own gradient is 2 and 1; 0 means that "
         "it has no history";
}

TEST(SecondDerivative, AnswersInTheOrderOfTheQuestion) {
  Scalar x{2.0}, y{3.0}, stranger{5.0};
  Scalar z = x * y;
  EXPECT_THAT(values(gradient(z, {{y, stranger, x, y}})), ElementsAre(2, 0, 3, 2))
      << "one number for each, in the order of wrt: 0 for what z does not depend on, and twice for "
         "what is asked twice";
}

TEST(SecondDerivative, KnowsInnerNumbersAndTheRoot) {
  Scalar x{2.0};
  Scalar a = x * x, y = a * a;
  EXPECT_THAT(values(gradient(y, {{y, a, x}})), ElementsAre(1, 8, 32))
      << "dy/dy = 1, dy/da = 2a, dy/dx = 4x³: a gradient by any number on the way";
}

TEST(SecondDerivative, KnowsTheRuleOfEveryOperation) {
  const double at = 0.7, s = 1 / (1 + std::exp(-at)), t = std::tanh(at), e = std::exp(at);
  const double ds = s * (1 - s), dt = 1 - t * t;
  Scalar x{at};
  const auto expect = [&](const char* text, const Scalar& f, const std::vector<double>& expected) {
    EXPECT_THAT(derivatives(f, x), Pointwise(DoubleNear(1e-12), expected))
        << "f', f'', f''' of " << text
        << ": where f' is right and f'' is not, its rule took a value where it needs a Scalar";
  };
  expect("x + x", x + x, {2, 0, 0});
  expect("3 - x", 3.0 - x, {-1, 0, 0});
  expect("-x", -x, {-1, 0, 0});
  expect("x * x", x * x, {2 * at, 2, 0});
  expect("2 / x", 2.0 / x, {-2 / (at * at), 4 / std::pow(at, 3), -12 / std::pow(at, 4)});
  expect("pow(x, 3)", pow(x, 3), {3 * at * at, 6 * at, 6});
  expect("exp(x)", exp(x), {e, e, e});
  expect("log(x)", log(x), {1 / at, -1 / (at * at), 2 / std::pow(at, 3)});
  expect("relu(x)", relu(x), {1, 0, 0});
  expect("sigmoid(x)", sigmoid(x), {ds, ds * (1 - 2 * s), ds * (1 - 6 * ds)});
  expect("tanh(x)", tanh(x), {dt, -2 * t * dt, dt * (6 * t * t - 2)});
}

TEST(SecondDerivative, IsNotNaNAtZero) {
  Scalar zero{0.0};
  EXPECT_THAT(derivatives(pow(zero, 2), zero), ElementsAre(0, 2, 0))
      << "x² has the derivatives 2x, 2 and 0, and pow(0, -1) has no place in any of them";
  EXPECT_EQ(gradient(relu(zero), {{zero}}).at(0).value(), 0) << "the slope of relu at 0 is 0";
}

TEST(SecondDerivative, LeavesTheGradsOfNodesAlone) {
  Scalar x{3.0};
  Scalar y = x * x;
  x.set_grad(7.0);
  gradient(y, {{x}});
  EXPECT_EQ(x.grad(), 7.0) << "gradient returns its numbers; node->grad belongs to backward";
}

TEST(SecondDerivative, StartsAfreshEveryTime) {
  Scalar x{3.0};
  Scalar y = x * x;
  gradient(y, {{x}});
  EXPECT_THAT(values(gradient(y, {{x}})), ElementsAre(6))
      << "a second call must not add to what the first one found";
}

}  // namespace
}  // namespace gradbook
