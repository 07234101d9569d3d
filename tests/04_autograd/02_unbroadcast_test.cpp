#include <gtest/gtest.h>

#include "04_autograd/functions.hpp"
#include "support/array_matchers.hpp"

namespace gradbook {
namespace {

using testing::HasSubstr;

const Array kGrad({2, 3}, {1, 2, 3,  //
                           10, 20, 30});

TEST(Unbroadcast, SumsAlongAnAxisThatWasMissing) {
  EXPECT_THAT(unbroadcast(kGrad, {3}).value(), is_array({3}, {11, 22, 33}))
      << "(3) was used once for each of the two rows: its gradient is the sum of both";
}

TEST(Unbroadcast, SumsAlongAnAxisOfSizeOne) {
  EXPECT_THAT(unbroadcast(kGrad, {2, 1}).value(), is_array({2, 1}, {6, 60}))
      << "(2, 1) was used for all three columns, and keeps its axis";
  EXPECT_THAT(unbroadcast(kGrad, {1, 3}).value(), is_array({1, 3}, {11, 22, 33}));
}

TEST(Unbroadcast, SumsAlongSeveralAxes) {
  EXPECT_THAT(unbroadcast(kGrad, {1}).value(), is_array({1}, {66}))
      << "axis 0 was missing, and axis 1 had size 1";
  EXPECT_THAT(unbroadcast(kGrad, {}).value(), is_array({}, {66}))
      << "a single number was used for every element";

  const Tensor grad = Tensor::ones({2, 3, 4, 5});
  EXPECT_THAT(unbroadcast(grad, {3, 1, 5}).value(), is_array({3, 1, 5}, std::vector<Real>(15, 8)))
      << "(3, 1, 5) stands below the last three axes of (2, 3, 4, 5): axes 0 and 2 were repeated";
}

TEST(Unbroadcast, HandsOnWhatFitsAlready) {
  const Tensor grad(kGrad, true);
  EXPECT_EQ(unbroadcast(grad, {2, 3}).variable(), grad.variable())
      << "nothing was repeated: the gradient itself is the answer";
}

TEST(Unbroadcast, OfNoElementsIsZero) {
  EXPECT_THAT(unbroadcast(Tensor::zeros({2, 0}), {2, 1}).value(), is_array({2, 1}, {0, 0}))
      << "an element that was repeated zero times has no influence";
}

TEST(Unbroadcast, HasAGradient) {
  const Tensor grad(kGrad, true);
  const Tensor result = unbroadcast(grad, {3});
  ASSERT_TRUE(result.requires_grad()) << "use the functions of functions.hpp, which remember";
  result.backward(Array({3}, {1, 2, 3}));
  EXPECT_THAT(grad.grad().value(), is_array({2, 3}, {1, 2, 3, 1, 2, 3}));
}

TEST(Unbroadcast, RefusesAShapeThatDoesNotBroadcast) {
  EXPECT_THROW(unbroadcast(kGrad, {2}), ShapeError)
      << "(2) stands below the last axis of (2, 3), and 2 cannot have been repeated to 3";
  EXPECT_THROW(unbroadcast(kGrad, {4, 1}), ShapeError);
  try {
    unbroadcast(Tensor::ones({3}), {2, 3});
    FAIL() << "(2, 3) is larger than (3): it cannot have been broadcast to it";
  } catch (const ShapeError& error) {
    EXPECT_THAT(error.what(), HasSubstr("(2, 3)"));
    EXPECT_THAT(error.what(), HasSubstr("(3)"));
  }
}

}  // namespace
}  // namespace gradbook
