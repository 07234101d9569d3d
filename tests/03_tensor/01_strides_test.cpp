#include "support/array_matchers.hpp"
#include "support/messages.hpp"

namespace gradbook {
namespace {

using testing::HasSubstr;

TEST(SizeOf, MultipliesTheSizes) {
  EXPECT_EQ(size_of({2, 3}), 6);
  EXPECT_EQ(size_of({4, 1, 5, 2}), 40);
  EXPECT_EQ(size_of({7}), 7);
}

TEST(SizeOf, IsOneWithoutAxes) {
  EXPECT_EQ(size_of({}), 1) << "rank 0 is one number: a product of nothing is 1";
}

TEST(SizeOf, IsZeroWhereASizeIs) {
  EXPECT_EQ(size_of({3, 0, 2}), 0);
  EXPECT_EQ(size_of({0}), 0);
}

TEST(SizeOf, RefusesANegativeSize) {
  EXPECT_THAT(message_of<ShapeError>([] {
                size_of({2, -3});
              }),
              HasSubstr("(2, -3)"))
      << "throw a ShapeError whose message has the shape";
  EXPECT_THROW(size_of({-2, -3}), ShapeError) << "no size may be negative, although (-2)(-3) is 6";
  EXPECT_THROW(size_of({0, -3}), ShapeError) << "also beside a size of 0";
}

TEST(SizeOf, RefusesWhat63BitsCannotCount) {
  constexpr std::int64_t k32 = std::int64_t{1} << 32;
  EXPECT_EQ(size_of({k32, k32 / 4}), k32 * (k32 / 4)) << "2^62 can be counted";
  EXPECT_THAT(message_of<ShapeError>([=] {
                size_of({k32, k32 / 2});
              }),
              HasSubstr("4294967296"))
      << "2^63 cannot; the message has the shape";
  EXPECT_THROW(size_of({k32 + 1, k32 + 1}), ShapeError)
      << "a product that overflows may well look like a small positive number";
  EXPECT_THROW(size_of({k32, 0, k32}), ShapeError)
      << "its strides could not be computed, though it has no elements";
}

TEST(StridesOf, CountWhatLiesBehindAnAxis) {
  EXPECT_EQ(strides_of({4, 2, 2}), (Strides{4, 2, 1}))
      << "one step along axis 0 passes a whole (2, 2), one along axis 1 a row of 2";
  EXPECT_EQ(strides_of({2, 3}), (Strides{3, 1})) << "rows of three";
  EXPECT_EQ(strides_of({5}), (Strides{1}));
}

TEST(StridesOf, AreNoneWithoutAxes) { EXPECT_EQ(strides_of({}), Strides{}); }

TEST(StridesOf, CountASizeOfZeroAsOne) {
  EXPECT_EQ(strides_of({3, 0, 2}), (Strides{2, 2, 1}));
  EXPECT_EQ(strides_of({4, 3, 0}), (Strides{3, 1, 1}));
}

TEST(StridesOf, RefuseWhatHasNoSize) {
  EXPECT_THROW(strides_of({2, -3}), ShapeError);
  EXPECT_THROW(strides_of({std::int64_t{1} << 32, std::int64_t{1} << 32}), ShapeError);
}

TEST(IsContiguous, AcceptsRowMajorOrder) {
  EXPECT_TRUE(is_contiguous({4, 2, 2}, {4, 2, 1}));
  EXPECT_TRUE(is_contiguous({}, {})) << "one number";
}

TEST(IsContiguous, RefusesAnotherOrderAndGaps) {
  EXPECT_FALSE(is_contiguous({2, 3}, {1, 2})) << "columns, one after the other";
  EXPECT_FALSE(is_contiguous({2, 3}, {4, 1})) << "the strides fall, but rows are 4 apart";
  EXPECT_FALSE(is_contiguous({2, 3}, {0, 1})) << "the same row twice";
  EXPECT_FALSE(is_contiguous({3}, {2})) << "every other number";
}

TEST(IsContiguous, DoesNotCareAboutAxesOfSizeOne) {
  EXPECT_TRUE(is_contiguous({2, 1, 3}, {3, 99, 1})) << "nobody takes a step along axis 1";
}

TEST(IsContiguous, AcceptsAnythingWithoutElements) {
  EXPECT_TRUE(is_contiguous({2, 0}, {5, 7})) << "a loop over nothing meets nothing out of order";
}

TEST(IsContiguous, RefusesRanksThatDiffer) {
  EXPECT_THROW(is_contiguous({2, 3}, {1}), ShapeError);
  EXPECT_THROW(is_contiguous({2}, {1, 1}), ShapeError);
}

}  // namespace
}  // namespace gradbook
