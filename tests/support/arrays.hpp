/// @file
/// Arrays in hidden cases: drawn in many kinds of layout, recorded and observed.
#pragma once

#include <algorithm>
#include <limits>
#include <string>
#include <string_view>
#include <vector>

#include "support/case.hpp"
#include "support/elements.hpp"

namespace gradbook {

/// How the numbers of an array may lie in storage.
enum class Layout {
  contiguous,  ///< in row-major order
  permuted,    ///< the axes are stored in the opposite order
  sliced,      ///< every other element along each axis, from the second on
  offset,      ///< in row-major order, from the middle of a larger storage
};

/// All of them, to loop over.
inline constexpr Layout kLayouts[] = {Layout::contiguous, Layout::permuted, Layout::sliced,
                                      Layout::offset};

/// "permuted", for labels and calls.
inline const char* name(Layout layout) {
  constexpr const char* kNames[] = {"contiguous", "permuted", "sliced", "offset"};
  return kNames[static_cast<int>(layout)];
}

namespace detail {

inline std::vector<std::uint64_t> sizes(const Shape& shape) { return {shape.begin(), shape.end()}; }

}  // namespace detail

/// An array of this shape and layout, in a storage of its own whose other numbers are NaN. It is
/// made by hand, so that it is right whatever exercise is under test.
inline Array array_in(Layout layout, const Shape& shape, const std::vector<Real>& values) {
  const int rank = shape.rank();
  const std::int64_t step = layout == Layout::sliced ? 2 : 1;
  Strides strides(rank, step);
  std::int64_t next = step;
  for (int i = 0; i < rank; ++i) {
    const int axis = layout == Layout::permuted ? i : rank - 1 - i;
    strides[axis] = next;
    next *= std::max<std::int64_t>(shape[axis], 1) * step;
  }
  const std::int64_t offset = layout == Layout::sliced ? 1 : layout == Layout::offset ? 5 : 0;
  Storage storage(next + offset + 3);
  std::fill_n(storage.data(), storage.size(), std::numeric_limits<Real>::quiet_NaN());
  Array a = array_on(storage, shape, strides, offset);

  Index index(rank, 0);
  for (const Real value : values) {
    std::int64_t place = offset;
    for (int axis = 0; axis < rank; ++axis) place += index[axis] * strides[axis];
    storage.data()[place] = value;
    for (int axis = rank - 1; axis >= 0 && ++index[axis] == shape[axis]; --axis) index[axis] = 0;
  }
  return a;
}

/// An array to write, of which no element is set: all of its storage is NaN.
inline Array poisoned(Layout layout, const Shape& shape) { return array_in(layout, shape, {}); }

/// How many numbers of its storage are not NaN: more than a.size() where something was written
/// between its elements.
inline std::int64_t numbers_set(const Array& a) {
  const Real* const first = a.storage().data();
  return std::count_if(first, first + a.storage().size(), [](Real x) { return x == x; });
}

/// How many elements, counted by hand.
inline std::size_t count(const Shape& shape) {
  std::size_t n = 1;
  for (const std::int64_t size : shape) n *= static_cast<std::size_t>(size);
  return n;
}

/// Records an array of numbers drawn from [low, high), and hands it back in this layout.
inline Array input_array(std::string_view label, const Shape& shape, double low, double high,
                         Layout layout = Layout::contiguous) {
  const std::vector<double> drawn = input(label, draw_list(count(shape), low, high));
  return array_in(layout, shape, {drawn.begin(), drawn.end()});
}

/// Records an array of whole numbers, all different and in a drawn order, and hands it back in this
/// layout: for functions that move numbers and compute none, so that a report can be read.
inline Array input_numbered(std::string_view label, const Shape& shape,
                            Layout layout = Layout::contiguous) {
  std::vector<double> numbers(count(shape));
  for (std::size_t i = 0; i < numbers.size(); ++i) {
    const std::size_t other = generator().below(i + 1);
    numbers[i] = numbers[other];
    numbers[other] = static_cast<double>(i + 10);
  }
  numbers = input(label, numbers);
  return array_in(layout, shape, {numbers.begin(), numbers.end()});
}

/// Observes shape and elements.
inline void observe(std::string_view label, const Array& a, Tolerance tolerance = {}) {
  const std::vector<Real> values = elements(a);
  observe(label, std::span<const Real>(values), detail::sizes(a.shape()), tolerance);
}

/// Observes sizes, strides, an index or axes.
inline void observe(std::string_view label, const Dims& dims) {
  observe(label, std::vector<std::int64_t>(dims.begin(), dims.end()));
}

/// "(2, 3)", for calls and labels.
inline std::string text(const Dims& dims) { return dims.text().c_str(); }

}  // namespace gradbook
