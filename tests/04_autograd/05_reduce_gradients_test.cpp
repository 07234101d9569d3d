#include <gtest/gtest.h>

#include "04_autograd/functions.hpp"
#include "support/array_matchers.hpp"

namespace gradbook {
namespace {

const Array kA({2, 3}, {1, 5, 2,  //
                        7, 4, 7});

TEST(ReduceGradients, OfASumAreGradForEveryElement) {
  const Tensor x(kA, true);
  const Tensor rows = sum(x, {1});
  EXPECT_THAT(rows.value(), is_array({2}, {8, 18}));
  rows.backward(Array({2}, {10, -1}));
  EXPECT_THAT(x.grad().value(), is_array({2, 3}, {10, 10, 10, -1, -1, -1}))
      << "each element gets the gradient of the sum that it is in";
}

TEST(ReduceGradients, OfASumAlongTheFirstAxisGoDownTheColumns) {
  const Tensor x(kA, true);
  sum(x, {0}).backward(Array({3}, {1, 2, 3}));
  EXPECT_THAT(x.grad().value(), is_array({2, 3}, {1, 2, 3, 1, 2, 3}));
}

TEST(ReduceGradients, AreTheSameWhereTheAxisIsKept) {
  const Tensor x(kA, true);
  const Tensor rows = sum(x, {-1}, true);
  EXPECT_THAT(rows.value(), is_array({2, 1}, {8, 18}));
  rows.backward(Array({2, 1}, {10, -1}));
  EXPECT_THAT(x.grad().value(), is_array({2, 3}, {10, 10, 10, -1, -1, -1}));
}

TEST(ReduceGradients, GoBackToAxesInTheMiddle) {
  const Tensor x = Tensor::ones({2, 3, 2}, true);
  sum(x, {1}).backward(Array({2, 2}, {1, 2, 3, 4}));
  EXPECT_THAT(x.grad().value(), is_array({2, 3, 2}, {1, 2, 1, 2, 1, 2, 3, 4, 3, 4, 3, 4}))
      << "axis 1 has to come back where it was: reshape to (2, 1, 2), then expand";
}

TEST(ReduceGradients, OfAMeanDivideByHowManyThereWere) {
  const Tensor x(kA, true);
  const Tensor columns = mean(x, {0});
  EXPECT_THAT(columns.value(), is_array({3}, {4, 4.5, 4.5}));
  columns.backward(Array({3}, {2, 4, -6}));
  EXPECT_THAT(x.grad().value(), is_array({2, 3}, {1, 2, -3, 1, 2, -3}))
      << "a mean along axis 0 is of two elements: neither 3 nor 6";

  const Tensor y(kA, true);
  mean(y).backward(12);
  EXPECT_THAT(y.grad().value(), is_array({2, 3}, {2, 2, 2, 2, 2, 2})) << "and of all it is of six";
}

TEST(ReduceGradients, OfTheLargestGoToTheLargest) {
  const Tensor x(kA, true);
  const Tensor largest = max(x, {0});
  EXPECT_THAT(largest.value(), is_array({3}, {7, 5, 7}));
  largest.backward(Array({3}, {1, 10, 100}));
  EXPECT_THAT(x.grad().value(), is_array({2, 3}, {0, 10, 0, 1, 0, 100}));
}

TEST(ReduceGradients, OfTheLargestAreSharedAmongEquals) {
  const Tensor x(kA, true);
  max(x, {1}).backward(Array({2}, {1, 10}));
  EXPECT_THAT(x.grad().value(), is_array({2, 3}, {0, 1, 0, 5, 0, 5}))
      << "both sevens are the largest of their row: each gets half";
}

TEST(ReduceGradients, OfNumbersBelowZero) {
  EXPECT_THAT(max(Tensor({3}, {-3, -1, -2}), {0}).value(), is_array({}, {-1}));
}

TEST(ReduceGradients, HaveGradientsThemselves) {
  const Tensor grad({2}, {10, -1}, true);
  const Tensor x(kA, true);
  const Tensor rows = sum(x, {1});
  const Tensor spread = functions::sum.backward(rows.variable()->context, grad)[0];
  ASSERT_TRUE(spread.requires_grad()) << "use the functions of functions.hpp, which remember";
  spread.backward(Array({2, 3}, {1, 2, 3, 4, 5, 6}));
  EXPECT_THAT(grad.grad().value(), is_array({2}, {6, 15}));
}

TEST(ReduceGradients, RefuseAnAxisThatIsNotThere) {
  EXPECT_THROW(sum(Tensor(kA), {2}), RangeError);
  EXPECT_THROW(mean(Tensor(kA), {0, -2}), RangeError) << "axis −2 is axis 0: it is named twice";
}

}  // namespace
}  // namespace gradbook
