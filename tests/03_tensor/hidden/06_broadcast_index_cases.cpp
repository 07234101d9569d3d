#include <fmt/format.h>

#include <cstring>

#include "03_tensor/array.hpp"
#include "support/arrays.hpp"
#include "support/case.hpp"
#include "support/messages.hpp"

namespace gradbook {
namespace {

// Elements of the wide view, that it looks at the block of `a` with a stride of 0 where it repeats,
// and that nobody has written into the block
void observe_wide(const std::string& what, const Array& a, const Shape& shape) {
  const Storage block = a.storage();
  const std::vector<Real> before(block.data(), block.data() + block.size());
  const std::string call =
      fmt::format("broadcast_to({} {}, {})", what, text(a.shape()), text(shape));
  calling(call);
  const Array wide = broadcast_to(a, shape);
  observe(call, wide);
  observe("the block is shared by " + call, wide.storage() == block);
  observe("elements repeat in " + call, wide.is_broadcast());
  observe("the block is written to by " + call,
          std::memcmp(before.data(), block.data(), before.size() * sizeof(Real)) != 0);
}

// Both shapes must be in the message
void observe_refused(const Array& a, const Shape& shape) {
  const std::string from = text(a.shape()), to = text(shape), label = from + " to " + to;
  calling(fmt::format("broadcast_to of {}", label));
  observe_error(label, [&] { broadcast_to(a, shape); });
  observe("both shapes are in the message of " + label,
          names(message_of<ShapeError>([&] { broadcast_to(a, shape); }), from, to));
}

CASE(broadcast_index, rows, "a missing axis at the front repeats all that comes behind it") {
  for (const Layout layout : kLayouts) {
    const Array row = input_numbered("row", {5}, layout);
    observe_wide(name(layout), row, {3, 5});
    observe_wide(name(layout), row, {2, 3, 5});
    const Array a = input_numbered("a", {3, 2}, layout);
    observe_wide(name(layout), a, {4, 3, 2});
  }
}

CASE(broadcast_index, columns, "an axis of size 1 is repeated wherever it stands", {.weight = 2}) {
  for (const Layout layout : kLayouts) {
    observe_wide(name(layout), input_numbered("a", {3, 1}, layout), {3, 4});
    observe_wide(name(layout), input_numbered("a", {1, 4}, layout), {3, 4});
    observe_wide(name(layout), input_numbered("a", {2, 1, 3}, layout), {2, 5, 3});
    observe_wide(name(layout), input_numbered("a", {1, 3, 1}, layout), {2, 3, 4});
  }
}

CASE(broadcast_index, numbers, "one number, of any rank, fills any shape") {
  for (const Layout layout : kLayouts) {
    observe_wide(name(layout), input_numbered("number", {}, layout), {2, 3});
    observe_wide(name(layout), input_numbered("number", {}, layout), {});
    observe_wide(name(layout), input_numbered("number", {}, layout), {1, 1});
    observe_wide(name(layout), input_numbered("number", {1}, layout), {7});
    observe_wide(name(layout), input_numbered("number", {1, 1}, layout), {3, 1, 2});
  }
}

CASE(broadcast_index, mixtures, "some axes are missing, some of size 1, some stay as they are",
     {.weight = 3}) {
  for (const Layout layout : kLayouts) {
    for (int i = 0; i < 8; ++i) {
      Shape shape, part;
      const int rank = static_cast<int>(draw_integer(1, 5));
      while (shape.rank() < rank) shape.push_back(draw_integer(1, 4));
      for (int axis = static_cast<int>(draw_integer(0, 2)); axis < rank; ++axis)
        part.push_back(draw_integer(0, 1) == 0 ? 1 : shape[axis]);
      observe_wide(name(layout), input_numbered("a", part, layout), shape);
    }
  }
}

CASE(broadcast_index, same_shape, "broadcast to its own shape, an array is a view of itself") {
  for (const Layout layout : kLayouts) {
    for (const Shape& shape : {Shape{7}, {3, 4}, {2, 1, 3}})
      observe_wide(name(layout), input_numbered("a", shape, layout), shape);
  }
}

CASE(broadcast_index, no_elements, "a size of 1 becomes 0 where that is asked, and 0 stays 0") {
  observe_wide("a number", input_numbered("number", {1}), {0});
  observe_wide("a row", input_numbered("row", {1, 3}), {0, 3});
  observe_wide("a column", input_numbered("column", {3, 1}), {3, 0});
  observe_wide("nothing", input_numbered("none", {0}), {2, 0});
  observe_wide("nothing", input_numbered("none", {0, 1}), {0, 4});
}

CASE(broadcast_index, twice, "what is broadcast already can be broadcast again") {
  const Array a = input_numbered("a", {3, 1}, Layout::offset);
  calling("broadcast_to(broadcast_to(a, {3, 2}), {4, 3, 2})");
  const Array wide = broadcast_to(broadcast_to(a, {3, 2}), {4, 3, 2});
  observe("elements", wide);
  observe("strides", wide.strides());
  observe("the block is shared", wide.storage() == a.storage());
}

CASE(broadcast_index, strides,
     "a repeated axis has stride 0, the others have the strides they had") {
  for (const Layout layout : kLayouts) {
    const Array a = input_numbered("a", {2, 1, 3}, layout);
    calling(fmt::format("broadcast_to of a {} (2, 1, 3) to (4, 2, 5, 3)", name(layout)));
    observe(name(layout), broadcast_to(a, {4, 2, 5, 3}).strides());
  }
}

CASE(broadcast_index, no_copy_however_large,
     "nothing is copied: a view of 10^18 numbers costs nothing") {
  const Array a = input_numbered("a", {3, 1}, Layout::sliced);
  const std::int64_t many = 1'000'000'000 + draw_integer(0, 9);
  calling(fmt::format("broadcast_to of (3, 1) to ({}, 3, {})", many / 10, many));
  const Array wide = broadcast_to(a, {many / 10, 3, many});
  observe("elements", wide.size());
  observe("the block is shared", wide.storage() == a.storage());
  observe("strides", wide.strides());
}

CASE(broadcast_index, writing, "elements that repeat cannot be written, those that do not can",
     {.weight = 2}) {
  const double w = input("written", draw(-9, 9));
  const Array a = input_numbered("a", {3, 1}, Layout::offset);
  calling("a write through broadcast_to of (3, 1) to (3, 4), (2, 3, 1), (1, 3, 1) and (3, 1)");
  for (const Shape& shape : {Shape{3, 4}, {2, 3, 1}, {1, 3, 1}, {3, 1}}) {
    Array wide = broadcast_to(a, shape);
    observe_error("write to " + text(shape), [&] { *wide.mutable_data() = w; });
    observe("a afterwards, " + text(shape), a);
  }
}

CASE(broadcast_index, seen_through,
     "a later write into the array shows wherever the element repeats") {
  Array a = input_numbered("a", {2, 1}, Layout::sliced);
  const double w = input("written", draw(-9, 9));
  calling("a write into a after broadcast_to(a, {3, 2, 2})");
  const Array wide = broadcast_to(a, {3, 2, 2});
  *a.mutable_data() = w;
  observe("the wide view", wide);
}

CASE(broadcast_index, refused,
     "a shape that the array does not broadcast to is a ShapeError with both", {.weight = 2}) {
  const Array a = input_numbered("a", {2, 3}), number = input_numbered("number", {});
  for (const Shape& shape : {Shape{2, 4}, {3, 3}, {4, 6}, {3, 2}, {2, 3, 1}, {3, 2, 2}, {0, 3}})
    observe_refused(a, shape);
  observe_refused(input_numbered("row", {3}), {3, 1});
  observe_refused(input_numbered("none", {0}), {2});
}

CASE(broadcast_index, not_smaller,
     "broadcasting makes an array larger, never smaller: what is left after it must be what was "
     "asked") {
  const Array a = input_numbered("a", {2, 3}), column = input_numbered("column", {2, 1});
  for (const Shape& shape : {Shape{3}, {}, {1, 3}, {2, 1}, {1, 1}, {1}}) observe_refused(a, shape);
  observe_refused(column, {1, 3});
  observe_refused(column, {3});
  observe_refused(input_numbered("three axes", {1, 1, 3}), {3});
  observe_refused(input_numbered("none", {0}), {1});
}

CASE(broadcast_index, shapes_of_nothing,
     "a shape that no array can have is a ShapeError here, too") {
  const Array number = Array::scalar(draw(-9, 9));
  const std::int64_t large = std::int64_t{1} << 32;
  calling("broadcast_to of a number to (-3), (2, -1) and (2^32, 2^32)");
  observe_error("(-3)", [&] { broadcast_to(number, {-3}); });
  observe_error("(2, -1)", [&] { broadcast_to(number, {2, -1}); });
  observe_error("(2^32, 2^32)", [&] { broadcast_to(number, {large, large}); });
}

PROOF(broadcast_index, literals) {
  const Array row({3}, {1, 2, 3}), column({2, 1}, {1, 2});
  prove(elements(broadcast_to(row, {2, 3})) == std::vector<Real>{1, 2, 3, 1, 2, 3}, "a row twice");
  prove(elements(broadcast_to(column, {2, 3})) == std::vector<Real>{1, 1, 1, 2, 2, 2},
        "a column three times");
}

PROOF(broadcast_index, every_index) {
  for (const Layout layout : kLayouts) {
    const Array a = array_in(layout, {2, 1, 3}, {1, 2, 3, 4, 5, 6});
    const Array wide = broadcast_to(a, {4, 2, 5, 3});
    for (std::int64_t position = 0; position < wide.size(); ++position) {
      const Index at = position_to_index(position, wide.shape());
      prove(wide.at(at) == a.at({at[1], 0, at[3]}), "new and repeated axes do not matter");
    }
  }
}

}  // namespace
}  // namespace gradbook
