#include <fmt/format.h>

#include <algorithm>
#include <cstring>
#include <numeric>

#include "03_tensor/array.hpp"
#include "support/arrays.hpp"
#include "support/case.hpp"
#include "support/messages.hpp"

namespace gradbook {
namespace {

// The bits of a whole block, to see later whether somebody has written into it
class Snapshot {
 public:
  explicit Snapshot(const Array& a) : storage_(a.storage()), numbers_(first(), last()) {}
  bool unchanged() const {
    return std::memcmp(numbers_.data(), first(), numbers_.size() * sizeof(Real)) == 0;
  }

 private:
  const Real* first() const { return storage_.data(); }
  const Real* last() const { return first() + storage_.size(); }
  Storage storage_;
  std::vector<Real> numbers_;
};

// Shape and elements of a view, that it looks at the block of `a`, and that the block is as it was
template <class View>
void observe_view(const std::string& call, const Array& a, View view) {
  const Snapshot before(a);
  calling(call);
  const Array seen = view();
  observe(call, seen);
  observe("the storage is shared by " + call, seen.storage() == a.storage());
  observe("nothing is written by " + call, before.unchanged());
}

void observe_permute(const std::string& name, const Array& a, const Axes& order) {
  observe_view(fmt::format("permute({} of {}, {})", name, text(a.shape()), text(order)), a,
               [&] { return permute(a, order); });
}

void observe_reshape(const std::string& name, const Array& a, const Shape& shape) {
  observe_view(fmt::format("reshape({} of {}, {})", name, text(a.shape()), text(shape)), a,
               [&] { return reshape(a, shape); });
}

std::string bound(std::int64_t number) {
  if (number == INT64_MAX) return "INT64_MAX";
  return number == INT64_MIN ? "INT64_MIN" : std::to_string(number);
}

void observe_slice(const std::string& name, const Array& a, std::int64_t axis, const Slice& taken) {
  observe_view(fmt::format("slice({} of {}, {}, {{{}, {}, {}}})", name, text(a.shape()), axis,
                           bound(taken.start), bound(taken.stop), bound(taken.step)),
               a, [&] { return slice(a, axis, taken); });
}

Axes draw_order(int rank) {
  Axes order;
  for (int axis = 0; axis < rank; ++axis) order.push_back(axis);
  for (int i = rank - 1; i > 0; --i)
    std::swap(order[i], order[static_cast<int>(draw_integer(0, i))]);
  return order;
}

CASE(views, every_order, "axis i of a permuted array is axis order[i] of the one before",
     {.weight = 2}) {
  std::vector<std::int64_t> order = {0, 1, 2};
  do {
    for (const Layout layout : kLayouts) {
      const Array a = input_numbered("a", {2, 3, 5}, layout);
      observe_permute(name(layout), a, {order[0], order[1], order[2]});
    }
  } while (std::ranges::next_permutation(order).found);
}

CASE(views, four_axes, "also where the way there is not the way back: four and five axes") {
  for (const Layout layout : kLayouts) {
    const Array a = input_numbered("a", {2, 1, 3, 4}, layout);
    observe_permute(name(layout), a, {1, 2, 3, 0});
    observe_permute(name(layout), a, {3, 0, 1, 2});
    observe_permute(name(layout), a, draw_order(4));
    const Array b = input_numbered("b", {2, 3, 2, 1, 3}, layout);
    observe_permute(name(layout), b, draw_order(5));
  }
}

CASE(views, permute_and_back, "permuted by an order and by its inverse, an array is as it was") {
  for (int rank = 0; rank <= 5; ++rank) {
    Shape shape;
    while (shape.rank() < rank) shape.push_back(draw_integer(1, 4));
    const Array a = input_numbered("a", shape, Layout::sliced);
    const Axes order = draw_order(rank);
    Axes inverse(rank, 0);
    for (int i = 0; i < rank; ++i) inverse[static_cast<int>(order[i])] = i;
    calling(fmt::format("permute(permute(a, {}), {})", text(order), text(inverse)));
    const Array back = permute(permute(a, order), inverse);
    observe(fmt::format("elements at rank {}", rank), back);
    observe(fmt::format("strides at rank {}", rank), back.strides());
    observe(fmt::format("offset at rank {}", rank), back.offset());
  }
}

CASE(views, permute_small, "arrays without axes, without elements, and with axes of size 1") {
  observe_permute("a number", Array::scalar(draw(-9, 9)), {});
  observe_permute("a row", input_numbered("row", {5}), {0});
  observe_permute("nothing", input_numbered("none", {2, 0, 3}), {2, 0, 1});
  observe_permute("a column", input_numbered("column", {7, 1}, Layout::offset), {1, 0});
}

CASE(views, negative_axes, "in an order -1 is the last axis") {
  const Array a = input_numbered("a", {2, 3, 5});
  observe_permute("contiguous", a, {-1, 0, 1});
  observe_permute("contiguous", a, {1, -1, -3});
  observe_permute("contiguous", a, {-2, -1, -3});
}

CASE(views, no_order,
     "an order that does not name each axis once is an error: a ShapeError for their number, a "
     "RangeError for an axis that is not there or comes twice") {
  const Array a = input_numbered("a", {2, 3, 5});
  const auto refuse = [&](const Axes& order) {
    calling(fmt::format("permute of (2, 3, 5) with {}", text(order)));
    observe_error(text(order), [&] { permute(a, order); });
  };
  for (const Axes& order : {Axes{0, 1}, {}, {0, 1, 2, 0}, {0, 1, 2, 3}}) {
    refuse(order);
    const std::string message = message_of<ShapeError>([&] { permute(a, order); });
    observe("shape and order are named for " + text(order),
            names(message, "(2, 3, 5)", text(order)));
  }
  for (const Axes& order : {Axes{0, 1, 1}, {2, 0, -1}, {-1, -1, 0}, {0, 1, 3}, {-4, 1, 2}})
    refuse(order);
  observe_error("of a number", [] { permute(Array::scalar(1), {0}); });
}

CASE(views, reshape_keeps_the_order,
     "reshaped, the numbers come in the same row-major order, whatever the shapes are",
     {.weight = 2}) {
  for (const Layout layout : {Layout::contiguous, Layout::offset}) {
    const Array a = input_numbered("a", {2, 3, 4}, layout);
    for (const Shape& shape : {Shape{24}, {4, 6}, {6, 4}, {3, 2, 4}, {1, 24, 1}, {2, 3, 2, 2}})
      observe_reshape(name(layout), a, shape);
    observe_reshape(name(layout), input_numbered("b", {7}, layout), {7, 1});
    observe_reshape(name(layout), input_numbered("one", {1, 1}, layout), {});
    observe_reshape(name(layout), input_numbered("number", {}, layout), {1, 1, 1});
  }
}

CASE(views, reshape_finds_a_size, "the one size that is -1 is what the others leave over") {
  for (const Layout layout : {Layout::contiguous, Layout::offset}) {
    const Array a = input_numbered("a", {2, 3, 5}, layout);
    for (const Shape& shape : {Shape{-1}, {-1, 5}, {3, -1}, {5, -1, 2}, {30, -1}, {1, -1, 30}})
      observe_reshape(name(layout), a, shape);
    observe_reshape(name(layout), input_numbered("number", {}, layout), {-1});
  }
}

CASE(views, reshape_nothing, "an array without elements takes any shape without elements") {
  const Array none = input_numbered("none", {0, 3});
  for (const Shape& shape : {Shape{3, 0}, {0}, {5, 0, 7}, {-1, 3}, {3, -1}, {-1}})
    observe_reshape("nothing", none, shape);
  observe_reshape("nothing, permuted", array_in(Layout::permuted, {4, 0, 3}, {}), {3, 0});
}

CASE(views, reshape_in_order_already,
     "what is in row-major order may be reshaped, whatever the strides of axes of size 1 are") {
  const Array row = input_numbered("row", {1, 7}, Layout::permuted);
  observe_reshape("a row", row, {7});
  const Array a = input_numbered("a", {6, 1}, Layout::permuted);
  observe_reshape("a column", a, {2, 3});
  const Array odd = array_on(a.storage(), {1, 6, 1}, {99, 1, -7}, a.offset());
  observe_reshape("one with odd strides", odd, {3, 2});
}

CASE(views, reshape_refused,
     "another number of elements, two sizes of -1 or one that cannot be found: a ShapeError with "
     "both shapes") {
  const auto refuse = [](const Array& a, const Shape& shape) {
    const std::string from = text(a.shape()), to = text(shape);
    calling(fmt::format("reshape of {} to {}", from, to));
    observe_error(from + " to " + to, [&] { reshape(a, shape); });
    return names(message_of<ShapeError>([&] { reshape(a, shape); }), from, to);
  };
  const Array a = input_numbered("a", {2, 3, 5}), none = input_numbered("none", {0, 3});
  observe("one element fewer", refuse(a, {29}));
  observe("twice as many", refuse(a, {2, 3, 5, 2}));
  observe("none", refuse(a, {0}));
  observe("some from none", refuse(none, {3}));
  observe("seven does not divide", refuse(a, {7, -1}));
  observe("the others are too many", refuse(a, {-1, 31}));
  observe("two sizes of -1", refuse(a, {-1, 15, -1}));
  observe("any would do", refuse(none, {-1, 0}));
  observe("none would do", refuse(a, {-1, 0}));
}

CASE(views, reshape_to_nonsense, "a shape that no array can have is a ShapeError here, too") {
  const Array a = input_numbered("a", {2, 3}), none = input_numbered("none", {0, 3});
  const std::int64_t large = std::int64_t{1} << 32;
  calling("reshape of (2, 3) and of (0, 3)");
  observe_error("negative sizes", [&] { reshape(a, {-2, -3}); });
  observe_error("a size of -2 beside one of -1", [&] { reshape(a, {-1, -2}); });
  observe_error("a product that overflows", [&] { reshape(none, {large, large}); });
  observe_error("one that does beside -1", [&] { reshape(a, {-1, large, large}); });
}

CASE(views, reshape_not_contiguous,
     "what is not contiguous cannot be reshaped without a copy: a ShapeError with both shapes") {
  for (const Layout layout : {Layout::permuted, Layout::sliced}) {
    const Array a = input_numbered("a", {2, 3}, layout);
    for (const Shape& shape : {Shape{6}, {3, 2}, {2, -1}}) {
      calling(fmt::format("reshape of a {} (2, 3) to {}", name(layout), text(shape)));
      const std::string label = fmt::format("{} to {}", name(layout), text(shape));
      observe_error(label, [&] { reshape(a, shape); });
      const std::string message = message_of<ShapeError>([&] { reshape(a, shape); });
      observe("both shapes are named for " + label, names(message, "(2, 3)", text(shape)));
    }
  }
  const Array repeated = array_on(input_numbered("row", {3}).storage(), {2, 3}, {0, 1});
  observe_error("a row shown twice", [&] { reshape(repeated, {6}); });
}

CASE(
    views, reshape_never_copies,
    "a reshaped array is a view or an error: whoever writes into a copy does not reach the array") {
  for (const Layout layout : kLayouts) {
    const Array a = input_numbered("a", {3, 4}, layout);
    calling(fmt::format("reshape of a {} (3, 4) to (2, 6), if it does not refuse", name(layout)));
    bool copied = false;
    try {
      copied = !(reshape(a, {2, 6}).storage() == a.storage());
    } catch (const ShapeError&) {
    }
    observe(fmt::format("{}: copied", name(layout)), copied);
  }
}

CASE(views, slices, "start, stop and step choose elements as in Python, along any axis",
     {.weight = 3}) {
  for (const Layout layout : kLayouts) {
    const Array a = input_numbered("a", {4, 7, 3}, layout);
    for (int axis = 0; axis < 3; ++axis) {
      const std::int64_t size = a.shape()[axis];
      for (int i = 0; i < 6; ++i) {
        const std::int64_t start = draw_integer(-2 * size, 2 * size);
        const std::int64_t stop = draw_integer(-2 * size, 2 * size);
        observe_slice(name(layout), a, axis, {start, stop, draw_integer(1, size)});
        observe_slice(name(layout), a, axis - 3, {0, size, draw_integer(1, size + 2)});
      }
    }
  }
}

CASE(views, slice_bounds, "every start and stop from before the first element to after the last") {
  const Array a = input_numbered("a", {3});
  for (std::int64_t start = -5; start <= 5; ++start) {
    for (std::int64_t stop = -5; stop <= 5; ++stop)
      observe_slice("contiguous", a, 0, {start, stop});
  }
}

CASE(views, slice_steps, "the last element that is taken comes before stop, whatever the step is") {
  const Array a = input_numbered("a", {2, 6});
  for (std::int64_t stop = 0; stop <= 6; ++stop) {
    for (std::int64_t step = 1; step <= 7; ++step)
      observe_slice("contiguous", a, 1, {draw_integer(0, 2), stop, step});
  }
}

CASE(views, slice_defaults, "what is not given is the beginning, the end, and a step of 1") {
  const Array a = input_numbered("a", {2, 5}, Layout::sliced);
  observe_slice("sliced", a, 0, {});
  observe_slice("sliced", a, 1, {3});
  observe_slice("sliced", a, -1, {-2});
  observe_slice("sliced", a, -2, {1, INT64_MAX, 1});
}

CASE(views, slice_extremes, "the largest and smallest numbers that there are, as bounds and step") {
  const Array a = input_numbered("a", {2, 5});
  observe_slice("contiguous", a, 1, {INT64_MIN, INT64_MAX});
  observe_slice("contiguous", a, 1, {INT64_MIN, INT64_MAX, INT64_MAX});
  observe_slice("contiguous", a, 1, {3, INT64_MAX, INT64_MAX});
  observe_slice("contiguous", a, 1, {INT64_MAX, INT64_MIN});
}

CASE(views, slice_nothing,
     "of an axis without elements nothing can be taken, and that is no error") {
  const Array none = input_numbered("none", {2, 0, 3});
  observe_slice("nothing", none, 1, {});
  observe_slice("nothing", none, 1, {-1, 5, 3});
  observe_slice("nothing", none, 0, {1});
  observe_slice("nothing", none, 2, {0, 3, 2});
}

CASE(views, view_of_a_view, "a view of a view of a view still looks at the first block") {
  const Array a = input_numbered("a", {5, 6, 4}, Layout::offset);
  observe_view("slice(permute(slice(a, 1, {1, 6, 2}), {2, 0, 1}), 1, {-4, -1})", a, [&] {
    return slice(permute(slice(a, 1, {1, 6, 2}), {2, 0, 1}), 1, {-4, -1});
  });
  observe_view("slice(slice(a, 0, {1, 5, 2}), 0, {1})", a, [&] {
    return slice(slice(a, 0, {1, 5, 2}), 0, {1});
  });
  observe_view("reshape(slice(a, 0, {1, 3}), {6, 8})", a, [&] {
    return reshape(slice(a, 0, {1, 3}), {6, 8});
  });
  const Array repeated = array_on(a.storage(), {5, 4}, {0, 1}, a.offset());
  observe_view("slice of a row shown five times", repeated, [&] {
    return slice(slice(repeated, 0, {1, 5, 2}), 1, {1, 3});
  });
}

CASE(views, written_through, "what is written through a view shows in the array, there alone") {
  const Array a = input_numbered("a", {3, 4}, Layout::offset);
  const std::vector<double> w = input("written", draw_list(3, 20, 90));
  calling("a write into one element of permute, reshape and slice of a");
  const auto write = [&](Array view, const Index& index, double value) {
    Real* const place = view.mutable_data();
    std::int64_t at = 0;
    for (int axis = 0; axis < view.rank(); ++axis) at += index[axis] * view.strides()[axis];
    place[at] = value;
    observe("a afterwards", a);
  };
  write(permute(a, {1, 0}), {3, 0}, w[0]);
  write(reshape(a, {2, 6}), {1, 1}, w[1]);
  write(slice(a, 1, {1, 4, 2}), {2, 1}, w[2]);
}

CASE(views, slice_refused,
     "an axis that is not there, and a step that is not positive: RangeError") {
  const Array a = input_numbered("a", {3, 4});
  calling("slice of (3, 4)");
  for (const std::int64_t axis : {std::int64_t{2}, std::int64_t{-3}, draw_integer(3, 99)})
    observe_error(fmt::format("axis {}", axis), [&] { slice(a, axis, {}); });
  for (const std::int64_t step : {std::int64_t{0}, std::int64_t{-1}, -draw_integer(2, 99)})
    observe_error(fmt::format("a step of {}", step), [&] { slice(a, 0, {0, 3, step}); });
  observe_error("a number has no axes", [] { slice(Array::scalar(1), 0, {}); });
}

PROOF(views, literals) {
  const Array a({2, 3}, {1, 2, 3, 4, 5, 6}), line({7}, {0, 1, 2, 3, 4, 5, 6});
  const auto same = [](const Array& got, const std::vector<Real>& expected) {
    return elements(got) == expected;
  };
  prove(same(permute(a, {1, 0}), {1, 4, 2, 5, 3, 6}), "the transpose of 1 to 6");
  prove(same(reshape(a, {3, -1}), {1, 2, 3, 4, 5, 6}), "reshape keeps the order");
  prove(same(slice(line, 0, {-3, 10, 2}), {4, 6}), "a[-3:10:2] of seven");
  prove(same(slice(a, 1, {0, 3, 2}), {1, 3, 4, 6}), "a[:, ::2]");
}

PROOF(views, slice_is_a_loop) {
  for (int i = 0; i < 200; ++i) {
    const std::int64_t n = draw_integer(0, 9), step = draw_integer(1, 4);
    std::int64_t start = draw_integer(-12, 12), stop = draw_integer(-12, 12);
    const Array a = array_in(Layout::contiguous, {n}, [&] {
      std::vector<Real> numbers(static_cast<std::size_t>(n));
      std::iota(numbers.begin(), numbers.end(), Real{0});
      return numbers;
    }());
    const std::vector<Real> got = elements(slice(a, 0, {start, stop, step}));
    if (start < 0) start = std::max<std::int64_t>(0, start + n);
    if (stop < 0) stop += n;
    std::vector<Real> expected;
    for (std::int64_t k = start; k < std::min(n, stop); k += step)
      expected.push_back(static_cast<Real>(k));
    prove(got == expected, fmt::format("slice {}:{}:{} of {}", start, stop, step, n));
  }
}

}  // namespace
}  // namespace gradbook
