#include "support/array_matchers.hpp"
#include "support/messages.hpp"

namespace gradbook {
namespace {

TEST(IndexToPosition, AddsUpIndexTimesStride) {
  EXPECT_EQ(index_to_position({1, 2}, {2, 3}, {3, 1}), 5) << "1 · 3 + 2 · 1";
  EXPECT_EQ(index_to_position({3, 0, 1}, {4, 2, 2}, {4, 2, 1}), 13) << "3 · 4 + 0 · 2 + 1 · 1";
}

TEST(IndexToPosition, GoesByTheStridesThatItIsGiven) {
  EXPECT_EQ(index_to_position({2, 1}, {3, 2}, {1, 3}), 5) << "a transposed (2, 3): 2 · 1 + 1 · 3";
  EXPECT_EQ(index_to_position({2}, {3}, {10}), 20) << "every tenth number";
  EXPECT_EQ(index_to_position({4, 1}, {5, 2}, {0, 1}), 1) << "one row, five times";
  EXPECT_EQ(index_to_position({2}, {3}, {-1}), -2) << "backwards";
}

TEST(IndexToPosition, IsZeroWithoutAxes) {
  const Dims none;
  EXPECT_EQ(index_to_position(none, none, none), 0);
}

TEST(IndexToPosition, RefusesAnIndexOutside) {
  const auto message = [](const Index& index) {
    return message_of<RangeError>([&] { index_to_position(index, {2, 3}, {3, 1}); });
  };
  EXPECT_TRUE(names(message({0, 3}), "(0, 3)", "(2, 3)"))
      << "axis 1 has the indices 0, 1 and 2; throw a RangeError whose message has index and shape. "
         "It was: \""
      << message({0, 3}) << '"';
  EXPECT_NE(message({2, 0}), "") << "the place of (2, 0) would be 6: no element is there";
  EXPECT_NE(message({0, 4}), "") << "its place would be 4, which belongs to (1, 1)";
  EXPECT_NE(message({1, -1}), "") << "its place would be 2, which belongs to (0, 2)";
}

TEST(IndexToPosition, RefusesRanksThatDiffer) {
  EXPECT_THROW(index_to_position({1}, {2, 3}, {3, 1}), ShapeError) << "too few indices";
  EXPECT_THROW(index_to_position({1, 2, 0}, {2, 3}, {3, 1}), ShapeError) << "too many indices";
  EXPECT_THROW(index_to_position({1, 2}, {2, 3}, {3}), ShapeError) << "too few strides";
}

TEST(PositionToIndex, CountsTheLastAxisFastest) {
  EXPECT_EQ(position_to_index(0, {2, 3}), (Index{0, 0}));
  EXPECT_EQ(position_to_index(1, {2, 3}), (Index{0, 1}));
  EXPECT_EQ(position_to_index(3, {2, 3}), (Index{1, 0})) << "a row has three elements";
  EXPECT_EQ(position_to_index(13, {4, 2, 2}), (Index{3, 0, 1}));
}

TEST(PositionToIndex, GoesThereAndBack) {
  const Shape shape{3, 1, 4, 2};
  for (std::int64_t position = 0; position < 24; ++position) {
    const Index index = position_to_index(position, shape);
    EXPECT_EQ(index_to_position(index, shape, strides_of(shape)), position)
        << "by way of " << index.text().c_str();
  }
}

TEST(PositionToIndex, FindsTheOnlyElementOfRankZero) {
  EXPECT_EQ(position_to_index(0, {}), Index{});
}

TEST(PositionToIndex, RefusesAPositionOutside) {
  EXPECT_TRUE(names(message_of<RangeError>([] {
                      position_to_index(6, {2, 3});
                    }),
                    "6", "(2, 3)"))
      << "six elements have the positions 0 to 5; the message has position and shape";
  EXPECT_THROW(position_to_index(-1, {2, 3}), RangeError);
  EXPECT_THROW(position_to_index(0, {2, 0}), RangeError) << "there is no element at all";
}

}  // namespace
}  // namespace gradbook
