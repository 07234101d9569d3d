#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "02_scalar/label.hpp"
#include "02_scalar/scalar.hpp"
#include "support/gradcheck.hpp"

namespace gradbook {
namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

TEST(Activations, ReluCutsOffBelowZero) {
  EXPECT_EQ(relu(Scalar{2.5}).value(), 2.5);
  EXPECT_EQ(relu(Scalar{-2.5}).value(), 0.0);
  EXPECT_EQ(relu(Scalar{0.0}).value(), 0.0);
}

TEST(Activations, ReluHasSlopeOneAboveZeroAndNoneElsewhere) {
  EXPECT_EQ(relu_partials(*relu(Scalar{2.5}).node())[0], 1.0);
  EXPECT_EQ(relu_partials(*relu(Scalar{-2.5}).node())[0], 0.0);
  EXPECT_EQ(relu_partials(*relu(Scalar{0.0}).node())[0], 0.0)
      << "at the kink the slope is taken to be 0";
}

TEST(Activations, NaNPassesThrough) {
  EXPECT_TRUE(std::isnan(relu(Scalar{kNaN}).value()))
      << "relu must not hide a NaN as 0: any comparison with NaN is false, so mind which branch is "
         "left";
  EXPECT_TRUE(std::isnan(sigmoid(Scalar{kNaN}).value()));
  EXPECT_TRUE(std::isnan(tanh(Scalar{kNaN}).value()));
}

TEST(Activations, SigmoidIsOneOverOnePlusExp) {
  EXPECT_DOUBLE_EQ(sigmoid(Scalar{0.0}).value(), 0.5);
  EXPECT_DOUBLE_EQ(sigmoid(Scalar{2.0}).value(), 1 / (1 + std::exp(-2.0)));
  EXPECT_DOUBLE_EQ(sigmoid(Scalar{-2.0}).value(), 1 / (1 + std::exp(2.0)));
}

TEST(Activations, SigmoidIsRightFarFromZero) {
  EXPECT_EQ(sigmoid(Scalar{1000.0}).value(), 1.0)
      << "exp(1000) overflows, and infinity / infinity is NaN";
  EXPECT_EQ(sigmoid(Scalar{-1000.0}).value(), 0.0);
  EXPECT_DOUBLE_EQ(sigmoid(Scalar{-40.0}).value(), std::exp(-40.0))
      << "a small value has 16 digits too: 1 - (almost 1) would lose them";
}

TEST(Activations, SigmoidIsSteepestInTheMiddle) {
  EXPECT_NEAR(sigmoid_partials(*sigmoid(Scalar{0.0}).node())[0], 0.25, 1e-14);
  const double s = 1 / (1 + std::exp(-2.0));
  EXPECT_NEAR(sigmoid_partials(*sigmoid(Scalar{2.0}).node())[0], s * (1 - s), 1e-14)
      << "with s = sigmoid(x), the slope is s (1 - s): it needs the value and not x";
}

TEST(Activations, TanhRunsFromMinusOneToOne) {
  EXPECT_DOUBLE_EQ(tanh(Scalar{0.5}).value(), std::tanh(0.5));
  EXPECT_EQ(tanh(Scalar{1000.0}).value(), 1.0);
  EXPECT_EQ(tanh(Scalar{-1000.0}).value(), -1.0);
  EXPECT_DOUBLE_EQ(tanh(Scalar{1e-9}).value(), 1e-9) << "close to 0, tanh(x) is x, to all digits";
}

TEST(Activations, TanhIsSteepestInTheMiddle) {
  EXPECT_NEAR(tanh_partials(*tanh(Scalar{0.0}).node())[0], 1.0, 1e-14);
  EXPECT_NEAR(tanh_partials(*tanh(Scalar{0.5}).node())[0], 1 - std::tanh(0.5) * std::tanh(0.5),
              1e-14)
      << "with t = tanh(x), the slope is 1 - t²";
}

TEST(Activations, EachIsOneOperationOnItsInput) {
  Scalar x{0.5, "x"};
  EXPECT_EQ(label(relu(x).node()), "relu(x)");
  EXPECT_EQ(label(sigmoid(x).node()), "sigmoid(x)");
  EXPECT_EQ(label(tanh(x).node()), "tanh(x)");
}

TEST(Activations, SlopesAgreeWithCentralDifferences) {
  for (double at : {-1.5, -0.2, 0.3, 2.0}) {
    Scalar x{at};
    for (const Scalar& y : {relu(x), sigmoid(x), tanh(x)}) {
      const Operation* op = y.node()->operation;
      const auto f = [&](const std::vector<double>& to) {
        const Scalar moved{to[0]};
        return (op == &kRelu      ? relu(moved)
                : op == &kSigmoid ? sigmoid(moved)
                                  : tanh(moved))
            .value();
      };
      EXPECT_NEAR(op->partials(*y.node())[0], numeric_gradient(f, {at})[0], 1e-8)
          << op->name << " at " << at;
    }
  }
}

}  // namespace
}  // namespace gradbook
