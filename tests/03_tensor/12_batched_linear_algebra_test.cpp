#include <gmock/gmock.h>

#include <limits>

#include "03_tensor/batched.hpp"
#include "support/xtensor_arrays.hpp"

namespace gradbook {
namespace {

using testing::ElementsAre;

TEST(BatchedMatmul, MultipliesMatrixByMatrix) {
  const Array3 a = {{{1, 2}, {3, 4}}, {{0, 1}, {1, 0}}}, b = {{{5, 6}, {7, 8}}, {{1, 2}, {3, 4}}};
  EXPECT_THAT(listed(batched_matmul(a, b)), ElementsAre(19, 22, 43, 50, 3, 4, 1, 2))
      << "the first of a times the first of b, the second times the second";
}

TEST(BatchedMatmul, KnowsThreeDifferentSizes) {
  const Array3 a = filled<Array3>({1, 2, 3}, {1, 2, 3, 4, 5, 6}),
               b = filled<Array3>({1, 3, 1}, {1, 10, 100});
  const Array3 product = batched_matmul(a, b);
  EXPECT_THAT(sizes_of(product), ElementsAre(1, 2, 1)) << "(1, 2, 3) times (1, 3, 1)";
  EXPECT_THAT(listed(product), ElementsAre(321, 654));
  EXPECT_THAT(listed(batched_matmul(Array3({1, 2, 0}), Array3({1, 0, 1}))), ElementsAre(0, 0))
      << "a sum of nothing is 0";
}

TEST(BatchedMatmul, RefusesSizesThatDiffer) {
  const Array3 a({2, 3, 4}), inner({2, 5, 3}), number({1, 4, 3});
  EXPECT_THROW(batched_matmul(a, inner), ShapeError) << "inner sizes 4 and 5";
  EXPECT_THROW(batched_matmul(a, number), ShapeError) << "2 matrices and 1: do not broadcast";
}

TEST(BatchedDiagonal, PutsEachRowOnADiagonal) {
  const Array3 diagonals = batched_diagonal({{1, 2}, {3, 4}});
  EXPECT_THAT(sizes_of(diagonals), ElementsAre(2, 2, 2));
  EXPECT_THAT(listed(diagonals), ElementsAre(1, 0, 0, 2, 3, 0, 0, 4));
}

TEST(BatchedDiagonal, HasExactZerosBesideTheDiagonal) {
  const Real infinity = std::numeric_limits<Real>::infinity();
  EXPECT_THAT(listed(batched_diagonal({{infinity, 2}})), ElementsAre(infinity, 0, 0, 2))
      << "infinity times 0 is NaN: do not multiply by a matrix of ones and zeros";
}

TEST(BatchedOuter, MultipliesEachRowByEachNumberOfTheOther) {
  const Array3 products = batched_outer({{1, 2}, {3, 4}}, {{5, 6, 7}, {8, 9, 10}});
  EXPECT_THAT(sizes_of(products), ElementsAre(2, 2, 3)) << "(2, 2) and (2, 3) give (2, 2, 3)";
  EXPECT_THAT(listed(products), ElementsAre(5, 6, 7, 10, 12, 14, 24, 27, 30, 32, 36, 40));
  EXPECT_THROW(batched_outer(Matrix({2, 3}), Matrix({1, 3})), ShapeError) << "2 rows and 1";
}

TEST(Moveaxis, MovesOneAxisAndKeepsTheOrderOfTheOthers) {
  const Array3 a = filled<Array3>({1, 2, 3}, {1, 2, 3, 4, 5, 6});
  EXPECT_THAT(sizes_of(moveaxis(a, 0, 2)), ElementsAre(2, 3, 1)) << "(1, 2, 3): 1 goes last";
  EXPECT_THAT(sizes_of(moveaxis(a, 2, 0)), ElementsAre(3, 1, 2)) << "(1, 2, 3): 3 goes first";
  EXPECT_THAT(listed(moveaxis(a, -1, 1)), ElementsAre(1, 4, 2, 5, 3, 6)) << "-1 is the last axis";
}

TEST(Moveaxis, RefusesAxesThatAreNotThere) {
  const Array3 a({1, 2, 3});
  EXPECT_THROW(moveaxis(a, 3, 0), RangeError);
  EXPECT_THROW(moveaxis(a, 0, -4), RangeError);
}

}  // namespace
}  // namespace gradbook
