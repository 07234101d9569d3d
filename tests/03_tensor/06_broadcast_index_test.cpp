#include "support/array_matchers.hpp"
#include "support/messages.hpp"

namespace gradbook {
namespace {

TEST(BroadcastTo, RepeatsARow) {
  const Array row({3}, {1, 2, 3});
  EXPECT_THAT(broadcast_to(row, {2, 3}), is_array({2, 3}, {1, 2, 3, 1, 2, 3}));
  EXPECT_EQ(broadcast_to(row, {2, 3}).strides(), (Strides{0, 1}))
      << "one step down, and one is still at the same row";
}

TEST(BroadcastTo, RepeatsAColumn) {
  const Array column({2, 1}, {1, 2});
  EXPECT_THAT(broadcast_to(column, {2, 3}), is_array({2, 3}, {1, 1, 1, 2, 2, 2}))
      << "an axis of size 1 is repeated like one that is missing";
  EXPECT_EQ(broadcast_to(column, {2, 3}).strides(), (Strides{1, 0}));
}

TEST(BroadcastTo, RepeatsANumber) {
  EXPECT_THAT(broadcast_to(Array::scalar(7), {2, 2}), is_array({2, 2}, {7, 7, 7, 7}));
  EXPECT_EQ(broadcast_to(Array::scalar(7), {2, 0}).shape(), (Shape{2, 0})) << "also no times";
}

TEST(BroadcastTo, RepeatsBothAtOnce) {
  const Array a({2, 1, 2}, {1, 2, 3, 4});
  EXPECT_THAT(broadcast_to(a, {2, 2, 2, 2}),
              is_array({2, 2, 2, 2}, {1, 2, 1, 2, 3, 4, 3, 4, 1, 2, 1, 2, 3, 4, 3, 4}));
}

TEST(BroadcastTo, GoesByTheStridesOfTheView) {
  const Array a({2, 3}, {1, 2, 3, 4, 5, 6});
  EXPECT_THAT(broadcast_to(view_of(a, {3, 2}, {1, 3}), {2, 3, 2}),
              is_array({2, 3, 2}, {1, 4, 2, 5, 3, 6, 1, 4, 2, 5, 3, 6}))
      << "a transpose, twice";
  EXPECT_THAT(broadcast_to(view_of(a, {3}, {1}, 3), {2, 3}), is_array({2, 3}, {4, 5, 6, 4, 5, 6}))
      << "the second row, twice: it begins in the middle of the block";
}

TEST(BroadcastTo, CopiesNothing) {
  Array row({3}, {1, 2, 3});
  const Array wide = broadcast_to(row, {1000, 3});
  EXPECT_TRUE(wide.storage() == row.storage());
  row(1) = 20;
  EXPECT_EQ(wide(999, 1), 20) << "all thousand rows are the one row";
}

TEST(BroadcastTo, CannotBeWrittenWhereElementsRepeat) {
  Array wide = broadcast_to(Array({3}, {1, 2, 3}), {2, 3});
  EXPECT_THROW(wide(0, 0) = 5, ShapeError) << "(1, 0) would change with it";
  Array a({1, 3}, {1, 2, 3});
  broadcast_to(a, {1, 3})(0, 2) = 30;
  EXPECT_EQ(a(0, 2), 30) << "nothing repeats here, so this is a view like others";
}

TEST(BroadcastTo, RefusesAShapeThatDoesNotFit) {
  const Array a({2, 3}, {1, 2, 3, 4, 5, 6});
  EXPECT_TRUE(names(message_of<ShapeError>([&] {
                      broadcast_to(a, {2, 4});
                    }),
                    "(2, 3)", "(2, 4)"))
      << "a ShapeError with both shapes";
  EXPECT_THROW(broadcast_to(a, {3}), ShapeError) << "nothing is taken away";
  EXPECT_THROW(broadcast_to(a, {2, 1}), ShapeError) << "nothing is folded";
  EXPECT_THROW(broadcast_to(a, {2, 3, 1}), ShapeError) << "new axes come before the others";
  EXPECT_THROW(broadcast_to(Array({2, 1}), {1, 3}), ShapeError)
      << "together they would be (2, 3), but (1, 3) was asked for";
}

}  // namespace
}  // namespace gradbook
