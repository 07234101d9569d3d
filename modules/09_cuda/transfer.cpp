// Between arrays of module 03 and the device.
#include "09_cuda/transfer.hpp"

#include <algorithm>
#include <utility>

namespace gradbook {
namespace {

// The stretch of memory around `first`, in float
OnDevice copied(const Real* first, const StridedLayout& layout) {
  if (elements_of(layout) == 0) return {DeviceBuffer<float>(0), 0, layout};
  std::ptrdiff_t lowest = 0, highest = 0;
  for (int axis = 0; axis < layout.rank; ++axis) {
    const auto reach = std::ptrdiff_t{layout.shape[axis] - 1} * layout.strides[axis];
    (reach < 0 ? lowest : highest) += reach;
  }
  const std::vector<float> numbers(first + lowest, first + highest + 1);
  return {DeviceBuffer<float>(numbers), static_cast<std::size_t>(-lowest), layout};
}

template <class Op, class Primitive>
using Table = std::pair<const Primitive*, Op>;

// Each function is one object: a reader's own may have the same name
template <class Op, class Primitive, std::size_t kSize>
std::optional<Op> find(const Table<Op, Primitive> (&table)[kSize], const Primitive& f) {
  for (const auto& [primitive, op] : table) {
    if (primitive == &f) return op;
  }
  return {};
}

}  // namespace

OnDevice to_device(const Array& a) {
  const StridedLayout layout = layout_of(a.shape(), a.strides());
  return copied(a.size() > 0 ? a.data() : nullptr, layout);
}

OnDevice to_device(const MatrixView& a) {
  return copied(a.data, layout_of({a.rows, a.columns}, {a.row_stride, a.column_stride}));
}

bool lies_in_rows(const StridedLayout& layout) {
  int next = 1;
  bool in_rows = true;
  for (int axis = layout.rank - 1; axis >= 0; --axis) {
    in_rows = in_rows && (layout.shape[axis] == 1 || layout.strides[axis] == next);
    next *= layout.shape[axis];
  }
  return in_rows || next == 0;
}

void to_host(const DeviceBuffer<float>& numbers, Array& out) {
  Real* const first = out.mutable_data();
  std::vector<float> all(static_cast<std::size_t>(out.size()));
  numbers.copy_to(all);
  Index index(out.rank(), 0);
  for (const float x : all) {
    std::int64_t place = 0;
    for (int axis = 0; axis < out.rank(); ++axis) place += index[axis] * out.strides()[axis];
    first[place] = static_cast<Real>(x);
    for (int axis = out.rank() - 1; axis >= 0 && ++index[axis] == out.shape()[axis]; --axis)
      index[axis] = 0;
  }
}

void to_host(const DeviceBuffer<float>& numbers, Real* out) {
  const std::vector<float> all = numbers.to_host();
  std::copy(all.begin(), all.end(), out);
}

std::optional<MapOp> op_of(const MapPrimitive& f) {
  static const Table<MapOp, MapPrimitive> kTable[] = {
      {&primitives::neg, MapOp::neg},   {&primitives::inv, MapOp::inv},
      {&primitives::exp, MapOp::exp},   {&primitives::log, MapOp::log},
      {&primitives::sqrt, MapOp::sqrt}, {&primitives::sigmoid, MapOp::sigmoid},
      {&primitives::tanh, MapOp::tanh}, {&primitives::relu, MapOp::relu},
      {&primitives::copy, MapOp::copy}};
  return find(kTable, f);
}

std::optional<ZipOp> op_of(const ZipPrimitive& f) {
  static const Table<ZipOp, ZipPrimitive> kTable[] = {
      {&primitives::add, ZipOp::add}, {&primitives::sub, ZipOp::sub},
      {&primitives::mul, ZipOp::mul}, {&primitives::div, ZipOp::div},
      {&primitives::pow, ZipOp::pow}, {&primitives::max, ZipOp::max},
      {&primitives::lt, ZipOp::lt},   {&primitives::eq, ZipOp::eq}};
  return find(kTable, f);
}

std::optional<ReduceOp> op_of(const ReducePrimitive& f) {
  static const Table<ReduceOp, ReducePrimitive> kTable[] = {
      {&primitives::sum, ReduceOp::sum},
      {&primitives::prod, ReduceOp::prod},
      {&primitives::max_of, ReduceOp::max_of}};
  return find(kTable, f);
}

}  // namespace gradbook
