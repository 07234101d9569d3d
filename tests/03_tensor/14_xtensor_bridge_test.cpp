#include <gmock/gmock.h>

#include "03_tensor/bridge.hpp"
#include "support/array_matchers.hpp"
#include "support/xtensor_arrays.hpp"

namespace gradbook {
namespace {

using testing::ElementsAre;

TEST(AsXtensor, ShowsTheNumbersOfAnArray) {
  Array a({2, 3}, {1, 2, 3, 4, 5, 6});
  const XtensorView view = as_xtensor(a);
  EXPECT_THAT(sizes_of(view), ElementsAre(2, 3));
  EXPECT_EQ(view(1, 0), 4);
  EXPECT_EQ(&view(0, 0), a.data()) << "it must look at the storage of a, not at a copy";
}

TEST(AsXtensor, KeepsTheStridesOfAView) {
  Array a({2, 3}, {1, 2, 3, 4, 5, 6}), columns = view_of(a, {3, 2}, {1, 3}),
                                       middle = view_of(a, {2}, {3}, 1);
  const XtensorView view = as_xtensor(columns), of_middle = as_xtensor(middle);
  EXPECT_THAT(view.strides(), ElementsAre(1, 3));
  EXPECT_EQ(view(2, 1), 6) << "the transposed array has its last element at (2, 1)";
  EXPECT_EQ(of_middle(0), 2) << "the view starts at the array's own first element";
  EXPECT_EQ(of_middle(1), 5);
}

TEST(AsXtensor, ShowsAndMakesWrites) {
  Array a({2, 2}, {1, 2, 3, 4});
  XtensorView view = as_xtensor(a);
  view(0, 1) = 20;
  a.at({1, 1}) = 40;
  EXPECT_THAT(a, is_array({2, 2}, {1, 20, 3, 40}));
  EXPECT_EQ(view(1, 1), 40);
}

TEST(AsXtensor, KnowsArraysWithoutElementsAndWithoutAxes) {
  Array none({0, 3}), one = Array::full({}, 7);
  EXPECT_THAT(sizes_of(as_xtensor(none)), ElementsAre(0, 3));
  EXPECT_EQ(as_xtensor(one)(), 7);
}

TEST(AsXtensor, RefusesABroadcastView) {
  Array row({1, 3}, {1, 2, 3}), wide = view_of(row, {2, 3}, {0, 1});
  EXPECT_THROW(as_xtensor(wide), ShapeError) << "two elements are one number: use mutable_data";
}

TEST(AsArray, BorrowsAMatrix) {
  Matrix m = {{1, 2, 3}, {4, 5, 6}};
  Array a = as_array(m);
  EXPECT_THAT(a, is_array({2, 3}, {1, 2, 3, 4, 5, 6}));
  EXPECT_EQ(a.data(), m.data()) << "Storage::borrow, not a copy";
  a.at({1, 2}) = 60;
  EXPECT_EQ(m(1, 2), 60);
}

TEST(AsArray, KeepsStrides) {
  Real numbers[] = {1, 2, 3, 4, 5, 6};
  const std::size_t shape[] = {3, 2};
  const std::ptrdiff_t strides[] = {1, 3};
  EXPECT_THAT(as_array(numbers, shape, strides), is_array({3, 2}, {1, 4, 2, 5, 3, 6}));
}

TEST(AsArray, BorrowsAsFarAsTheStridesReach) {
  Real numbers[] = {1, 2, 3, 4, 5, 6};
  const std::size_t shape[] = {2, 2};
  const std::ptrdiff_t strides[] = {4, 1};
  EXPECT_EQ(as_array(numbers, shape, strides).storage().size(), 6)
      << "the last element is 1 * 4 + 1 * 1 from the first";
  Vector none = Vector::from_shape({0});
  EXPECT_EQ(as_array(none).storage().size(), 0);
}

TEST(AsArray, RefusesNegativeStrides) {
  Real numbers[] = {1, 2, 3};
  const std::size_t shape[] = {3};
  const std::ptrdiff_t strides[] = {-1};
  EXPECT_THROW(as_array(numbers + 2, shape, strides), RangeError);
}

}  // namespace
}  // namespace gradbook
