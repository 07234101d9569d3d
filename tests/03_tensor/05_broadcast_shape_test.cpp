#include "support/array_matchers.hpp"
#include "support/messages.hpp"

namespace gradbook {
namespace {

using testing::HasSubstr;

TEST(BroadcastShape, LeavesEqualShapesAlone) {
  EXPECT_EQ(broadcast_shape({2, 3}, {2, 3}), (Shape{2, 3}));
  EXPECT_EQ(broadcast_shape({}, {}), Shape{});
}

TEST(BroadcastShape, StretchesAxesOfSizeOne) {
  EXPECT_EQ(broadcast_shape({2, 1}, {2, 3}), (Shape{2, 3}));
  EXPECT_EQ(broadcast_shape({2, 3}, {1, 3}), (Shape{2, 3}));
  EXPECT_EQ(broadcast_shape({4, 1}, {1, 3}), (Shape{4, 3})) << "one axis of each";
  EXPECT_EQ(broadcast_shape({5, 1, 5, 1}, {1, 5, 1, 5}), (Shape{5, 5, 5, 5}));
}

TEST(BroadcastShape, AlignsTheLastAxes) {
  EXPECT_EQ(broadcast_shape({4, 3}, {3}), (Shape{4, 3})) << "(3) is a row: it counts as (1, 3)";
  EXPECT_EQ(broadcast_shape({3}, {4, 3}), (Shape{4, 3})) << "on either side";
  EXPECT_EQ(broadcast_shape({7, 1, 5}, {6, 1}), (Shape{7, 6, 5}));
}

TEST(BroadcastShape, FitsANumberToAnything) {
  EXPECT_EQ(broadcast_shape({}, {3}), Shape{3}) << "rank 0 has no axis that could differ";
  EXPECT_EQ(broadcast_shape({2, 3}, {}), (Shape{2, 3}));
}

TEST(BroadcastShape, TakesZeroForASizeLikeAnother) {
  EXPECT_EQ(broadcast_shape({0}, {1}), Shape{0})
      << "1 becomes what the other is, also where it is 0";
  EXPECT_EQ(broadcast_shape({2, 1}, {0}), (Shape{2, 0}));
  EXPECT_THROW(broadcast_shape({0}, {2}), ShapeError) << "0 and 2 differ, and neither is 1";
}

TEST(BroadcastShape, RefusesSizesThatDiffer) {
  EXPECT_THROW(broadcast_shape({2, 3}, {2, 4}), ShapeError);
  EXPECT_THROW(broadcast_shape({2}, {4}), ShapeError) << "only a size of 1 is repeated";
  EXPECT_THROW(broadcast_shape({5, 2}, {5}), ShapeError)
      << "the last axes are 2 and 5; that the first would fit does not count";
}

TEST(BroadcastShape, SaysWhatDoesNotFit) {
  const auto message = [](const Shape& a, const Shape& b) {
    return message_of<ShapeError>([&] { broadcast_shape(a, b, "zip"); });
  };
  EXPECT_THAT(message({5, 2}, {5}), HasSubstr("zip")) << "say who asked";
  EXPECT_TRUE(names(message({5, 2}, {5}), "(5, 2)", "(5)"))
      << "both shapes as they were given; it was: \"" << message({5, 2}, {5}) << '"';
  EXPECT_THAT(message({5, 2}, {5}), HasSubstr("axis 1")) << "the axis, counted in the result";
  EXPECT_THAT(message({3, 1}, {7, 4, 1}), HasSubstr("axis 1"));
  EXPECT_THAT(message_of<ShapeError>([] { broadcast_shape({2}, {3}); }),
              HasSubstr("broadcast_shape"))
      << "where nobody says who asks, it is broadcast_shape itself";
}

}  // namespace
}  // namespace gradbook
