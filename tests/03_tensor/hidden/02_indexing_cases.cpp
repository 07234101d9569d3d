#include <fmt/format.h>

#include "03_tensor/shape.hpp"
#include "support/arrays.hpp"
#include "support/case.hpp"
#include "support/messages.hpp"

namespace gradbook {
namespace {

Shape draw_shape(int rank, std::int64_t low, std::int64_t high) {
  Shape shape;
  while (shape.rank() < rank) shape.push_back(draw_integer(low, high));
  return shape;
}

// The indices of all elements in row-major order, counted up as a mileage counter does
std::vector<Index> all_indices(const Shape& shape) {
  std::vector<Index> indices;
  Index index(shape.rank(), 0);
  for (std::size_t i = 0; i < count(shape); ++i) {
    indices.push_back(index);
    for (int axis = shape.rank() - 1; axis >= 0 && ++index[axis] == shape[axis]; --axis)
      index[axis] = 0;
  }
  return indices;
}

void observe_places(const Shape& shape, const Strides& strides) {
  calling(fmt::format("index_to_position of every index of {} with strides {}", text(shape),
                      text(strides)));
  std::vector<std::int64_t> places;
  for (const Index& index : all_indices(shape))
    places.push_back(index_to_position(index, shape, strides));
  observe(fmt::format("places of {} with strides {}", text(shape), text(strides)), places);
}

void observe_indices(const Shape& shape) {
  calling(fmt::format("position_to_index of every position of {}", text(shape)));
  std::vector<std::int64_t> numbers;
  bool as_long_as_the_shape = true;
  for (std::size_t i = 0; i < count(shape); ++i) {
    Index index = position_to_index(static_cast<std::int64_t>(i), shape);
    as_long_as_the_shape = as_long_as_the_shape && index.rank() == shape.rank();
    while (index.rank() < shape.rank()) index.push_back(-1);
    numbers.insert(numbers.end(), index.begin(), index.begin() + shape.rank());
  }
  observe(fmt::format("indices of {} have a number for each axis", text(shape)),
          as_long_as_the_shape);
  observe(fmt::format("index of each element of {}", text(shape)),
          std::span<const std::int64_t>(numbers),
          std::vector<std::uint64_t>{count(shape), static_cast<std::uint64_t>(shape.rank())});
}

// Which error there is, and whether its message has the facts
template <class Thrown, class Call, class... Facts>
void observe_refused(const std::string& call, Call run, const Facts&... facts) {
  calling(call);
  observe_error(call, run);
  observe("the facts are in the message of " + call, names(message_of<Thrown>(run), facts...));
}

void refuse_index(const Index& index, const Shape& shape) {
  const std::string i = text(index), s = text(shape);
  observe_refused<RangeError>(
      fmt::format("index_to_position({}, {}, …)", i, s),
      [&] { index_to_position(index, shape, strides_of(shape)); }, i, s);
}

void refuse_position(std::int64_t position, const Shape& shape) {
  const std::string p = std::to_string(position), s = text(shape);
  observe_refused<RangeError>(
      fmt::format("position_to_index({}, {})", p, s), [&] { position_to_index(position, shape); },
      p, s);
}

CASE(indexing, row_major, "in row-major order the elements stand at 0, 1, 2 and so on") {
  for (int rank = 0; rank <= 5; ++rank) {
    const Shape shape = draw_shape(rank, 1, 5);
    observe_places(shape, strides_of(shape));
  }
}

CASE(indexing, any_strides, "the place is the sum of index times stride, whatever the strides are",
     {.weight = 2}) {
  for (int rank = 1; rank <= 5; ++rank) {
    observe_places(draw_shape(rank, 1, 4), draw_shape(rank, -50, 50));
    observe_places(draw_shape(rank, 1, 4), draw_shape(rank, 0, 1));
  }
}

CASE(indexing, no_axes, "the one element of rank 0 has no index, and stands at 0") {
  observe_places({}, {});
  observe_indices({});
}

CASE(indexing, far_away, "a place may be far beyond what an int can count") {
  const std::int64_t rows = draw_integer(70'000, 80'000), columns = draw_integer(70'000, 80'000);
  const Shape shape{rows, columns};
  const Index last{rows - 1, columns - 2};
  calling(fmt::format("index_to_position({}, {}, strides_of)", text(last), text(shape)));
  observe("place", index_to_position(last, shape, strides_of(shape)));
  calling(fmt::format("position_to_index of that place in {}", text(shape)));
  observe("index", position_to_index(rows * columns - 2, shape));
  calling("index_to_position({2}, {3}, {2^40})");
  observe("long stride", index_to_position({2}, {3}, {std::int64_t{1} << 40}));
}

CASE(indexing, from_a_position, "the index that comes at a position, the last axis fastest",
     {.weight = 2}) {
  for (int rank = 1; rank <= 5; ++rank) observe_indices(draw_shape(rank, 1, 5));
  observe_indices(draw_shape(kMaxRank, 1, 2));
}

CASE(indexing, axes_of_one, "along an axis of size 1 the index is always 0") {
  const std::int64_t size = draw_integer(2, 7);
  observe_indices({1});
  observe_indices({1, size, 1});
  observe_indices({size, 1, 1, size});
}

CASE(indexing, there_and_back, "a position that is made an index and a place again is the same") {
  for (int rank = 0; rank <= 5; ++rank) {
    const Shape shape = draw_shape(rank, 1, 5);
    calling(fmt::format("index_to_position of position_to_index in {}", text(shape)));
    std::vector<std::int64_t> places;
    for (std::size_t i = 0; i < count(shape); ++i) {
      const Index index = position_to_index(static_cast<std::int64_t>(i), shape);
      places.push_back(index_to_position(index, shape, strides_of(shape)));
    }
    observe(fmt::format("places of {}", text(shape)), places);
  }
}

CASE(indexing, index_outside,
     "an index below 0, or not below the size, is a RangeError with index and shape") {
  for (int axis = 0; axis < 3; ++axis) {
    const Shape shape = draw_shape(3, 2, 7);
    Index index = draw_shape(3, 0, 1);
    index[axis] = shape[axis];
    refuse_index(index, shape);
    index[axis] = -1;
    refuse_index(index, shape);
    index[axis] = -draw_integer(2, 9);
    refuse_index(index, shape);
    index[axis] = shape[axis] + draw_integer(1, 9);
    refuse_index(index, shape);
  }
}

CASE(indexing, no_elements, "where there are no elements every index and position is outside") {
  const std::int64_t size = draw_integer(2, 7);
  refuse_index({0}, {0});
  refuse_index({1, 0}, {size, 0});
  refuse_index({0, 1}, {0, size});
  refuse_position(0, {0});
  refuse_position(0, {size, 0});
  refuse_position(draw_integer(1, 9), {0, size});
}

CASE(indexing, ranks_differ, "index, shape and strides of different ranks are a ShapeError") {
  const std::int64_t size = draw_integer(2, 7);
  const auto refuse = [](const Index& index, const Shape& shape, const Strides& strides) {
    const std::string i = text(index), s = text(shape);
    observe_refused<ShapeError>(
        fmt::format("index_to_position({}, {}, {})", i, s, text(strides)),
        [&] { index_to_position(index, shape, strides); }, i, s);
  };
  refuse({1}, {2, size}, {size, 1});
  refuse({1, 0, 0}, {2, size}, {size, 1});
  refuse({1, 1}, {2, size}, {1});
  refuse({1, 1}, {2, size}, {size, 1, 1});
  refuse({0}, {}, {});
  refuse({}, {size}, {1});
}

CASE(indexing, position_outside,
     "a position below 0, or not below the number of elements, is a RangeError") {
  const Shape shape = draw_shape(3, 1, 5);
  const std::int64_t elements = static_cast<std::int64_t>(count(shape));
  refuse_position(elements, shape);
  refuse_position(elements + draw_integer(1, 9), shape);
  refuse_position(-1, shape);
  refuse_position(-draw_integer(2, 9), shape);
  refuse_position(1, {});
  refuse_position(-1, {});
}

PROOF(indexing, bijection) {
  for (int rank = 0; rank <= 5; ++rank) {
    const Shape shape = draw_shape(rank, 1, 5);
    std::vector<bool> met(count(shape));
    for (const Index& index : all_indices(shape)) {
      const std::int64_t place = index_to_position(index, shape, strides_of(shape));
      prove(position_to_index(place, shape) == index, "there and back is the same index");
      prove(!met.at(static_cast<std::size_t>(place)), "no two indices have one place");
      met[static_cast<std::size_t>(place)] = true;
    }
  }
}

PROOF(indexing, literals) {
  prove(index_to_position({1, 2}, {2, 3}, {3, 1}) == 5, "(1, 2) of (2, 3) stands at 5");
  prove(position_to_index(13, {4, 2, 2}) == Index{3, 0, 1}, "13 in (4, 2, 2) is (3, 0, 1)");
}

}  // namespace
}  // namespace gradbook
