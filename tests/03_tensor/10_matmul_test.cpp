#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "03_tensor/matmul.hpp"
#include "support/array_matchers.hpp"

using ::testing::HasSubstr;

namespace gradbook {
namespace {

Array two_by_three() {
  return Array({2, 3}, {1, 2, 3,  //
                        4, 5, 6});
}
Array three_by_two() {
  return Array({3, 2}, {7, 8,   //
                        9, 10,  //
                        11, 12});
}

TEST(Matmul, MultipliesRowsWithColumns) {
  EXPECT_THAT(matmul(two_by_three(), three_by_two()), is_array({2, 2}, {58, 64, 139, 154}))
      << "58 is 1 · 7 + 2 · 9 + 3 · 11";
  EXPECT_THAT(matmul(three_by_two(), two_by_three()),
              is_array({3, 3}, {39, 54, 69, 49, 68, 87, 59, 82, 105}))
      << "(3, 2) times (2, 3) is (3, 3): the inner sizes go";
}

TEST(Matmul, DependsOnTheOrder) {
  const Array a({2, 2}, {1, 2, 3, 4}), b({2, 2}, {0, 1, 1, 1});
  EXPECT_THAT(matmul(a, b), is_array({2, 2}, {2, 3, 4, 7}));
  EXPECT_THAT(matmul(b, a), is_array({2, 2}, {3, 4, 4, 6})) << "b · a is another matrix";
}

TEST(Matmul, ReadsThroughStrides) {
  const Array a = two_by_three(), transpose = view_of(a, {3, 2}, {1, 3});  // nothing is copied
  EXPECT_THAT(matmul(a, transpose), is_array({2, 2}, {14, 32, 32, 77}));
  EXPECT_THAT(matmul(transpose, a), is_array({3, 3}, {17, 22, 27, 22, 29, 36, 27, 36, 45}));
}

TEST(Matmul, MultipliesEveryMatrixOfABatch) {
  const Array a({2, 1, 2}, {1, 2, 3, 4}), b({2, 2, 1}, {5, 6, 7, 8});
  EXPECT_THAT(matmul(a, b), is_array({2, 1, 1}, {17, 53}))
      << "the first matrix of a with the first of b, the second with the second";
}

TEST(Matmul, BroadcastsTheAxesBeforeTheLastTwo) {
  const Array batch({2, 1, 2}, {1, 2, 3, 4}), one({2, 2}, {1, 0, 10, 1});
  EXPECT_THAT(matmul(batch, one), is_array({2, 1, 2}, {21, 2, 43, 4}))
      << "every matrix of the batch with the one on the right";
  EXPECT_THAT(matmul(Array({1, 2}, {1, 2}), Array({2, 2, 1}, {1, 2, 3, 4})),
              is_array({2, 1, 1}, {5, 11}))
      << "the one on the left with every matrix of the batch";
}

TEST(Matmul, OfNoTermsIsZero) {
  EXPECT_THAT(matmul(Array({2, 0}), Array({0, 3})), is_array({2, 3}, {0, 0, 0, 0, 0, 0}))
      << "each of the six elements is a sum of nothing";
}

TEST(Matmul, LeavesNoTermOut) {
  const Real nan = std::numeric_limits<Real>::quiet_NaN();
  EXPECT_TRUE(std::isnan(matmul(Array({1, 1}, {0}), Array({1, 1}, {nan})).item()))
      << "0 · NaN is NaN: a fault upstream must stay visible";
}

TEST(Matmul, SaysWhichInnerSizesDiffer) {
  try {
    matmul(Array({3, 4}), Array({5, 2}));
    FAIL() << "a row of 4 numbers and a column of 5 do not pair up";
  } catch (const ShapeError& error) {
    EXPECT_THAT(error.what(), HasSubstr("(3, 4)")) << "name the shapes: they are the facts";
    EXPECT_THAT(error.what(), HasSubstr("(5, 2)")) << "name the shapes: they are the facts";
  }
  EXPECT_THROW(matmul(Array({3, 4}), Array({1, 2})), ShapeError)
      << "what is summed over is not broadcast, not even a size of 1";
}

TEST(Matmul, RefusesVectors) {
  EXPECT_THROW(matmul(two_by_three(), Array({3}, {1, 2, 3})), ShapeError)
      << "NumPy guesses whether a vector is a row or a column; here it must be said";
  EXPECT_THROW(matmul(Array::scalar(2), two_by_three()), ShapeError);
}

}  // namespace
}  // namespace gradbook
