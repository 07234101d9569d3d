#include <fmt/format.h>

#include "03_tensor/bridge.hpp"
#include "support/arrays.hpp"
#include "support/xtensor_arrays.hpp"

namespace gradbook {
namespace {

// Sizes of 0 and 1, rank 0, primes
const std::vector<Shape>& shapes() {
  static const std::vector<Shape> kShapes = {{},     {1},    {7},       {0},         {3, 5},
                                             {5, 1}, {4, 0}, {2, 3, 5}, {2, 1, 3, 2}};
  return kShapes;
}

std::vector<std::uint64_t> sizes(const XtensorView& view) {
  return {view.shape().begin(), view.shape().end()};
}

CASE(xtensor_bridge, seen_through_xtensor,
     "the view has the shape of the array, and its numbers at the same indices", {.weight = 2}) {
  for (const Shape& shape : shapes()) {
    for (const Layout layout : kLayouts) {
      Array a = input_array("a", shape, -2, 2, layout);
      calling(fmt::format("as_xtensor of a {} array of shape {}", name(layout), text(shape)));
      const XtensorView view = as_xtensor(a);
      observe("shape of the view", sizes(view));
      std::vector<Real> numbers;
      for (const Real number : view) numbers.push_back(number);
      observe("numbers of the view", numbers);
      observe("a", a);
    }
  }
}

CASE(xtensor_bridge, no_copy, "the view looks at the storage of the array, by the same steps") {
  for (const Layout layout : kLayouts) {
    Array a = input_array("a", {2, 3, 5}, -2, 2, layout);
    calling(fmt::format("as_xtensor of a {} array (2, 3, 5)", name(layout)));
    const XtensorView view = as_xtensor(a);
    observe(fmt::format("{}: how far the first element is from that of a", name(layout)),
            static_cast<std::int64_t>(&view(0, 0, 0) - a.data()));
    observe(fmt::format("{}: strides", name(layout)),
            std::vector<std::int64_t>(view.strides().begin(), view.strides().end()));
    observe(fmt::format("{}: how far the last element is from the first", name(layout)),
            static_cast<std::int64_t>(&view(1, 2, 4) - &view(0, 0, 0)));
  }
}

CASE(xtensor_bridge, writes_are_seen,
     "a number set through the view is read in the array, and the other way round", {.weight = 2}) {
  for (const Layout layout : kLayouts) {
    Array a = input_array("a", {3, 5}, -2, 2, layout);
    calling(
        fmt::format("as_xtensor of a {} array (3, 5), then writing on both sides", name(layout)));
    XtensorView view = as_xtensor(a);
    view(2, 1) = input("written through the view", static_cast<Real>(draw(3, 4)));
    a.at({1, 4}) = input("written through the array", static_cast<Real>(draw(5, 6)));
    observe("a", a);
    observe("view(1, 4)", view(1, 4));
    view *= Real(2);
    observe("a, when the view was doubled", a);
  }
}

CASE(xtensor_bridge, counts_as_written, "a view that may write counts as a write of the storage") {
  Array a = input_array("a", {3}, -2, 2);
  const std::int64_t before = a.storage().version();
  as_xtensor(a);
  observe("the version has grown", a.storage().version() > before);
}

CASE(xtensor_bridge, broadcast_views, "a broadcast view cannot be written, so there is no view") {
  const Array row = input_array("a row", {1, 5}, -2, 2);
  Array wide = view_of(row, {3, 5}, {0, 1}), narrow = view_of(row, {1, 5}, {0, 1});
  observe_error("as_xtensor of (3, 5) with strides (0, 1)", [&] { as_xtensor(wide); });
  observe_error("as_xtensor of (1, 5) with strides (0, 1)", [&] { as_xtensor(narrow); });
}

template <class Container>
void borrow(const std::string& what, const typename Container::shape_type& shape) {
  std::size_t n = 1;
  for (const std::size_t size : shape) n *= size;
  Container from = filled<Container>(shape, input("numbers", draw_list(n, -2, 2)));
  calling("as_array of " + what);
  Array a = as_array(from);
  observe(what, a);
  observe(what + ": strides", a.strides());
  observe(what + ": how far its first element is from xtensor's",
          n == 0 ? 0 : static_cast<std::int64_t>(a.data() - from.data()));
  observe(what + ": numbers borrowed", a.storage().size());
  if (n == 0) return;
  *a.mutable_data() = input("written through the array", static_cast<Real>(draw(3, 4)));
  observe(what + ": xtensor's first number", *from.data());
  from.data()[n - 1] = input("written through xtensor", static_cast<Real>(draw(5, 6)));
  observe(what + " again", a);
}

CASE(xtensor_bridge, containers, "a container of xtensor is an array without a copy",
     {.weight = 2}) {
  borrow<Vector>("a Vector of 7", {7});
  borrow<Vector>("a Vector of 1", {1});
  borrow<Vector>("an empty Vector", {0});
  borrow<Matrix>("a Matrix (3, 5)", {3, 5});
  borrow<Matrix>("a Matrix (5, 1)", {5, 1});
  borrow<Matrix>("a Matrix (4, 0)", {4, 0});
  borrow<Array3>("an Array3 (2, 3, 5)", {2, 3, 5});
  borrow<xt::xarray<Real>>("an xarray of rank 0", {});
  borrow<xt::xarray<Real>>("an xarray (2, 1, 3, 2)", {2, 1, 3, 2});
}

CASE(xtensor_bridge, other_orders, "strides are kept: numbers may lie by columns, or with gaps") {
  borrow<xt::xtensor<Real, 2, xt::layout_type::column_major>>("a matrix (3, 5) by columns", {3, 5});
  const std::vector<double> drawn = input("numbers", draw_list(64, -2, 2));
  std::vector<Real> numbers(drawn.begin(), drawn.end());
  const std::size_t shape[] = {2, 3, 4};
  const std::ptrdiff_t strides[] = {31, 2, 7};
  calling("as_array of shape (2, 3, 4) and strides (31, 2, 7)");
  const Array a = as_array(numbers.data(), shape, strides);
  observe("with gaps", a);
  observe("with gaps: numbers borrowed", a.storage().size());
  const std::size_t none[] = {3, 0};
  const std::ptrdiff_t far[] = {7, 1};
  calling("as_array of shape (3, 0) and strides (7, 1)");
  observe("without elements: numbers borrowed",
          as_array(numbers.data(), none, far).storage().size());
}

CASE(xtensor_bridge, there_and_back,
     "an array seen through xtensor seen as an array is as it was") {
  for (const Layout layout : kLayouts) {
    Array a = input_array("a", {2, 3, 5}, -2, 2, layout);
    calling(fmt::format("as_array of as_xtensor of a {} array (2, 3, 5)", name(layout)));
    XtensorView view = as_xtensor(a);
    const Array back = as_array(&view(0, 0, 0), {view.shape().begin(), view.shape().end()},
                                {view.strides().begin(), view.strides().end()});
    observe("back", back);
    observe("strides", back.strides());
    observe("the same place", back.data() == a.data());
  }
}

CASE(xtensor_bridge, errors, "negative strides and too many axes throw") {
  std::vector<Real> numbers(16);
  const std::vector<std::size_t> two = {2, 3}, nine(9, 1);
  const std::ptrdiff_t back[] = {-3, 1}, back_too[] = {3, -1};
  observe_error("strides (-3, 1)", [&] { as_array(numbers.data() + 3, two, back); });
  observe_error("strides (3, -1)", [&] { as_array(numbers.data() + 2, two, back_too); });
  observe_error("stride -1 along an axis of size 1", [&] {
    as_array(numbers.data(), std::vector<std::size_t>{1}, std::vector<std::ptrdiff_t>{-1});
  });
  observe_error("nine axes",
                [&] { as_array(numbers.data(), nine, std::vector<std::ptrdiff_t>(9)); });
}

PROOF(xtensor_bridge, literal) {
  Matrix m = {{1, 2, 3}, {4, 5, 6}};
  Array a = as_array(m);
  a.at({1, 0}) = 40;
  prove(m(1, 0) == 40 && a.data() == m.data(), "a write through the array shows in the matrix");
  Array t = view_of(a, {3, 2}, {1, 3});
  XtensorView view = as_xtensor(t);
  view(2, 0) = 30;
  prove(m(0, 2) == 30,
        "a write through xtensor's view of the transposed array shows in the matrix");
  prove(xt::sum(view)() == 1 + 2 + 30 + 40 + 5 + 6, "xtensor can compute with the view");
}

}  // namespace
}  // namespace gradbook
