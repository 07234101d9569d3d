/// @file
/// What the functions of the table compute, each by the plainest loop: for proofs alone.
#pragma once

#include <algorithm>
#include <cmath>
#include <limits>
#include <string_view>
#include <vector>

#include "support/function_table.hpp"

namespace gradbook::plain {

using Numbers = std::vector<double>;

/// Calls visit(index) for each index of this shape, in row-major order.
template <class Visit>
void for_each_index(const Shape& shape, Visit visit) {
  Index index(shape.rank(), 0);
  for (std::size_t i = count(shape); i > 0; --i) {
    visit(index);
    for (int axis = shape.rank() - 1; axis >= 0 && ++index[axis] == shape[axis]; --axis)
      index[axis] = 0;
  }
}

/// Where an element is in a list in row-major order. The index may be that of a larger shape that
/// this one is broadcast to.
inline std::size_t place(const Index& index, const Shape& shape) {
  std::int64_t result = 0;
  for (int axis = 0; axis < shape.rank(); ++axis) {
    const std::int64_t at = index[index.rank() - shape.rank() + axis];
    result = result * shape[axis] + (shape[axis] == 1 ? 0 : at);
  }
  return static_cast<std::size_t>(result);
}

/// Of one number, by the function's name.
inline double mapped(std::string_view name, double x) {
  if (name == "neg") return -x;
  if (name == "inv") return 1 / x;
  if (name == "exp") return std::exp(x);
  if (name == "log") return std::log(x);
  if (name == "sqrt") return std::sqrt(x);
  if (name == "sigmoid") return 1 / (1 + std::exp(-x));
  if (name == "tanh") return std::tanh(x);
  return x > 0 ? x : 0;  // relu
}

/// Of two numbers, by the function's name.
inline double zipped(std::string_view name, double a, double b) {
  if (name == "add") return a + b;
  if (name == "sub") return a - b;
  if (name == "mul") return a * b;
  if (name == "div") return a / b;
  if (name == "pow") return std::pow(a, b);
  if (name == "maximum") return a < b ? b : a;
  if (name == "lt") return a < b ? 1 : 0;
  return a == b ? 1 : 0;  // eq
}

/// Sum, mean or largest along some axes, in row-major order of what is left.
inline Numbers folded(const Row& row, const Numbers& x) {
  const Shape& shape = row.shapes[0];
  const bool largest = row.function == &functions::max;
  Shape kept = shape;
  double n = 1;
  for (std::int64_t axis : row.attributes.axes) {
    if (axis < 0) axis += shape.rank();
    n *= static_cast<double>(shape[static_cast<int>(axis)]);
    kept[static_cast<int>(axis)] = 1;
  }
  Numbers result(count(kept), largest ? -std::numeric_limits<double>::infinity() : 0);
  std::size_t i = 0;
  for_each_index(shape, [&](const Index& index) {
    double& into = result[place(index, kept)];
    into = largest ? std::max(into, x[i]) : into + x[i];
    ++i;
  });
  if (row.function == &functions::mean) {
    for (double& sum : result) sum /= n;
  }
  return result;
}

/// The indices that a slice takes from an axis of this size, as Python has it.
inline std::vector<std::int64_t> taken(const Slice& slice, std::int64_t size) {
  const auto within = [size](std::int64_t i) {
    return std::clamp<std::int64_t>(i < 0 ? i + size : i, 0, size);
  };
  std::vector<std::int64_t> result;
  for (std::int64_t i = within(slice.start); i < within(slice.stop); i += slice.step)
    result.push_back(i);
  return result;
}

/// The numbers of the first input in the order in which a function that moves numbers leaves them.
inline Numbers moved(const Row& row, const Numbers& x) {
  const Shape& shape = row.shapes[0];
  const Attributes& with = row.attributes;
  Numbers result;
  if (row.function == &functions::permute) {
    Shape out = shape;
    for (int i = 0; i < shape.rank(); ++i)
      out[i] = shape[static_cast<int>((with.axes[i] + shape.rank()) % shape.rank())];
    for_each_index(out, [&](const Index& index) {
      Index from = index;
      for (int i = 0; i < shape.rank(); ++i)
        from[static_cast<int>((with.axes[i] + shape.rank()) % shape.rank())] = index[i];
      result.push_back(x[place(from, shape)]);
    });
  } else if (row.function == &functions::expand) {
    for_each_index(with.shape,
                   [&](const Index& index) { result.push_back(x[place(index, shape)]); });
  } else if (row.function == &functions::slice) {
    const int axis = static_cast<int>((with.axis + shape.rank()) % shape.rank());
    const auto from = taken(with.slice, shape[axis]);
    for_each_index(shape, [&](const Index& index) {
      if (std::ranges::find(from, index[axis]) != from.end())
        result.push_back(x[place(index, shape)]);
    });
  } else if (row.function == &functions::gather) {
    for (const std::int64_t i : with.rows) {
      for (std::int64_t j = 0; j < shape[1]; ++j)
        result.push_back(x[static_cast<std::size_t>(i * shape[1] + j)]);
    }
  } else {
    result = x;  // reshape
  }
  return result;
}

/// The parts one after the other along an axis.
inline Numbers joined(const Row& row, const std::vector<Numbers>& x) {
  Shape whole = row.shapes[0];
  const int axis = static_cast<int>((row.attributes.axis + whole.rank()) % whole.rank());
  whole[axis] = 0;
  for (const Shape& shape : row.shapes) whole[axis] += shape[axis];
  Numbers result;
  for_each_index(whole, [&](Index index) {
    std::size_t part = 0;
    while (index[axis] >= row.shapes[part][axis]) index[axis] -= row.shapes[part++][axis];
    result.push_back(x[part][place(index, row.shapes[part])]);
  });
  return result;
}

/// The product of matrices, with the axes before the last two broadcast.
inline Numbers multiplied(const Row& row, const Shape& out, const std::vector<Numbers>& x) {
  const Shape &a = row.shapes[0], &b = row.shapes[1];
  Numbers result;
  for_each_index(out, [&](const Index& index) {
    Index left = index, right = index;
    double sum = 0;
    for (std::int64_t k = 0; k < a[a.rank() - 1]; ++k) {
      left[out.rank() - 1] = right[out.rank() - 2] = k;
      sum += x[0][place(left, a)] * x[1][place(right, b)];
    }
    result.push_back(sum);
  });
  return result;
}

/// The numbers of a row's result, which has shape `out`, from those of its inputs.
inline Numbers result(const Row& row, const Shape& out, const std::vector<Numbers>& x) {
  const Function* const f = row.function;
  if (f == &functions::matmul) return multiplied(row, out, x);
  if (f == &functions::concat) return joined(row, x);
  if (f == &functions::sum || f == &functions::mean || f == &functions::max)
    return folded(row, x[0]);
  if (f == &functions::permute || f == &functions::reshape || f == &functions::slice ||
      f == &functions::gather || f == &functions::expand)
    return moved(row, x[0]);
  Numbers numbers;
  for_each_index(out, [&](const Index& index) {
    const double a = x[0][place(index, row.shapes[0])];
    numbers.push_back(x.size() == 1 ? mapped(f->name, a)
                                    : zipped(f->name, a, x[1][place(index, row.shapes[1])]));
  });
  return numbers;
}

}  // namespace gradbook::plain
