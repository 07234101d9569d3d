#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "04_autograd/custom.hpp"
#include "support/array_matchers.hpp"

namespace gradbook {
namespace {

TEST(MyRelu, IsTheLargerOfANumberAndZero) {
  EXPECT_THAT(my_relu(Tensor({2, 2}, {-1, 2, 0, -3})).value(), is_array({2, 2}, {0, 2, 0, 0}));
}

TEST(MyRelu, LetsTheGradientThroughWhereTheInputIsPositive) {
  Tensor a({3}, {-1, 2, 3}, true);
  my_relu(a).backward(Tensor({3}, {10, -20, 30}));
  EXPECT_THAT(a.grad().value(), is_array({3}, {0, -20, 30}))
      << "it is the sign of a that counts, not that of grad";
}

TEST(MyRelu, HasSlopeZeroAtZero) {
  Tensor a(Array::scalar(0), true);
  my_relu(a).backward();
  EXPECT_EQ(a.grad().item(), 0);
}

TEST(MyRelu, LeavesNanAsItIs) {
  EXPECT_TRUE(std::isnan(my_relu(std::numeric_limits<Real>::quiet_NaN()).item()))
      << "every comparison with NaN is false: choose the one that lets it pass";
}

TEST(MyRelu, ReadsViewsAsTheyAre) {
  const Array a({2, 3}, {1, -2, 3, -4, 5, -6});
  EXPECT_THAT(my_relu(permute(a, {1, 0})).value(), is_array({3, 2}, {1, 0, 0, 5, 3, 0}));
  EXPECT_THAT(a, is_array({2, 3}, {1, -2, 3, -4, 5, -6})) << "the input stays as it was";
}

TEST(MyRelu, IsOneFunctionWithAName) {
  Tensor a({2}, {-1, 2}, true);
  const Tensor b = my_relu(a);
  EXPECT_STREQ(b.variable()->function->name, "my_relu")
      << "apply a Function of your own: name, forward, backward";
}

TEST(MyRelu, KeepsWhatEachCallNeeds) {
  Tensor a({2}, {-1, 2}, true), b({2}, {3, -4}, true);
  const Tensor first = my_relu(a), second = my_relu(b);
  (first + second).backward(Tensor::ones({2}));
  EXPECT_THAT(a.grad().value(), is_array({2}, {0, 1})) << "context belongs to one call";
  EXPECT_THAT(b.grad().value(), is_array({2}, {1, 0}));
}

TEST(MyRelu, CanBeDifferentiatedAgain) {
  Tensor x(Array::scalar(2), true);
  const Tensor h = my_relu(x);
  Tensor slope;
  send_back(h * h * h, 1, {.record = true}, [&](Variable& variable, const Tensor& grad) {
    if (&variable == x.variable()) slope = grad;
  });
  EXPECT_EQ(slope.item(), 12) << "3x²";
  ASSERT_TRUE(slope.requires_grad());
  slope.backward();
  EXPECT_EQ(x.grad().item(), 12) << "6x: compute the gradient with tensors, not with their numbers";
}

}  // namespace
}  // namespace gradbook
