#include <fmt/format.h>

#include <cmath>
#include <cstring>
#include <limits>

#include "03_tensor/array.hpp"
#include "support/arrays.hpp"
#include "support/case.hpp"

namespace gradbook {
namespace {

// The same numbers, however they lie: what came back, whose block it lies in, and that the block of
// `a` is as it was
void observe_contiguous(const std::string& what, const Array& a) {
  const Storage block = a.storage();
  const std::vector<Real> before(block.data(), block.data() + block.size());
  calling(fmt::format("contiguous({}), of shape {} and strides {}", what, text(a.shape()),
                      text(a.strides())));
  const Array ordered = contiguous(a);
  observe(what, ordered);
  observe(what + " is contiguous", ordered.is_contiguous());
  observe(what + " lies in the same block", ordered.storage() == block);
  observe(what + " begins at the same place", ordered.data() == a.data());
  observe(what + " is written to",
          std::memcmp(before.data(), block.data(), before.size() * sizeof(Real)) != 0);
}

Shape draw_shape(int rank) {
  Shape shape;
  while (shape.rank() < rank) shape.push_back(draw_integer(2, 5));
  return shape;
}

CASE(contiguous, already, "what lies in row-major order without gaps comes back as it is",
     {.weight = 2}) {
  for (const Layout layout : {Layout::contiguous, Layout::offset}) {
    for (int rank = 0; rank <= 5; ++rank)
      observe_contiguous(fmt::format("{} of rank {}", name(layout), rank),
                         input_numbered("a", draw_shape(rank), layout));
  }
}

CASE(contiguous, permuted, "elements that lie in another order are copied in row-major order",
     {.weight = 2}) {
  for (int rank = 2; rank <= 5; ++rank)
    observe_contiguous(fmt::format("permuted of rank {}", rank),
                       input_numbered("a", draw_shape(rank), Layout::permuted));
}

CASE(contiguous, sliced, "elements with gaps between them are copied without the gaps") {
  for (int rank = 1; rank <= 4; ++rank)
    observe_contiguous(fmt::format("sliced of rank {}", rank),
                       input_numbered("a", draw_shape(rank), Layout::sliced));
}

CASE(contiguous, some_rows, "every other row, and rows with a gap behind each") {
  const Array a = input_numbered("a", {7, 5}, Layout::offset);
  observe_contiguous("every other row", view_of(a, {4, 5}, {10, 1}));
  observe_contiguous("all but the last column", view_of(a, {7, 4}, {5, 1}));
  observe_contiguous("all but the first column", view_of(a, {7, 4}, {5, 1}, 1));
  observe_contiguous("one column", view_of(a, {7}, {5}, 2));
  observe_contiguous("one column, with an axis for it", view_of(a, {7, 1}, {5, 1}, 2));
}

CASE(contiguous, three_orders, "two of three axes have changed places, the third has not") {
  const Array a = input_numbered("a", {2, 3, 4}, Layout::offset);
  observe_contiguous("the first two", view_of(a, {3, 2, 4}, {4, 12, 1}));
  observe_contiguous("the last two", view_of(a, {2, 4, 3}, {12, 1, 4}));
  observe_contiguous("the outer two", view_of(a, {4, 3, 2}, {1, 4, 12}));
  observe_contiguous("all three in a circle", view_of(a, {3, 4, 2}, {4, 1, 12}));
}

CASE(contiguous, repeated, "elements that several indices share are written out, one for each") {
  const Array a = input_numbered("a", {5}, Layout::sliced);
  observe_contiguous("a row three times", view_of(a, {3, 5}, {0, 2}));
  observe_contiguous("a column four times", view_of(a, {5, 4}, {2, 0}));
  observe_contiguous("a number six times", view_of(a, {2, 3}, {0, 0}, 4));
}

CASE(contiguous, backwards, "negative strides go from the last element to the first") {
  const Array a = input_numbered("a", {3, 4});
  observe_contiguous("rows from the last", view_of(a, {3, 4}, {-4, 1}, 8));
  observe_contiguous("all from the last", view_of(a, {12}, {-1}, 11));
}

CASE(contiguous, axes_of_one, "strides of axes of size 1 are no reason to copy") {
  const Array a = input_numbered("a", {6}, Layout::offset);
  observe_contiguous("a row", view_of(a, {1, 6}, {99, 1}));
  observe_contiguous("a column", view_of(a, {6, 1}, {1, 6}));
  observe_contiguous("between two axes", view_of(a, {2, 1, 3}, {3, -5, 1}));
  observe_contiguous("a number", view_of(a, {1, 1}, {0, 0}, 3));
}

CASE(contiguous, no_elements, "without elements there is nothing to copy") {
  for (const Layout layout : kLayouts)
    observe_contiguous(fmt::format("{}, nothing", name(layout)),
                       input_numbered("a", {3, 0, 2}, layout));
}

CASE(contiguous, special_numbers, "NaN, infinity and the sign of 0 are copied as they are") {
  constexpr Real kInfinity = std::numeric_limits<Real>::infinity();
  const Real nan = std::numeric_limits<Real>::quiet_NaN();
  const Array a({2, 3},
                {nan, -Real{0}, kInfinity, 0, -kInfinity, std::numeric_limits<Real>::min()});
  calling("contiguous of a transpose with NaN, -0 and infinities");
  const Array ordered = contiguous(view_of(a, {3, 2}, {1, 3}));
  observe("numbers", ordered);
  std::vector<bool> signs;
  std::string negative;
  for (const Real number : elements(ordered)) negative += std::signbit(number) ? '-' : '+';
  observe("signs but that of NaN", negative.substr(std::min<std::size_t>(1, negative.size())));
}

CASE(contiguous, a_block_of_its_own, "a copy may be written, and the array does not change") {
  const double w = input("written", draw(-9, 9));
  const Array a = input_numbered("a", {3, 4}, Layout::permuted);
  const Array repeated = view_of(a, {3, 3}, {0, 1});
  calling("contiguous, then a write into its first element");
  for (const Array& view : {a, repeated}) {
    Array ordered = contiguous(view);
    *ordered.mutable_data() = w;
    observe("the copy afterwards", ordered);
    observe("the array afterwards", view);
  }
}

PROOF(contiguous, in_order) {
  for (const Layout layout : kLayouts) {
    const Array a = array_in(layout, {2, 3}, {1, 2, 3, 4, 5, 6});
    const Array ordered = contiguous(a);
    for (int i = 0; i < 6; ++i)
      prove(ordered.data()[i] == i + 1, "element i stands at place i, whatever the layout was");
  }
}

PROOF(contiguous, twice_is_once) {
  const Array once = contiguous(array_in(Layout::permuted, {2, 3}, {1, 2, 3, 4, 5, 6}));
  prove(contiguous(once).storage() == once.storage(), "what it has copied it does not copy again");
}

}  // namespace
}  // namespace gradbook
