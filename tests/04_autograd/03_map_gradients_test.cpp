#include <gtest/gtest.h>

#include <cmath>

#include "04_autograd/functions.hpp"
#include "support/array_matchers.hpp"

namespace gradbook {
namespace {

// What backward sends to a, where the gradient of the result is `grad`
Array gradient(Tensor (*f)(const Tensor&), const Array& a, const Array& grad) {
  const Tensor x(a, true);
  f(x).backward(grad);
  return x.grad().value();
}

const Array kGrad({2, 2}, {1, 10, -2, 0.5});

TEST(MapGradients, OfNegTurnsTheSign) {
  const Array a({2, 2}, {3, -1, 0, 2});
  EXPECT_THAT((-Tensor(a)).value(), is_array({2, 2}, {-3, 1, 0, -2}));
  EXPECT_THAT(gradient([](const Tensor& x) { return -x; }, a, kGrad),
              is_array({2, 2}, {-1, -10, 2, -0.5}))
      << "−a falls by 1 where a grows by 1: the gradient is −grad";
}

TEST(MapGradients, OfInvIsNegativeOnBothSidesOfZero) {
  const Array a({2, 2}, {2, -2, 4, 0.5});
  EXPECT_THAT(inv(Tensor(a)).value(), is_array({2, 2}, {0.5, -0.5, 0.25, 2}));
  EXPECT_THAT(gradient(inv, a, kGrad), is_array({2, 2}, {-0.25, -2.5, 0.125, -2}))
      << "b = 1/a has the slope −1/a² = −b²; times grad";
}

TEST(MapGradients, OfExpIsItsOwnResult) {
  const Array a({2, 2}, {0, 1, -1, 2});
  EXPECT_THAT(gradient(exp, a, kGrad),
              is_array({2, 2}, {1, 10 * std::exp(1.0), -2 * std::exp(-1.0), 0.5 * std::exp(2.0)}))
      << "the slope of eᵃ is eᵃ: save the result, and no exp has to be computed again";
}

TEST(MapGradients, OfLogDividesByTheInput) {
  const Array a({2, 2}, {1, 2, 4, 0.5});
  EXPECT_THAT(log(Tensor(a)).value(),
              is_array({2, 2}, {0, std::log(2.0), std::log(4.0), std::log(0.5)}));
  EXPECT_THAT(gradient(log, a, kGrad), is_array({2, 2}, {1, 5, -0.5, 1}))
      << "the slope of log a is 1/a: save the input, not the result";
}

TEST(MapGradients, OfSqrtDividesByTwiceTheResult) {
  const Array a({2, 2}, {4, 1, 16, 0.25});
  EXPECT_THAT(gradient(sqrt, a, kGrad), is_array({2, 2}, {0.25, 5, -0.25, 0.5}))
      << "the slope of b = √a is 1/2b";
}

TEST(MapGradients, OfSigmoidIsLargestInTheMiddle) {
  const Array a({2, 2}, {0, std::log(3.0), -std::log(3.0), 800});
  EXPECT_THAT(sigmoid(Tensor(a)).value(), is_array({2, 2}, {0.5, 0.75, 0.25, 1}));
  EXPECT_THAT(gradient(sigmoid, a, kGrad), is_array({2, 2}, {0.25, 1.875, -0.375, 0}))
      << "the slope of b = σ(a) is b(1 − b)";
}

TEST(MapGradients, OfTanhIsOneMinusTheSquareOfTheResult) {
  const Array a({2, 2}, {0, std::atanh(0.5), std::atanh(-0.5), -800});
  EXPECT_THAT(gradient(tanh, a, kGrad), is_array({2, 2}, {1, 7.5, -1.5, 0}))
      << "the slope of b = tanh a is 1 − b²";
}

TEST(MapGradients, OfReluIsLetThroughWhereTheInputIsPositive) {
  const Array a({2, 2}, {3, -1, 0, 2});
  EXPECT_THAT(relu(Tensor(a)).value(), is_array({2, 2}, {3, 0, 0, 2}));
  EXPECT_THAT(gradient(relu, a, kGrad), is_array({2, 2}, {1, 0, 0, 0.5}))
      << "grad where a > 0; at 0 we take the slope 0";
}

TEST(MapGradients, DoNotCareHowTheNumbersLie) {
  const Array a = permute(Array({2, 3}, {1, 2, 4, -1, -2, -4}), {1, 0});
  EXPECT_THAT(gradient(inv, a, Array::ones({3, 2})),
              is_array({3, 2}, {-1, -1, -0.25, -0.25, -0.0625, -0.0625}));
  EXPECT_THAT(gradient(exp, Array::scalar(0), Array::scalar(3)), is_array({}, {3}));
}

TEST(MapGradients, HaveGradientsThemselves) {
  const Tensor x({2}, {0.5, 2}, true), y = inv(x);
  const Tensor slope = functions::inv.backward(y.variable()->context, Tensor::ones({2}))[0];
  ASSERT_TRUE(slope.requires_grad())
      << "compute with tensors: what is computed from .value() has forgotten where it came from";
  slope.backward(Tensor::ones({2}));
  EXPECT_THAT(x.grad().value(), is_array({2}, {16, 0.25})) << "the slope of −1/a² is 2/a³";
}

}  // namespace
}  // namespace gradbook
