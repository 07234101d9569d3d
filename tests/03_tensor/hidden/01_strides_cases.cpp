#include <fmt/format.h>

#include "03_tensor/shape.hpp"
#include "support/arrays.hpp"
#include "support/case.hpp"
#include "support/messages.hpp"

namespace gradbook {
namespace {

constexpr std::int64_t power_of_two(std::int64_t exponent) { return std::int64_t{1} << exponent; }

Shape draw_shape(int rank, std::int64_t low, std::int64_t high) {
  Shape shape;
  while (shape.rank() < rank) shape.push_back(draw_integer(low, high));
  return shape;
}

Shape with(Shape shape, int axis, std::int64_t size) {
  shape[axis] = size;
  return shape;
}

// How the same elements would lie column by column
Strides column_major(const Shape& shape) {
  Strides strides(shape.rank(), 1);
  for (int axis = 1; axis < shape.rank(); ++axis)
    strides[axis] = strides[axis - 1] * shape[axis - 1];
  return strides;
}

// What goes in: a list as long as the rank
void record_shape(const Shape& shape) {
  input("shape", std::vector<std::int64_t>(shape.begin(), shape.end()));
}

void observe_size(const Shape& shape) {
  record_shape(shape);
  calling(fmt::format("size_of({})", text(shape)));
  observe(fmt::format("size of {}", text(shape)), size_of(shape));
}

void observe_strides(const Shape& shape) {
  record_shape(shape);
  calling(fmt::format("strides_of({})", text(shape)));
  observe(fmt::format("strides of {}", text(shape)), strides_of(shape));
}

void observe_contiguous(const Shape& shape, const Strides& strides) {
  record_shape(shape);
  calling(fmt::format("is_contiguous({}, {})", text(shape), text(strides)));
  observe(fmt::format("{} with strides {}", text(shape), text(strides)),
          is_contiguous(shape, strides));
}

void observe_refused(const Shape& shape) {
  const std::string sizes = text(shape);
  record_shape(shape);
  calling(fmt::format("size_of({}), then strides_of({})", sizes, sizes));
  observe_error("size of " + sizes, [&] { size_of(shape); });
  observe("the message has " + sizes,
          names(message_of<ShapeError>([&] { size_of(shape); }), sizes));
  observe_error("strides of " + sizes, [&] { strides_of(shape); });
}

CASE(strides, number_of_elements, "the number of elements is the product of all sizes") {
  for (int rank = 1; rank <= kMaxRank; ++rank) observe_size(draw_shape(rank, 1, 7));
}

CASE(strides, rank_zero, "without axes there is one element, and there are no strides") {
  observe_size({});
  observe_strides({});
  observe_contiguous({}, {});
}

CASE(strides, no_elements, "one size of 0, wherever it stands, leaves no elements") {
  for (int axis = 0; axis < 4; ++axis) observe_size(with(draw_shape(4, 1, 7), axis, 0));
  observe_size({0});
  observe_size({0, 0});
}

CASE(strides, rows_of_matrices,
     "in (4, 2, 2) a step along an axis passes all that lies behind it") {
  observe_strides({4, 2, 2});
  observe_strides(draw_shape(3, 2, 9));
}

CASE(strides, of_any_rank,
     "a stride is the product of the sizes behind its axis, whatever the rank is", {.weight = 2}) {
  for (int rank = 1; rank <= kMaxRank; ++rank) observe_strides(draw_shape(rank, 1, 7));
}

CASE(strides, one_axis, "a single axis has stride 1, however long it is") {
  for (const std::int64_t size : {std::int64_t{1}, std::int64_t{2}, draw_integer(3, 1'000'003)})
    observe_strides({size});
}

CASE(strides, of_no_elements, "a size of 0 counts as 1 in strides, so that none of them is 0") {
  observe_strides({0});
  observe_strides({draw_integer(2, 7), 0});
  for (int axis = 0; axis < 4; ++axis) observe_strides(with(draw_shape(4, 2, 7), axis, 0));
  observe_strides({draw_integer(2, 7), 0, 0, draw_integer(2, 7)});
}

CASE(strides, negative_sizes,
     "a negative size is a ShapeError with the shape, also where another is negative or 0") {
  for (int axis = 0; axis < 3; ++axis)
    observe_refused(with(draw_shape(3, 1, 7), axis, -draw_integer(1, 7)));
  observe_refused({-draw_integer(1, 7), -draw_integer(1, 7)});
  observe_refused({0, -draw_integer(1, 7)});
  observe_refused({-draw_integer(1, 7), 0});
}

CASE(strides, just_countable, "2^62, and 2^63 − 1, can still be counted") {
  const std::int64_t half = draw_integer(20, 40);
  observe_size({power_of_two(half), power_of_two(62 - half)});
  observe_strides({power_of_two(half), power_of_two(62 - half)});
  observe_size({INT64_MAX});
  observe_size({3'037'000'499, 3'037'000'499});
  observe_size({0, power_of_two(half), power_of_two(62 - half)});
}

CASE(strides, too_many,
     "a product of more than 63 bits is a ShapeError, whatever it looks like after it has "
     "overflowed") {
  const std::int64_t half = draw_integer(20, 40);
  observe_refused({power_of_two(half), power_of_two(63 - half)});
  observe_refused({3'037'000'500, 3'037'000'500});
  observe_refused({power_of_two(32), power_of_two(32)});
  observe_refused({power_of_two(32) + draw_integer(1, 9), power_of_two(32) + draw_integer(1, 9)});
  observe_refused({INT64_MAX, INT64_MAX, INT64_MAX});
}

CASE(strides, too_many_beside_none,
     "sizes whose product overflows are refused beside a 0, too: strides are made of them") {
  const std::int64_t half = draw_integer(20, 40);
  observe_refused({0, power_of_two(half), power_of_two(63 - half)});
  observe_refused({power_of_two(half), 0, power_of_two(63 - half)});
  observe_refused({power_of_two(half), power_of_two(63 - half), 0});
}

CASE(strides, contiguous, "elements in row-major order without gaps are contiguous",
     {.weight = 2}) {
  observe_contiguous({4, 2, 2}, {4, 2, 1});
  observe_contiguous({draw_integer(2, 9)}, {1});
  const std::int64_t rows = draw_integer(2, 9), columns = draw_integer(2, 9);
  observe_contiguous({rows, columns}, {columns, 1});
  observe_contiguous({3, rows, columns}, {rows * columns, columns, 1});
}

CASE(strides, other_orders, "columns, reversed elements and repeated ones are not contiguous") {
  for (int rank = 2; rank <= 5; ++rank) {
    const Shape shape = draw_shape(rank, 2, 7);
    observe_contiguous(shape, column_major(shape));
  }
  const std::int64_t columns = draw_integer(2, 9);
  observe_contiguous({draw_integer(2, 9)}, {-1});
  observe_contiguous({draw_integer(2, 9), columns}, {0, 1});
  observe_contiguous({draw_integer(2, 9), columns}, {1, 0});
}

CASE(strides, gaps, "strides that fall are not enough: between neighbours there must be no gap") {
  const std::int64_t rows = draw_integer(2, 9), columns = draw_integer(2, 9);
  observe_contiguous({rows}, {2});
  observe_contiguous({rows, columns}, {columns + 1, 1});
  observe_contiguous({rows, columns}, {2 * columns, 2});
  observe_contiguous({3, rows, columns}, {2 * rows * columns, columns, 1});
  observe_contiguous({3, rows, columns}, {2 * rows * columns, 2 * columns, 1});
}

CASE(strides, axes_of_one, "the stride of an axis of size 1 does not matter: nobody takes a step") {
  const std::int64_t rows = draw_integer(2, 9), columns = draw_integer(2, 9);
  const std::int64_t any = draw_integer(100, 200);
  observe_contiguous({rows, 1, columns}, {columns, any, 1});
  observe_contiguous({1, rows, columns}, {0, columns, 1});
  observe_contiguous({rows, columns, 1}, {columns, 1, -any});
  observe_contiguous({1, 1}, {any, any});
  observe_contiguous({rows, 1, columns}, {columns + 1, columns, 1});
}

CASE(strides, contiguous_without_elements,
     "an array without elements is contiguous, whatever its strides are") {
  const std::int64_t any = draw_integer(100, 200), size = draw_integer(2, 9);
  observe_contiguous({0}, {any});
  observe_contiguous({size, 0}, {any, 7});
  observe_contiguous({0, size, size}, {1, 0, any});
  observe_contiguous({size, size, 0}, {1, 2, 3});
}

CASE(strides, ranks_differ, "shape and strides of different ranks are a ShapeError") {
  calling("is_contiguous of (2, 3) with one stride, of (2) with two, of () with one");
  observe_error("fewer strides", [] { is_contiguous({2, 3}, {1}); });
  observe_error("more strides", [] { is_contiguous({2}, {2, 1}); });
  observe_error("one of rank 0", [] { is_contiguous({}, {1}); });
  observe_error("none of rank 1", [] { is_contiguous({0}, {}); });
}

PROOF(strides, literals) {
  prove(strides_of({4, 2, 2}) == Strides{4, 2, 1}, "(4, 2, 2) has strides (4, 2, 1)");
  prove(size_of({}) == 1 && strides_of({}) == Strides{}, "rank 0 has size 1 and no strides");
  prove(size_of({INT64_MAX}) == INT64_MAX, "2^63 - 1 elements can be counted");
}

PROOF(strides, products) {
  for (int rank = 1; rank <= 5; ++rank) {
    const Shape shape = draw_shape(rank, 1, 7);
    const Strides strides = strides_of(shape);
    prove(size_of(shape) == shape[0] * strides[0], "axis 0 makes as many steps as there is room");
    std::int64_t last = 0;  // the place of the last element
    for (int axis = 0; axis < rank; ++axis) last += (shape[axis] - 1) * strides[axis];
    prove(last + 1 == size_of(shape), "there is no gap before the last element");
    prove(is_contiguous(shape, strides), "what strides_of gives is contiguous");
  }
}

}  // namespace
}  // namespace gradbook
