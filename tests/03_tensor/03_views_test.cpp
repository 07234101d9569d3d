#include "support/array_matchers.hpp"
#include "support/messages.hpp"

namespace gradbook {
namespace {

Array two_rows() {
  return Array({2, 3}, {1, 2, 3,  //
                        4, 5, 6});
}

// 0, 1, …, 23, so that each element says where it stood
Array box() {
  Array a({2, 3, 4});
  for (int i = 0; i < 24; ++i) a.mutable_data()[i] = i;
  return a;
}

Array line() { return Array({7}, {0, 1, 2, 3, 4, 5, 6}); }

TEST(Permute, TurnsRowsIntoColumns) {
  const Array turned = permute(two_rows(), {1, 0});
  EXPECT_THAT(turned, is_array({3, 2}, {1, 4, 2, 5, 3, 6}));
  EXPECT_EQ(turned.strides(), (Strides{1, 3})) << "sizes and strides change places, numbers do not";
}

TEST(Permute, PutsAxisOrderIAtI) {
  const Array a = box(), turned = permute(a, {2, 0, 1});
  ASSERT_EQ(turned.shape(), (Shape{4, 2, 3})) << "axis 0 of the result is axis 2 of the array";
  EXPECT_EQ(turned(3, 1, 2), a(1, 2, 3));
}

TEST(Permute, CountsNegativeAxesFromTheEnd) {
  EXPECT_THAT(permute(two_rows(), {-1, 0}), is_array({3, 2}, {1, 4, 2, 5, 3, 6}));
}

TEST(Permute, CopiesNothing) {
  Array a = two_rows(), turned = permute(a, {1, 0});
  EXPECT_TRUE(turned.storage() == a.storage()) << "a view looks at the same block";
  turned(2, 1) = 60;
  EXPECT_EQ(a(1, 2), 60) << "a write through the view shows in the array";
}

TEST(Permute, RefusesWhatIsNoOrder) {
  EXPECT_THAT(message_of<ShapeError>([] { permute(two_rows(), {0}); }),
              testing::HasSubstr("(2, 3)"))
      << "two axes, one named: a ShapeError with shape and order";
  EXPECT_THROW(permute(two_rows(), {0, 0}), RangeError) << "axis 0 is named twice, axis 1 never";
  EXPECT_THROW(permute(two_rows(), {1, -1}), RangeError) << "-1 is axis 1";
  EXPECT_THROW(permute(two_rows(), {0, 2}), RangeError) << "there is no axis 2";
}

TEST(Reshape, KeepsTheRowMajorOrder) {
  EXPECT_THAT(reshape(two_rows(), {3, 2}), is_array({3, 2}, {1, 2, 3, 4, 5, 6}))
      << "this is no transpose: the order stays, the rows are cut elsewhere";
  EXPECT_THAT(reshape(two_rows(), {6}), is_array({6}, {1, 2, 3, 4, 5, 6}));
  EXPECT_THAT(reshape(Array::scalar(7), {1, 1}), is_array({1, 1}, {7}));
}

TEST(Reshape, FindsTheSizeThatIsMinusOne) {
  EXPECT_EQ(reshape(box(), {-1, 6}).shape(), (Shape{4, 6}));
  EXPECT_EQ(reshape(box(), {2, -1, 2}).shape(), (Shape{2, 6, 2}));
  EXPECT_EQ(reshape(Array({0, 3}), {-1, 3}).shape(), (Shape{0, 3})) << "0 is a size like another";
}

TEST(Reshape, LooksAtTheSamePlace) {
  Array a = two_rows();
  Array second = slice(a, 0, {1}), flat = reshape(second, {3});
  EXPECT_THAT(flat, is_array({3}, {4, 5, 6})) << "the view starts in the middle of the block";
  flat(0) = 40;
  EXPECT_EQ(a(1, 0), 40);
}

TEST(Reshape, RefusesAnotherNumberOfElements) {
  EXPECT_TRUE(names(message_of<ShapeError>([] {
                      reshape(two_rows(), {4, 2});
                    }),
                    "(2, 3)", "(4, 2)"))
      << "a ShapeError with both shapes";
  EXPECT_THROW(reshape(two_rows(), {4, -1}), ShapeError) << "6 cannot be divided by 4";
  EXPECT_THROW(reshape(two_rows(), {-1, -1}), ShapeError) << "which of them?";
  EXPECT_THROW(reshape(Array({0, 3}), {-1, 0}), ShapeError) << "-1 could be any number";
}

TEST(Reshape, RefusesWhatIsNotContiguous) {
  const Array turned = permute(two_rows(), {1, 0});
  EXPECT_THROW(reshape(turned, {6}), ShapeError)
      << "1, 4, 2, 5, 3, 6 is no walk with one stride; the caller makes it contiguous first";
}

TEST(Slice, TakesFromStartToStop) {
  EXPECT_THAT(slice(line(), 0, {2, 5}), is_array({3}, {2, 3, 4})) << "stop is not taken";
  EXPECT_THAT(slice(two_rows(), 0, {1, 2}), is_array({1, 3}, {4, 5, 6}));
  EXPECT_THAT(slice(two_rows(), 1, {1, 3}), is_array({2, 2}, {2, 3, 5, 6})) << "along axis 1";
}

TEST(Slice, TakesEveryStepTh) {
  EXPECT_THAT(slice(line(), 0, {0, 7, 2}), is_array({4}, {0, 2, 4, 6}));
  EXPECT_THAT(slice(line(), 0, {1, 7, 4}), is_array({2}, {1, 5}));
  EXPECT_THAT(slice(line(), 0, {0, 6, 3}), is_array({2}, {0, 3})) << "6 is not taken any more";
}

TEST(Slice, CountsFromTheEndAndCutsAsPythonDoes) {
  EXPECT_THAT(slice(line(), 0, {-3, 10, 2}), is_array({2}, {4, 6})) << "a[-3:10:2]";
  EXPECT_THAT(slice(line(), 0, {0, -5}), is_array({2}, {0, 1})) << "a[:-5]";
  EXPECT_THAT(slice(line(), 0, {-100, 2}), is_array({2}, {0, 1})) << "a[-100:2]";
  EXPECT_EQ(slice(line(), 0, {5, 2}).shape(), Shape{0}) << "a[5:2] is empty, and no error";
  EXPECT_EQ(slice(line(), 0, {50}).shape(), Shape{0}) << "a[50:] is empty";
  EXPECT_THAT(slice(two_rows(), -1, {2}), is_array({2, 1}, {3, 6})) << "axis -1 is the last";
}

TEST(Slice, WorksOnAView) {
  Array a = box();
  Array view = slice(slice(permute(a, {2, 1, 0}), 0, {1, 4, 2}), 1, {1});
  EXPECT_THAT(view, is_array({2, 2, 2}, {5, 17, 9, 21, 7, 19, 11, 23}))
      << "a.transpose()[1:4:2, 1:] in NumPy";
  view(1, 0, 1) = -1;
  EXPECT_EQ(a(1, 1, 3), -1) << "nothing was copied on the way";
}

TEST(Slice, RefusesWhatMakesNoSense) {
  EXPECT_THROW(slice(line(), 1, {}), RangeError) << "there is no axis 1";
  EXPECT_THROW(slice(line(), 0, {0, 7, 0}), RangeError) << "a step of 0 never ends";
  EXPECT_THROW(slice(line(), 0, {6, 0, -1}), RangeError) << "steps back are not offered";
}

}  // namespace
}  // namespace gradbook
