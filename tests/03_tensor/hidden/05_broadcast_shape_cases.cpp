#include <fmt/format.h>

#include "03_tensor/shape.hpp"
#include "support/arrays.hpp"
#include "support/case.hpp"
#include "support/messages.hpp"

namespace gradbook {
namespace {

// Both ways round: what fits is the same, what does not is refused either way
void observe_both_ways(const Shape& a, const Shape& b) {
  const std::pair<Shape, Shape> pairs[] = {{a, b}, {b, a}};
  for (const auto& [left, right] : pairs) {
    const std::string label = fmt::format("{} with {}", text(left), text(right));
    calling(fmt::format("broadcast_shape({}, {})", text(left), text(right)));
    observe(label, broadcast_shape(left, right));
  }
}

// @param axis  of the result, in which alone they differ
void observe_refused(const Shape& a, const Shape& b, int axis) {
  const std::pair<Shape, Shape> pairs[] = {{a, b}, {b, a}};
  for (const auto& [left, right] : pairs) {
    const std::string label = fmt::format("{} with {}", text(left), text(right));
    calling(fmt::format("broadcast_shape({}, {}, \"add\")", text(left), text(right)));
    const auto call = [&, &x = left, &y = right] { broadcast_shape(x, y, "add"); };
    observe_error(label, call);
    const std::string message = message_of<ShapeError>(call);
    observe("both shapes are in the message of " + label, names(message, text(left), text(right)));
    observe("the operation is in the message of " + label, names(message, "add"));
    observe("the axis of the result is in the message of " + label,
            names(message, fmt::format("axis {}", axis)));
  }
}

Shape draw_shape(int rank, std::int64_t low, std::int64_t high) {
  Shape shape;
  while (shape.rank() < rank) shape.push_back(draw_integer(low, high));
  return shape;
}

CASE(broadcast_shape, equal, "equal shapes stay as they are") {
  for (int rank = 0; rank <= kMaxRank; ++rank) {
    const Shape shape = draw_shape(rank, 0, 9);
    observe_both_ways(shape, shape);
  }
}

CASE(broadcast_shape, size_one,
     "an axis of size 1 becomes as long as the other's, on either side") {
  const std::int64_t m = draw_integer(2, 9), n = draw_integer(2, 9);
  observe_both_ways({m, n}, {1, n});
  observe_both_ways({m, n}, {m, 1});
  observe_both_ways({m, n}, {1, 1});
  observe_both_ways({m, 1}, {1, n});
  observe_both_ways({1}, {m});
}

CASE(broadcast_shape, checkered, "(5, 1, 5, 1) and (1, 5, 1, 5) are (5, 5, 5, 5) together") {
  observe_both_ways({5, 1, 5, 1}, {1, 5, 1, 5});
  const std::int64_t m = draw_integer(2, 9), n = draw_integer(2, 9);
  observe_both_ways({m, 1, n, 1}, {1, n, 1, m});
}

CASE(broadcast_shape, missing_axes, "shapes are aligned at their last axes; a missing one counts 1",
     {.weight = 2}) {
  for (int rank = 1; rank <= kMaxRank; ++rank) {
    const Shape longer = draw_shape(rank, 2, 9);
    for (int kept = 0; kept <= rank; kept += 2) {
      Shape shorter;
      for (int axis = rank - kept; axis < rank; ++axis) shorter.push_back(longer[axis]);
      observe_both_ways(longer, shorter);
    }
  }
}

CASE(broadcast_shape, missing_and_one, "axes are missing here and of size 1 there") {
  const std::int64_t m = draw_integer(2, 9), n = draw_integer(2, 9);
  observe_both_ways({m, 1, n}, {7, 1});
  observe_both_ways({1, 1, 1, 1}, {m, n});
  observe_both_ways({m, 1}, {n});
  observe_both_ways({m, n, 1, 1}, {1, 3, 1});
}

CASE(broadcast_shape, numbers, "a number of rank 0 fits to every shape") {
  for (int rank = 0; rank <= 4; ++rank) observe_both_ways({}, draw_shape(rank, 0, 9));
  observe_both_ways({}, {3});
}

CASE(broadcast_shape, no_elements, "0 is a size like another: beside 1 it stays 0") {
  const std::int64_t n = draw_integer(2, 9);
  observe_both_ways({0}, {1});
  observe_both_ways({0}, {0});
  observe_both_ways({0}, {});
  observe_both_ways({n, 1}, {0});
  observe_both_ways({n, 0}, {1, 1});
  observe_both_ways({0, n}, {n});
}

CASE(broadcast_shape, any_that_fit, "axes that are left out, of size 1 or equal, in any mixture",
     {.weight = 3}) {
  for (int i = 0; i < 40; ++i) {
    const Shape result = draw_shape(static_cast<int>(draw_integer(0, 6)), 0, 5);
    const auto draw_part = [&] {
      Shape part;
      for (int axis = static_cast<int>(draw_integer(0, result.rank())); axis < result.rank();
           ++axis)
        part.push_back(draw_integer(0, 2) == 0 ? 1 : result[axis]);
      return part;
    };
    const Shape a = draw_part();
    observe_both_ways(a, draw_part());
  }
}

CASE(broadcast_shape, sizes_differ,
     "two sizes that differ and are not 1 are a ShapeError, which names the axis of the result",
     {.weight = 2}) {
  const std::int64_t m = draw_integer(2, 9), n = m + draw_integer(1, 9);
  observe_refused({m}, {n}, 0);
  observe_refused({m, 7}, {n, 7}, 0);
  observe_refused({7, m}, {7, n}, 1);
  observe_refused({4, 1, m, 1}, {1, 3, n, 5}, 2);
}

CASE(broadcast_shape, differ_at_the_end,
     "(5, 2) and (5) do not fit: what would fit at the first axes does not count") {
  observe_refused({5, 2}, {5}, 1);
  const std::int64_t m = draw_integer(2, 9), n = m + draw_integer(1, 9);
  observe_refused({m, n}, {m}, 1);
  observe_refused({m, 1, n}, {m}, 2);
  observe_refused({3, m, n, 1}, {m, 1, 4}, 1);
}

CASE(broadcast_shape, multiples, "a size that divides the other is not repeated: only 1 is") {
  const std::int64_t n = draw_integer(2, 9);
  observe_refused({n}, {2 * n}, 0);
  observe_refused({3, n}, {3, 3 * n}, 1);
}

CASE(broadcast_shape, nothing_and_some, "0 beside a size that is not 1 is a ShapeError") {
  const std::int64_t n = draw_integer(2, 9);
  observe_refused({0}, {2}, 0);
  observe_refused({n, 0}, {n, n}, 1);
  observe_refused({0, 3}, {n, 3}, 0);
}

CASE(broadcast_shape, who_asks,
     "the message begins with who asks: what is given, or broadcast_shape") {
  calling("broadcast_shape({2}, {3}), with and without an operation");
  const auto observe_name = [](const char* label, auto call, const char* name) {
    observe(label, message_of<ShapeError>(call).starts_with(name));
  };
  observe_name(
      "nobody", [] { broadcast_shape({2}, {3}); }, "broadcast_shape");
  observe_name(
      "matmul", [] { broadcast_shape({2}, {3}, "matmul"); }, "matmul");
  observe_name(
      "zip",
      [] {
        broadcast_shape({4, 2}, {3, 1}, "zip");
      },
      "zip");
}

PROOF(broadcast_shape, literals) {
  prove(broadcast_shape({5, 1, 5, 1}, {1, 5, 1, 5}) == Shape{5, 5, 5, 5}, "the checkered one");
  prove(broadcast_shape({}, {3}) == Shape{3}, "a number with (3)");
  prove(broadcast_shape({0}, {1}) == Shape{0}, "(0) with (1)");
  prove(message_of<ShapeError>([] { broadcast_shape({0}, {2}); }) != "", "(0) with (2) throws");
  prove(message_of<ShapeError>([] {
          broadcast_shape({5, 2}, {5}, "zip");
        }) == "zip: (5, 2) and (5) do not broadcast: axis 1 is 2 against 5",
        "the message is the one of the contract");
}

PROOF(broadcast_shape, laws) {
  for (int i = 0; i < 100; ++i) {
    const Shape a = draw_shape(static_cast<int>(draw_integer(0, 4)), 0, 3);
    const Shape b = draw_shape(static_cast<int>(draw_integer(0, 4)), 0, 3);
    const auto together = [](const Shape& x, const Shape& y) {
      try {
        return broadcast_shape(x, y);
      } catch (const ShapeError&) {
        return Shape{-1};
      }
    };
    const Shape both = together(a, b);
    prove(both == together(b, a), "the two may change sides");
    prove(both == Shape{-1} || together(a, both) == both, "a fits to what comes out");
    prove(together(a, a) == a, "a shape with itself is itself");
  }
}

}  // namespace
}  // namespace gradbook
