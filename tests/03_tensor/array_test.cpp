// The given code of module 03: what it refuses, and what it says then.
#include "03_tensor/array.hpp"

#include <cmath>

#include "support/array_matchers.hpp"
#include "support/messages.hpp"

namespace gradbook {
namespace {

using testing::AllOf;
using testing::HasSubstr;

constexpr std::int64_t k32 = std::int64_t{1} << 32;

Array two_rows() { return Array({2, 3}, {1, 2, 3, 4, 5, 6}); }

TEST(Dims, HoldsEightNumbersAndRefusesANinth) {
  const std::string limit = "at most 8 axes";
  EXPECT_EQ((Dims{1, 2, 3, 4, 5, 6, 7, 8}).rank(), 8);
  EXPECT_THAT(message_of<ShapeError>([] { Dims{1, 2, 3, 4, 5, 6, 7, 8, 9}; }),
              AllOf(HasSubstr(limit), HasSubstr("(1, 2, 3, 4, 5, 6, 7, 8)")));
  EXPECT_THAT(message_of<ShapeError>([] { Dims(9, 1); }), HasSubstr(limit));
  EXPECT_THAT(message_of<ShapeError>([] { Dims(-1, 1); }), HasSubstr("-1"));
  Dims full(8, 2);
  EXPECT_THROW(full.push_back(1), ShapeError);
  EXPECT_THROW(full.push_front(1), ShapeError);
  EXPECT_EQ(full, Dims(8, 2)) << "what is refused changes nothing";
}

TEST(Dims, GrowsAtBothEndsAndReadsWell) {
  Dims dims{3};
  dims.push_front(2);
  dims.push_back(-4);
  EXPECT_EQ(dims, (Dims{2, 3, -4}));
  EXPECT_STREQ(dims.text().c_str(), "(2, 3, -4)");
  EXPECT_STREQ(Dims{}.text().c_str(), "()");
  EXPECT_EQ(std::string(Dims(8, INT64_MIN).text().c_str()).size(), 8 * 20 + 7 * 2 + 2);
  EXPECT_FALSE((Dims{2, 3}) == (Dims{2, 3, 0}));
}

TEST(Array, IsAHandle) {
  Array a = two_rows(), b = a;
  b(1, 2) = 60;
  EXPECT_EQ(a(1, 2), 60);
  EXPECT_THAT(Array(), is_array({0}, {}));
  EXPECT_EQ(Array::scalar(7)(), 7) << "a number is indexed by nothing";
}

TEST(Array, StartsWithNaN) {
  const Array fresh({3, 2});
  for (const Real number : elements(fresh)) EXPECT_TRUE(std::isnan(number));
}

TEST(Array, RefusesShapesThatNoArrayCanHave) {
  EXPECT_THAT(message_of<ShapeError>([] { Array({2, -3}); }), HasSubstr("(2, -3)"));
  EXPECT_THAT(message_of<ShapeError>([] { Array({k32, k32}); }), HasSubstr("4294967296"));
  EXPECT_THAT(message_of<ShapeError>([] {
                Array::zeros({k32, k32 / 4});
              }),
              HasSubstr("no memory"))
      << "2^62 elements can be counted, and not be stored";
}

TEST(Array, RefusesAnotherNumberOfValues) {
  EXPECT_THAT(message_of<ShapeError>([] {
                Array({2, 3}, {1, 2, 3, 4});
              }),
              AllOf(HasSubstr("(2, 3)"), HasSubstr("6"), HasSubstr("4")));
}

TEST(Array, RefusesAnIndexThatIsNone) {
  Array a = two_rows();
  const Array& same = a;
  EXPECT_THAT(message_of<RangeError>([&] { same(2, 0); }),
              AllOf(HasSubstr("(2, 0)"), HasSubstr("(2, 3)")));
  EXPECT_THAT(message_of<ShapeError>([&] { same(1); }), HasSubstr("(2, 3)"));
  EXPECT_THROW(a(0, -1) = 1, RangeError);
  EXPECT_THROW(a(0, 0, 0) = 1, ShapeError);
}

TEST(Array, HasAnItemWhereItHasOneElement) {
  EXPECT_EQ(Array::scalar(7).item(), 7);
  EXPECT_EQ(view_of(two_rows(), {1, 1}, {0, 0}, 4).item(), 5);
  EXPECT_THAT(message_of<ShapeError>([] { two_rows().item(); }),
              AllOf(HasSubstr("item"), HasSubstr("(2, 3)"), HasSubstr("6")));
  EXPECT_THAT(message_of<ShapeError>([] { Array({2, 0}).item(); }), HasSubstr("(2, 0)"));
}

TEST(Array, CannotBeWrittenThroughABroadcastView) {
  const Array a = two_rows();
  Array wide = view_of(a, {4, 3}, {0, 1});
  EXPECT_TRUE(wide.is_broadcast());
  EXPECT_THAT(message_of<ShapeError>([&] { wide(0, 0) = 1; }),
              AllOf(HasSubstr("(4, 3)"), HasSubstr("(0, 1)"), HasSubstr("contiguous")));
  EXPECT_THROW(wide.mutable_data(), ShapeError);
  const Array& to_read = wide;
  EXPECT_EQ(to_read(3, 2), 3);
  EXPECT_FALSE(view_of(a, {1, 3}, {0, 1}).is_broadcast()) << "a stride that nobody takes";
}

TEST(ViewOf, RefusesToReachOutside) {
  const Array a = two_rows();
  EXPECT_THAT(message_of<RangeError>([&] {
                view_of(a, {2, 3}, {4, 1});
              }),
              AllOf(HasSubstr("(4, 1)"), HasSubstr("from 0 to 6"), HasSubstr("6 numbers")));
  EXPECT_THROW(view_of(a, {3}, {-1}, 1), RangeError) << "before the first";
  EXPECT_THROW(view_of(a, {1}, {1}, 6), RangeError);
  EXPECT_THROW(view_of(a, {1}, {1}, -1), RangeError);
  EXPECT_THROW(view_of(a, {3}, {INT64_MAX}), RangeError) << "the last place overflows";
  EXPECT_THROW(view_of(a, {3}, {INT64_MIN}), RangeError);
  EXPECT_THAT(view_of(a, {3}, {-2}, 5), is_array({3}, {6, 4, 2}));
  EXPECT_EQ(view_of(a, {0, 9}, {7, 7}, 100).size(), 0) << "without elements it reaches nowhere";
}

TEST(ViewOf, RefusesStridesOfAnotherRank) {
  EXPECT_THAT(message_of<ShapeError>([] {
                view_of(two_rows(), {2, 3}, {1});
              }),
              AllOf(HasSubstr("(2, 3)"), HasSubstr("(1)")));
  EXPECT_THROW(view_of(two_rows(), {-2}, {1}), ShapeError);
}

TEST(CheckedAxes, CountFromTheEndAndComeInOrder) {
  EXPECT_EQ(checked_axis("sum", -1, 3), 2);
  EXPECT_EQ(checked_axes("sum", {-1, 0}, 3), (Axes{0, 2}));
  EXPECT_EQ(all_axes(3), (Axes{0, 1, 2}));
}

TEST(CheckedAxes, AreThereAndDifferent) {
  EXPECT_THAT(message_of<RangeError>([] { checked_axis("sum", 3, 3); }),
              AllOf(HasSubstr("sum"), HasSubstr("axis 3"), HasSubstr("3 axes")));
  EXPECT_THROW(checked_axis("sum", -4, 3), RangeError);
  EXPECT_THROW(checked_axis("sum", 0, 0), RangeError) << "a number has no axes";
  EXPECT_THAT(message_of<RangeError>([] {
                checked_axes("sum", {1, -2}, 3);
              }),
              AllOf(HasSubstr("axis 1"), HasSubstr("twice"), HasSubstr("(1, -2)")));
}

TEST(Storage, IsSharedAlignedAndGivenBack) {
  const std::int64_t before = live_bytes();
  {
    const Array a({5}), b = a;
    EXPECT_TRUE(a.storage() == b.storage());
    EXPECT_EQ(reinterpret_cast<std::uintptr_t>(a.data()) % 64, 0U);
    EXPECT_GT(live_bytes(), before);
  }
  EXPECT_EQ(live_bytes(), before);
  const std::int64_t asked = system_allocations();
  for (int i = 0; i < 100; ++i) Array again({5});
  EXPECT_EQ(system_allocations(), asked) << "a block that came back is used again";
}

TEST(Storage, LeavesBorrowedNumbersToTheirOwner) {
  Real numbers[] = {1, 2, 3, 4};
  Array columns = array_on(Storage::borrow(numbers, 4), {2, 2}, {1, 2});
  columns(0, 1) = 30;
  EXPECT_EQ(numbers[2], 30);
  EXPECT_THROW(array_on(Storage::borrow(numbers, 4), {5}, {1}), RangeError);
}

TEST(ToString, ShowsNestedRowsAndLeavesTheMiddleOut) {
  EXPECT_EQ(to_string(two_rows()), "[[1, 2, 3],\n [4, 5, 6]]");
  EXPECT_EQ(to_string(Array::scalar(0.5)), "0.5");
  EXPECT_EQ(to_string(Array({2, 0})), "[[],\n []]");
  Array line({12});
  for (int i = 0; i < 12; ++i) line(i) = i;
  EXPECT_EQ(to_string(line), "[0, 1, 2, …, 9, 10, 11]");
  EXPECT_EQ(to_string(view_of(line, {3, 2}, {1, 3})), "[[0, 3],\n [1, 4],\n [2, 5]]");
}

}  // namespace
}  // namespace gradbook
