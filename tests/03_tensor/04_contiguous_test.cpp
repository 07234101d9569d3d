#include "support/array_matchers.hpp"

namespace gradbook {
namespace {

Array two_rows() {
  return Array({2, 3}, {1, 2, 3,  //
                        4, 5, 6});
}

TEST(Contiguous, PutsATransposeInOrder) {
  const Array a = two_rows(), turned = view_of(a, {3, 2}, {1, 3});
  const Array ordered = contiguous(turned);
  EXPECT_THAT(ordered, is_array({3, 2}, {1, 4, 2, 5, 3, 6})) << "elements as the view has them";
  EXPECT_TRUE(ordered.is_contiguous()) << "its strides are " << ordered.strides().text().c_str();
}

TEST(Contiguous, LeavesGapsOut) {
  const Array columns = view_of(two_rows(), {2, 2}, {3, 2});
  const Array ordered = contiguous(columns);
  EXPECT_THAT(ordered, is_array({2, 2}, {1, 3, 4, 6})) << "every other column";
  EXPECT_TRUE(ordered.is_contiguous()) << "its strides are " << ordered.strides().text().c_str();
  const Array spread = contiguous(view_of(two_rows(), {3}, {2}));
  EXPECT_THAT(spread, is_array({3}, {1, 3, 5}));
  EXPECT_TRUE(spread.is_contiguous()) << "one axis may have gaps, too";
}

TEST(Contiguous, StartsAtTheOffset) {
  const Array ordered = contiguous(view_of(two_rows(), {2, 2}, {3, 1}, 1));
  EXPECT_THAT(ordered, is_array({2, 2}, {2, 3, 5, 6})) << "all but the first column";
  EXPECT_TRUE(ordered.is_contiguous()) << "there was a gap behind each row";
}

TEST(Contiguous, WritesRepeatedElementsOut) {
  const Array a = two_rows(), repeated = view_of(a, {3, 3}, {0, 1});
  Array ordered = contiguous(repeated);
  EXPECT_THAT(ordered, is_array({3, 3}, {1, 2, 3, 1, 2, 3, 1, 2, 3}));
  ordered(1, 0) = 10;
  EXPECT_EQ(ordered(0, 0), 1) << "each element has a place of its own now, and may be written";
  EXPECT_EQ(a(0, 0), 1) << "the copy lies in another block";
}

TEST(Contiguous, CopiesThreeAxes) {
  Array a({2, 3, 2});
  for (int i = 0; i < 12; ++i) a.mutable_data()[i] = i;
  EXPECT_THAT(contiguous(view_of(a, {3, 2, 2}, {2, 1, 6})),
              is_array({3, 2, 2}, {0, 6, 1, 7, 2, 8, 3, 9, 4, 10, 5, 11}));
}

TEST(Contiguous, CopiesNothingThatIsInOrder) {
  const auto returned_as_it_is = [](const Array& a) {
    const Array same = contiguous(a);
    return same.storage() == a.storage() && same.data() == a.data() && same.shape() == a.shape();
  };
  const Array a = two_rows();
  EXPECT_TRUE(returned_as_it_is(a));
  EXPECT_TRUE(returned_as_it_is(view_of(a, {3}, {1}, 3))) << "a row from the middle of the block";
  EXPECT_TRUE(returned_as_it_is(view_of(a, {1, 3}, {99, 1}))) << "ask is_contiguous of 3.1";
  EXPECT_TRUE(returned_as_it_is(Array({3, 0}))) << "no elements, nothing to copy";
}

}  // namespace
}  // namespace gradbook
