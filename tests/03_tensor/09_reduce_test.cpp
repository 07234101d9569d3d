#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>

#include "03_tensor/loops.hpp"
#include "support/array_matchers.hpp"

namespace gradbook {
namespace {

Real plus(Real x, Real y) { return x + y; }
Real minus(Real x, Real y) { return x - y; }
Real larger(Real x, Real y) { return x < y ? y : x; }

Array numbers() {
  return Array({2, 3}, {1, 2, 3,  //
                        4, 5, 6});
}

TEST(Reduce, FoldsOneAxisAway) {
  EXPECT_THAT(reduce(plus, 0, numbers(), {0}), is_array({3}, {5, 7, 9}))
      << "axis 0 goes: the rows are added up, and 3 columns are left";
  EXPECT_THAT(reduce(plus, 0, numbers(), {1}), is_array({2}, {6, 15}))
      << "axis 1 goes: the columns are added up, and 2 rows are left";
}

TEST(Reduce, FoldsSeveralAxesAway) {
  const Array a({2, 3, 2}, {1, 2, 3, 4, 5, 6, 10, 20, 30, 40, 50, 60});
  EXPECT_THAT(reduce(plus, 0, a, {0, 2}), is_array({3}, {33, 77, 121}))
      << "element j is the sum of all a(i, j, k) with this j";
  EXPECT_THAT(reduce(plus, 0, a, {2, 0}), is_array({3}, {33, 77, 121})) << "in any order";
  EXPECT_THAT(reduce(plus, 0, a, {0, 1, 2}), is_array({}, {231})) << "a number has no axes";
}

TEST(Reduce, KeepsAxesWithSizeOneWhereAsked) {
  EXPECT_THAT(reduce(plus, 0, numbers(), {1}, true), is_array({2, 1}, {6, 15}))
      << "keepdim: so it broadcasts with what it came from";
  EXPECT_THAT(reduce(plus, 0, numbers(), {0, 1}, true), is_array({1, 1}, {21}));
}

TEST(Reduce, KeepsAnAxisOfSizeOneThatNobodyNamed) {
  EXPECT_THAT(reduce(plus, 0, Array({1, 3}, {1, 2, 3}), {1}), is_array({1}, {6}))
      << "only axis 1 was to go";
}

TEST(Reduce, TakesAxesFromTheEnd) {
  EXPECT_THAT(reduce(plus, 0, numbers(), {-1}), is_array({2}, {6, 15})) << "-1 is the last axis";
}

TEST(Reduce, ReadsThroughStrides) {
  const Array columns = view_of(numbers(), {3, 2}, {1, 3});  // the transpose, nothing copied
  EXPECT_THAT(reduce(plus, 0, columns, {0}), is_array({2}, {6, 15}));
  EXPECT_THAT(reduce(plus, 0, columns, {1}), is_array({3}, {5, 7, 9}));
}

TEST(Reduce, BeginsWithStart) {
  const Array negative({2, 2}, {-3, -1, -2, -7});
  const Real infinity = std::numeric_limits<Real>::infinity();
  EXPECT_THAT(reduce(larger, -infinity, negative, {1}), is_array({2}, {-1, -2}))
      << "from 0 on, the largest of negative numbers would be 0";
  EXPECT_THAT(reduce(plus, 100, numbers(), {0}), is_array({3}, {105, 107, 109}))
      << "start goes into each element of the result, once";
}

TEST(Reduce, GathersFromTheLeft) {
  EXPECT_THAT(reduce(minus, 10, numbers(), {1}), is_array({2}, {4, -5}))
      << "((10 - 1) - 2) - 3: what was gathered is the first argument";
  EXPECT_THAT(reduce([](Real x, Real y) { return 10 * x + y; }, 0, numbers(), {0, 1}),
              is_array({}, {123456}))
      << "in row-major order";
}

TEST(Reduce, OfNothingIsStart) {
  EXPECT_THAT(reduce(plus, 7, Array({2, 0}), {1}), is_array({2}, {7, 7}))
      << "two rows with nothing in them: two results to which nothing was added";
  EXPECT_THAT(reduce(plus, 7, Array({2, 0}), {0}), is_array({0}, {}))
      << "no columns: no results either";
}

TEST(Reduce, WithoutAxesStillCallsTheFunction) {
  const Array a = numbers();
  Array result = reduce(plus, 100, a, {});
  EXPECT_THAT(result, is_array({2, 3}, {101, 102, 103, 104, 105, 106}))
      << "each element is folded into start by itself";
  result(0, 0) = -1;
  EXPECT_THAT(a, is_array({2, 3}, {1, 2, 3, 4, 5, 6})) << "the result is a new array";
}

TEST(Reduce, RefusesAxesThatAreNotThereOrNamedTwice) {
  EXPECT_THROW(reduce(plus, 0, numbers(), {2}), RangeError) << "there are axes 0 and 1";
  EXPECT_THROW(reduce(plus, 0, numbers(), {-3}), RangeError);
  EXPECT_THROW(reduce(plus, 0, numbers(), {1, -1}), RangeError)
      << "both are the last axis: checked_axes finds that out";
}

}  // namespace
}  // namespace gradbook
