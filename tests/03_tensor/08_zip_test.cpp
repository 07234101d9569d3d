#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "03_tensor/loops.hpp"
#include "support/array_matchers.hpp"

using ::testing::ElementsAre;
using ::testing::HasSubstr;

namespace gradbook {
namespace {

Real minus(Real x, Real y) { return x - y; }

Array numbers() {
  return Array({2, 3}, {1, 2, 3,  //
                        4, 5, 6});
}
Array row() { return Array({3}, {10, 20, 30}); }
Array column() { return Array({2, 1}, {100, 200}); }

TEST(Zip, PairsElementsOfTheSameIndex) {
  const Array tens({2, 3}, {10, 20, 30, 40, 50, 60});
  EXPECT_THAT(zip(minus, tens, numbers()), is_array({2, 3}, {9, 18, 27, 36, 45, 54}))
      << "f(a[i], b[i]), in this order";
}

TEST(Zip, ReadsBothThroughTheirStrides) {
  const Array columns = view_of(numbers(), {3, 2}, {1, 3});  // the transpose, nothing copied
  const Array rows({3, 2}, {0, 0, 10, 10, 20, 20});
  EXPECT_THAT(zip(minus, columns, rows), is_array({3, 2}, {1, 4, -8, -5, -17, -14}));
  EXPECT_THAT(zip(minus, rows, columns), is_array({3, 2}, {-1, -4, 8, 5, 17, 14}));
}

TEST(Zip, WritesThroughTheStridesOfItsResult) {
  Array storage({3, 2});
  Array out = view_of(storage, {2, 3}, {1, 2});
  zip(minus, numbers(), row(), out);
  EXPECT_THAT(storage, is_array({3, 2}, {-9, -6, -18, -15, -27, -24}))
      << "out is a view with strides (1, 2): its second element belongs two places further on";
}

TEST(Zip, RepeatsARowForEachRow) {
  EXPECT_THAT(zip(minus, numbers(), row()), is_array({2, 3}, {-9, -18, -27, -6, -15, -24}));
}

TEST(Zip, RepeatsAColumnForEachColumn) {
  EXPECT_THAT(zip(minus, numbers(), column()), is_array({2, 3}, {-99, -98, -97, -196, -195, -194}))
      << "the second row has 200 taken off, each of its elements";
}

TEST(Zip, BroadcastsTheFirstOperandAsWell) {
  EXPECT_THAT(zip(minus, row(), numbers()), is_array({2, 3}, {9, 18, 27, 6, 15, 24}));
  EXPECT_THAT(zip(minus, column(), row()), is_array({2, 3}, {90, 80, 70, 190, 180, 170}))
      << "(2, 1) and (3) are (2, 3) together: neither of them has this shape";
  EXPECT_THAT(zip(minus, Array::scalar(1), row()), is_array({3}, {-9, -19, -29}));
}

TEST(Zip, WorksInPlace) {
  Array a = numbers();
  zip(minus, a, row(), a);
  EXPECT_THAT(a, is_array({2, 3}, {-9, -18, -27, -6, -15, -24}));
  zip(minus, a, a, a);
  EXPECT_THAT(a, is_array({2, 3}, {0, 0, 0, 0, 0, 0}));
}

TEST(Zip, CallsTheFunctionOnceForEachElementOfTheResultInOrder) {
  std::vector<Real> first, second;
  zip([&](Real x, Real y) { return first.push_back(x), second.push_back(y), 0; }, column(), row());
  EXPECT_THAT(first, ElementsAre(100, 100, 100, 200, 200, 200));
  EXPECT_THAT(second, ElementsAre(10, 20, 30, 10, 20, 30)) << "the last axis moves fastest";
}

TEST(Zip, SaysWhichShapesDoNotBroadcast) {
  Array out({5, 2});
  try {
    zip(minus, Array({5, 2}), Array({5}), out);
    FAIL() << "(5, 2) and (5) are aligned at their last axes, and there 2 stands against 5";
  } catch (const ShapeError& error) {
    EXPECT_THAT(error.what(), HasSubstr("zip: (5, 2) and (5)"))
        << "broadcast_shape takes the name of who asks: give it \"zip\"";
  }
}

TEST(Zip, RefusesAResultOfAnotherShape) {
  Array out({2, 3}), tall({3, 2});
  EXPECT_THROW(zip(minus, row(), row(), out), ShapeError)
      << "(3) and (3) are (3) together: the result does not take part in the broadcast";
  EXPECT_THROW(zip(minus, numbers(), row(), tall), ShapeError) << "as many elements is not enough";
}

TEST(Zip, RefusesToWriteIntoABroadcastView) {
  Array one({1}, {7});
  Array out = view_of(one, {2, 3}, {0, 0});
  EXPECT_THROW(zip(minus, numbers(), row(), out), ShapeError)
      << "six results do not fit into one number: mutable_data() refuses it for you";
}

}  // namespace
}  // namespace gradbook
