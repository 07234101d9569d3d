#include <gtest/gtest.h>

#include "04_autograd/functions.hpp"
#include "support/array_matchers.hpp"

namespace gradbook {
namespace {

const Array kA({2, 3}, {1, 2, 3,  //
                        4, 5, 6});

TEST(MovementGradients, OfPermuteGoBackInTheInverseOrder) {
  const Tensor x(kA, true);
  const Tensor y = permute(x, {1, 0});
  EXPECT_THAT(y.value(), is_array({3, 2}, {1, 4, 2, 5, 3, 6}));
  EXPECT_EQ(y.value().storage(), x.value().storage()) << "no number is copied";
  y.backward(Array({3, 2}, {10, 40, 20, 50, 30, 60}));
  EXPECT_THAT(x.grad().value(), is_array({2, 3}, {10, 20, 30, 40, 50, 60}));
}

TEST(MovementGradients, OfThreeAxesNeedTheInverse) {
  const Tensor x = Tensor::ones({2, 1, 3}, true);
  permute(x, {2, 0, 1}).backward(Array({3, 2, 1}, {1, 4, 2, 5, 3, 6}));
  EXPECT_THAT(x.grad().value(), is_array({2, 1, 3}, {1, 2, 3, 4, 5, 6}))
      << "the inverse of the order (2, 0, 1) is (1, 2, 0): with two axes the two are the same";
}

TEST(MovementGradients, OfReshapeGetTheShapeBack) {
  const Tensor x(kA, true);
  const Tensor y = reshape(x, {3, -1});
  EXPECT_THAT(y.value(), is_array({3, 2}, {1, 2, 3, 4, 5, 6}));
  y.backward(permute(Array({2, 3}, {10, 30, 50, 20, 40, 60}), {1, 0}));
  EXPECT_THAT(x.grad().value(), is_array({2, 3}, {10, 20, 30, 40, 50, 60}))
      << "also where the gradient that comes in does not lie in order";
  EXPECT_THAT(reshape(permute(x, {1, 0}), {6}).value(), is_array({6}, {1, 4, 2, 5, 3, 6}))
      << "what is not contiguous has to be copied first";
}

TEST(MovementGradients, OfASliceAreZeroWhereNothingWasTaken) {
  const Tensor x(kA, true);
  const Tensor y = slice(x, 1, {0, 3, 2});
  EXPECT_THAT(y.value(), is_array({2, 2}, {1, 3, 4, 6}));
  y.backward(Array({2, 2}, {10, 30, 40, 60}));
  EXPECT_THAT(x.grad().value(), is_array({2, 3}, {10, 0, 30, 40, 0, 60}));
}

TEST(MovementGradients, OfPartsAreTheirSlices) {
  const Tensor x(kA, true), y({2, 1}, {7, 8}, true);
  const Tensor both = concat({y, x}, -1);
  EXPECT_THAT(both.value(), is_array({2, 4}, {7, 1, 2, 3, 8, 4, 5, 6}));
  both.backward(Array({2, 4}, {70, 10, 20, 30, 80, 40, 50, 60}));
  EXPECT_THAT(y.grad().value(), is_array({2, 1}, {70, 80}));
  EXPECT_THAT(x.grad().value(), is_array({2, 3}, {10, 20, 30, 40, 50, 60}))
      << "the second part begins where the first ends";
}

TEST(MovementGradients, OfPartsBelowOneAnother) {
  const Tensor x(kA, true), y({1, 3}, {7, 8, 9}, true);
  const Tensor both = concat({x, y});
  EXPECT_THAT(both.value(), is_array({3, 3}, {1, 2, 3, 4, 5, 6, 7, 8, 9}));
  both.backward(Array({3, 3}, {1, 2, 3, 4, 5, 6, 7, 8, 9}));
  EXPECT_THAT(y.grad().value(), is_array({1, 3}, {7, 8, 9}));
}

TEST(MovementGradients, OfARowThatWasTakenTwiceAreAddedUp) {
  const Tensor x({3, 2}, {1, 2, 3, 4, 5, 6}, true);
  const Tensor y = gather(x, {2, 0, 2});
  EXPECT_THAT(y.value(), is_array({3, 2}, {5, 6, 1, 2, 5, 6}));
  y.backward(Array({3, 2}, {1, 2, 30, 40, 500, 600}));
  EXPECT_THAT(x.grad().value(), is_array({3, 2}, {30, 40, 0, 0, 501, 602}))
      << "row 2 was taken twice, and row 1 never";
}

TEST(MovementGradients, RefuseWhatIsNotThere) {
  const Tensor x(kA);
  EXPECT_THROW(concat({}), ShapeError);
  EXPECT_THROW(concat({x, Tensor::ones({2, 4})}, 0), ShapeError)
      << "(2, 3) and (2, 4) go together along axis 1 alone";
  EXPECT_THROW(gather(x, {0, 2}), RangeError);
  EXPECT_THROW(gather(x, {-1}), RangeError);
  EXPECT_THROW(gather(Tensor::ones({2, 3, 4}), {0}), ShapeError);
}

TEST(MovementGradients, HaveGradientsThemselves) {
  const Tensor x(kA, true), grad({2, 2}, {1, 2, 3, 4}, true);
  const Tensor y = slice(x, 1, {1, 3});
  const Tensor back = functions::slice.backward(y.variable()->context, grad)[0];
  ASSERT_TRUE(back.requires_grad()) << "use the functions of functions.hpp, which remember";
  back.backward(kA);
  EXPECT_THAT(grad.grad().value(), is_array({2, 2}, {2, 3, 5, 6}));
}

}  // namespace
}  // namespace gradbook
