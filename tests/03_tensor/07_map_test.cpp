#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "03_tensor/loops.hpp"
#include "support/array_matchers.hpp"

using ::testing::ElementsAre;
using ::testing::HasSubstr;

namespace gradbook {
namespace {

Real times_ten(Real x) { return 10 * x; }

Array numbers() {
  return Array({2, 3}, {1, 2, 3,  //
                        4, 5, 6});
}

TEST(Map, AppliesAFunctionToEachElement) {
  EXPECT_THAT(map(times_ten, numbers()), is_array({2, 3}, {10, 20, 30, 40, 50, 60}));
}

TEST(Map, ReadsThroughTheStridesOfItsOperand) {
  const Array columns = view_of(numbers(), {3, 2}, {1, 3});  // the transpose, nothing copied
  EXPECT_THAT(map(times_ten, columns), is_array({3, 2}, {10, 40, 20, 50, 30, 60}))
      << "element (0, 1) of the transpose is 4, and it is not the second number in storage";
}

TEST(Map, WritesThroughTheStridesOfItsResult) {
  Array storage({3, 2});
  Array out = view_of(storage, {2, 3}, {1, 2});
  map(times_ten, numbers(), out);
  EXPECT_THAT(storage, is_array({3, 2}, {10, 40, 20, 50, 30, 60}))
      << "out is a view with strides (1, 2): its second element belongs two places further on";
}

TEST(Map, WritesIntoTheStorageThatItWasGiven) {
  Array out({2, 3});
  const Array same_storage = out;
  map(times_ten, numbers(), out);
  EXPECT_THAT(same_storage, is_array({2, 3}, {10, 20, 30, 40, 50, 60}))
      << "an Array is a handle: `out = …` would point it elsewhere, and other handles see nothing";
}

TEST(Map, WorksInPlace) {
  Array a({4}, {1, 2, 3, 4});
  map(times_ten, a, a);
  EXPECT_THAT(a, is_array({4}, {10, 20, 30, 40}));
}

TEST(Map, CallsTheFunctionOnceForEachElementInOrder) {
  std::vector<Real> seen;
  map([&seen](Real x) { return seen.push_back(x), x; }, view_of(numbers(), {3, 2}, {1, 3}));
  EXPECT_THAT(seen, ElementsAre(1, 4, 2, 5, 3, 6))
      << "row-major order of the index: the last axis moves fastest, and f may count its calls";
}

TEST(Map, TakesAnyRank) {
  EXPECT_THAT(map(times_ten, Array::scalar(7)), is_array({}, {70}))
      << "rank 0 has one element, whose index is ()";
  EXPECT_THAT(map(times_ten, Array({3, 0})), is_array({3, 0}, {})) << "no element, no call";
  EXPECT_THAT(map(times_ten, Array({1, 2, 1, 2}, {1, 2, 3, 4})),
              is_array({1, 2, 1, 2}, {10, 20, 30, 40}));
}

TEST(Map, RefusesAResultOfAnotherShapeAndNamesBoth) {
  Array out({3, 2});
  try {
    map(times_ten, numbers(), out);
    FAIL() << "(2, 3) went into (3, 2): as many elements do not make the same shape";
  } catch (const ShapeError& error) {
    EXPECT_THAT(error.what(), HasSubstr("(2, 3)")) << "name the shape of the operand";
    EXPECT_THAT(error.what(), HasSubstr("(3, 2)")) << "name the shape of the result";
  }
}

TEST(Map, RefusesToWriteIntoABroadcastView) {
  Array one({1}, {7});
  Array out = view_of(one, {2, 3}, {0, 0});
  EXPECT_THROW(map(times_ten, numbers(), out), ShapeError)
      << "six results do not fit into one number: mutable_data() refuses it for you";
}

}  // namespace
}  // namespace gradbook
