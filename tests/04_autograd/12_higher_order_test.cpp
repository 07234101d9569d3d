#include <gtest/gtest.h>

#include "04_autograd/higher_order.hpp"
#include "support/array_matchers.hpp"

namespace gradbook {
namespace {

TEST(Grad, HasAGradientForEachInTheirOrder) {
  Tensor x({2}, {2, 3}, true), y({2}, {5, 7}, true);
  const std::vector<Tensor> grads = grad(sum(x * x * y), {y, x, y});
  ASSERT_EQ(grads.size(), 3u);
  EXPECT_THAT(grads[0].value(), is_array({2}, {4, 9}));
  EXPECT_THAT(grads[1].value(), is_array({2}, {20, 42}));
  EXPECT_THAT(grads[2].value(), is_array({2}, {4, 9})) << "the same one may be asked for twice";
}

TEST(Grad, IsZeroForWhatHasNoInfluence) {
  Tensor x(Array::scalar(2), true), other({3}, {1, 2, 3}, true);
  EXPECT_THAT(grad(x * x, {other})[0].value(), is_array({3}, {0, 0, 0}));
}

TEST(Grad, FindsResultsOnTheWay) {
  Tensor x(Array::scalar(2), true);
  const Tensor inner = x * x, y = inner * inner;
  EXPECT_EQ(grad(y, {inner})[0].item(), 8) << "2 · x²: visit sees inner tensors, too";
}

TEST(Grad, LeavesGradientsAlone) {
  Tensor x(Array::scalar(2), true);
  (x * 3).backward();
  EXPECT_EQ(grad(x * x, {x})[0].item(), 4);
  EXPECT_EQ(x.grad().item(), 3) << "the gradient in x is that of backward";
}

TEST(Grad, CanBeDifferentiatedAgainWhereRecorded) {
  Tensor x(Array::scalar(2), true);
  const Tensor once = grad(x * x * x, {x}, true)[0];
  EXPECT_EQ(once.item(), 12) << "3x²";
  ASSERT_TRUE(once.requires_grad()) << "record makes the gradients remember";
  const Tensor twice = grad(once, {x}, true)[0];
  EXPECT_EQ(twice.item(), 12) << "6x";
  EXPECT_EQ(grad(twice, {x})[0].item(), 6);
}

TEST(Grad, GivesTheGraphBackElse) {
  Tensor x(Array::scalar(2), true);
  const Tensor y = x * x;
  EXPECT_FALSE(grad(y, {x})[0].requires_grad());
  EXPECT_THROW(grad(y, {x}), GradientError) << "without record the graph is passed once";
}

TEST(Grad, RefusesWhatItCannotTake) {
  Tensor x({2}, {2, 3}, true), plain({2}, {5, 7});
  EXPECT_THROW(grad(x * x, {x}), GradientError) << "two results";
  EXPECT_THROW(grad(sum(x * plain), {plain}), GradientError) << "plain requires none";
}

TEST(Hessian, OfAQuadraticFormIsTheMatrixAndItsTranspose) {
  const Tensor a({2, 2}, {1, 2, 5, 3}), x({2, 1}, {0.5, -1});
  const Tensor h = hessian([&](const Tensor& v) { return matmul(v.t(), matmul(a, v)); }, x);
  EXPECT_THAT(h.value(), is_array({2, 2}, {2, 7, 7, 6}));
  EXPECT_FALSE(h.requires_grad());
}

TEST(Hessian, CountsElementsInRowMajorOrder) {
  const Tensor x({2, 2}, {1, 2, 3, 4}), weights({2, 2}, {1, 2, 3, 4});
  const Tensor h = hessian([&](const Tensor& v) { return sum(weights * v * v); }, x);
  EXPECT_THAT(h.value(), is_array({4, 4}, {2, 0, 0, 0, 0, 4, 0, 0, 0, 0, 6, 0, 0, 0, 0, 8}));
}

TEST(Hessian, OfAStraightFunctionIsZero) {
  const Tensor x({2}, {1, 2});
  EXPECT_THAT(hessian([](const Tensor& v) { return sum(v * 3); }, x).value(),
              is_array({2, 2}, {0, 0, 0, 0}))
      << "the slope is a constant, and has no history to go back along";
}

}  // namespace
}  // namespace gradbook
