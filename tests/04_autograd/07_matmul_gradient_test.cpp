#include <gtest/gtest.h>

#include "04_autograd/functions.hpp"
#include "support/array_matchers.hpp"

namespace gradbook {
namespace {

TEST(MatmulGradient, SendsEachFactorTheOther) {
  Tensor a({1, 2}, {2, 3}, true), b({2, 1}, {5, 7}, true);
  const Tensor c = matmul(a, b);
  EXPECT_EQ(c.item(), 31);
  c.backward();
  EXPECT_THAT(a.grad().value(), is_array({1, 2}, {5, 7}))
      << "c = 2·5 + 3·7: by the 2 its slope is 5, by the 3 it is 7";
  EXPECT_THAT(b.grad().value(), is_array({2, 1}, {2, 3}));
}

TEST(MatmulGradient, FollowsTheGradientOfEachElement) {
  Tensor a({1, 2}, {2, 3}, true), b({2, 2}, {5, 7, 11, 13}, true);
  matmul(a, b).backward(Tensor({1, 2}, {1, 10}));
  EXPECT_THAT(a.grad().value(), is_array({1, 2}, {75, 141})) << "grad·bᵀ: 1·5 + 10·7, 1·11 + 10·13";
  EXPECT_THAT(b.grad().value(), is_array({2, 2}, {2, 20, 3, 30})) << "aᵀ·grad";
}

TEST(MatmulGradient, HasTheShapesOfTheFactors) {
  Tensor a({2, 3}, {1, 2, 3, 4, 5, 6}, true), b({3, 2}, {1, -1, 2, -2, 3, -3}, true);
  matmul(a, b).backward(Tensor({2, 2}, {1, 2, 3, 4}));
  EXPECT_THAT(a.grad().value(), is_array({2, 3}, {-1, -2, -3, -1, -2, -3}));
  EXPECT_THAT(b.grad().value(), is_array({3, 2}, {13, 18, 17, 24, 21, 30}))
      << "its first row: column 0 of a, (1, 4), times grad";
}

TEST(MatmulGradient, KeepsTheProductsOfABatchApart) {
  Tensor a({2, 1, 2}, {1, 2, 3, 4}, true), b({2, 2, 1}, {5, 6, 7, 8}, true);
  matmul(a, b).backward(Tensor({2, 1, 1}, {1, 10}));
  EXPECT_THAT(a.grad().value(), is_array({2, 1, 2}, {5, 6, 70, 80}));
  EXPECT_THAT(b.grad().value(), is_array({2, 2, 1}, {1, 2, 30, 40}))
      << "transpose the last two axes: those before them number the products";
}

TEST(MatmulGradient, SumsUpForAMatrixThatTheBatchShares) {
  Tensor a({2, 1, 2}, {1, 2, 3, 4}, true), b({2, 1}, {5, 6}, true);
  matmul(a, b).backward(Tensor({2, 1, 1}, {1, 10}));
  EXPECT_THAT(b.grad().value(), is_array({2, 1}, {31, 42}))
      << "b was broadcast: 1·(1, 2) from the first product and 10·(3, 4) from the second";
  EXPECT_THAT(a.grad().value(), is_array({2, 1, 2}, {5, 6, 50, 60}));
}

TEST(MatmulGradient, SumsUpForAFirstFactorThatTheBatchShares) {
  Tensor a({1, 2}, {1, 2}, true), b({2, 2, 1}, {5, 6, 7, 8}, true);
  matmul(a, b).backward(Tensor({2, 1, 1}, {1, 10}));
  EXPECT_THAT(a.grad().value(), is_array({1, 2}, {75, 86}));
}

TEST(MatmulGradient, SumsUpAlongAnAxisOfSizeOne) {
  Tensor a({2, 1, 1}, {2, 3}, true), b({1, 1, 1}, {5}, true);
  matmul(a, b).backward(Tensor({2, 1, 1}, {1, 10}));
  EXPECT_THAT(b.grad().value(), is_array({1, 1, 1}, {32}))
      << "b has the axis with size 1: it is summed, and stays";
}

TEST(MatmulGradient, CanBeDifferentiatedAgain) {
  Tensor a({1, 1}, {3}, true), b({1, 1}, {5}, true);
  const Tensor c = matmul(a, b);
  const Variable& made = *c.variable();
  const std::vector<Tensor> grads = made.function->backward(made.context, Tensor::ones({1, 1}));
  grads[1].backward(Tensor::ones({1, 1}));
  EXPECT_EQ(a.grad().item(), 1)
      << "the gradient of b is a itself: save the tensor, not its numbers";
}

}  // namespace
}  // namespace gradbook
