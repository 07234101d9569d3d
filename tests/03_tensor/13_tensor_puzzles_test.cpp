#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>

#include "03_tensor/puzzles.hpp"
#include "support/array_matchers.hpp"

namespace gradbook {
namespace {

Array list(const std::vector<Real>& values) {
  return Array({static_cast<std::int64_t>(values.size())}, values);
}
Array matrix() {
  return Array({2, 3}, {1, 2, 3,  //
                        4, 5, 6});
}

TEST(Where, ChoosesElementByElement) {
  EXPECT_THAT(where(list({1, 0, -2}), list({1, 2, 3}), list({10, 20, 30})),
              is_array({3}, {1, 20, 3}))
      << "true is whatever is not 0, -2 as well";
}

TEST(Where, Broadcasts) {
  EXPECT_THAT(where(Array({2, 1}, {1, 0}), list({1, 2, 3}), Array::scalar(0)),
              is_array({2, 3}, {1, 2, 3, 0, 0, 0}))
      << "(2, 1), (3) and () are (2, 3) together";
  EXPECT_THAT(where(Array::scalar(0), Array::scalar(1), list({7, 8})), is_array({2}, {7, 8}));
}

TEST(Where, LeavesNoTraceOfWhatItDoesNotTake) {
  const Real nan = std::numeric_limits<Real>::quiet_NaN();
  EXPECT_THAT(where(list({1, 0}), list({1, nan}), list({nan, 2})), is_array({2}, {1, 2}))
      << "choose, do not multiply: 0 · NaN is NaN";
}

TEST(Arange, CountsFromZero) {
  EXPECT_THAT(arange(4), is_array({4}, {0, 1, 2, 3})) << "four numbers, and 4 is not one of them";
  EXPECT_THAT(arange(0), is_array({0}, {}));
  EXPECT_THROW(arange(-1), ShapeError) << "an Array refuses a negative size by itself";
}

TEST(Outer, MultipliesEachWithEach) {
  EXPECT_THAT(outer(list({1, 2}), list({3, 4, 5})), is_array({2, 3}, {3, 4, 5, 6, 8, 10}))
      << "rows as a has elements, columns as b has";
  EXPECT_THROW(outer(list({1, 2}), matrix()), ShapeError) << "check_rank says what is wrong";
}

TEST(Eye, IsOneOnTheDiagonal) {
  EXPECT_THAT(eye(3), is_array({3, 3}, {1, 0, 0, 0, 1, 0, 0, 0, 1}));
}

TEST(Triu, KeepsTheDiagonalAndWhatIsRightOfIt) {
  EXPECT_THAT(triu(matrix()), is_array({2, 3}, {1, 2, 3, 0, 5, 6}));
  EXPECT_THAT(triu(Array({3, 2}, {1, 2, 3, 4, 5, 6})), is_array({3, 2}, {1, 2, 0, 4, 0, 0}))
      << "a matrix with more rows than columns";
  const Real nan = std::numeric_limits<Real>::quiet_NaN();
  EXPECT_THAT(triu(Array({2, 2}, {1, 2, nan, 4})), is_array({2, 2}, {1, 2, 0, 4}))
      << "0 · NaN is NaN, and below the diagonal is 0";
}

TEST(Cumsum, AddsUpAsItGoes) {
  const Array a = list({3, -1, 2});
  EXPECT_THAT(cumsum(a), is_array({3}, {3, 2, 4})) << "each element counts in its own sum";
  EXPECT_THAT(a, is_array({3}, {3, -1, 2})) << "the result is a new array";
  EXPECT_THAT(cumsum(list({})), is_array({0}, {}));
}

TEST(Roll, MovesRoundTheEnd) {
  const Array a = list({0, 1, 2, 3, 4});
  EXPECT_THAT(roll(a, 2), is_array({5}, {3, 4, 0, 1, 2}));
  EXPECT_THAT(roll(a, -1), is_array({5}, {1, 2, 3, 4, 0}))
      << "-1 % 5 is -1 in C++, and 4 in Python";
  EXPECT_THAT(roll(a, -12), is_array({5}, {2, 3, 4, 0, 1})) << "more than once round";
  EXPECT_THAT(roll(list({}), 3), is_array({0}, {})) << "nothing to move, and no x % 0 either";
}

TEST(Flip, TurnsAListRound) {
  EXPECT_THAT(flip(list({1, 2, 3, 4})), is_array({4}, {4, 3, 2, 1}));
  EXPECT_THAT(flip(view_of(matrix(), {2}, {3})), is_array({2}, {4, 1}))
      << "a column of a matrix: read it through its strides";
}

TEST(Pad, PutsZerosAtBothEnds) {
  EXPECT_THAT(pad(list({1, 2}), 1, 3), is_array({6}, {0, 1, 2, 0, 0, 0}));
  EXPECT_THROW(pad(list({1, 2}), 3, -1), ShapeError) << "pad never cuts";
}

TEST(OneHot, HasAOneInEachRow) {
  const std::vector<std::int64_t> labels = {2, 0, 2};
  EXPECT_THAT(one_hot(labels, 3), is_array({3, 3}, {0, 0, 1, 1, 0, 0, 0, 0, 1}));
  EXPECT_THROW(one_hot(labels, 2), RangeError) << "2 is not below 2";
  const std::vector<std::int64_t> negative = {-1};
  EXPECT_THROW(one_hot(negative, 3), RangeError) << "no counting from the end here";
}

TEST(Gather, TakesRowsAsOftenAsAskedFor) {
  const std::vector<std::int64_t> rows = {1, 1, 0}, beyond = {2}, none;
  EXPECT_THAT(gather(matrix(), rows), is_array({3, 3}, {4, 5, 6, 4, 5, 6, 1, 2, 3}));
  EXPECT_THAT(gather(matrix(), none), is_array({0, 3}, {}));
  EXPECT_THROW(gather(matrix(), beyond), RangeError) << "the matrix has rows 0 and 1";
}

TEST(ScatterAdd, AddsAllThatGoToOneRow) {
  Array to = matrix();
  const std::vector<std::int64_t> rows = {1, 1};
  scatter_add(to, rows, Array({2, 3}, {10, 20, 30, 100, 200, 300}));
  EXPECT_THAT(to, is_array({2, 3}, {1, 2, 3, 114, 225, 336}))
      << "both go to row 1, and both count: NumPy's a[rows] += values would lose the first";
}

TEST(ScatterAdd, ChangesNothingWhereARowIsNotThere) {
  Array to = matrix();
  const std::vector<std::int64_t> rows = {0, 7}, one = {0};
  EXPECT_THROW(scatter_add(to, rows, Array::ones({2, 3})), RangeError);
  EXPECT_THAT(to, is_array({2, 3}, {1, 2, 3, 4, 5, 6}))
      << "look at all rows before the first addition";
  EXPECT_THROW(scatter_add(to, one, Array::ones({2, 3})), ShapeError)
      << "values has one row too many for the rows that are named";
}

}  // namespace
}  // namespace gradbook
