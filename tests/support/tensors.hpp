/// @file
/// Rows of the table of functions in hidden cases: drawn, called and observed.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstring>
#include <numeric>
#include <string>
#include <vector>

#include "support/function_table.hpp"

namespace gradbook {

/// Observes shape and numbers.
inline void observe(std::string_view label, const Tensor& t, Tolerance tolerance = {}) {
  observe(label, t.value(), tolerance);
}

/// n numbers of [0, 1) in random order that keep a distance of at least 1/2n, so that no two of
/// them, nor of what is computed from them piece by piece, are equal by chance.
inline std::vector<double> draw_apart(std::size_t n) {
  std::vector<double> numbers(n);
  std::iota(numbers.begin(), numbers.end(), 0.0);
  for (std::size_t i = n; i > 1; --i) std::swap(numbers[i - 1], numbers[generator().below(i)]);
  for (double& x : numbers) x = (x + draw(0.25, 0.75)) / static_cast<double>(n);
  return numbers;
}

/// What the inputs of a row hold, one list for each.
inline std::vector<std::vector<double>> draw_values(const Row& row) {
  std::size_t n = 0;
  for (const Shape& shape : row.shapes) n += count(shape);
  const std::vector<double> drawn = draw_apart(n);
  auto next = drawn.begin();
  std::vector<std::vector<double>> values(row.shapes.size());
  for (std::size_t k = 0; k < values.size(); ++k) {
    const auto [low, high, gap] = row.domains[k];
    for (std::size_t i = 0; i < count(row.shapes[k]); ++i) {
      const double x = low + (high - low) * *next++;
      values[k].push_back(x + std::copysign(gap, x));
    }
  }
  return values;
}

/// The inputs of a row in this layout.
inline std::vector<Tensor> tensors_of(const Row& row,
                                      const std::vector<std::vector<double>>& values, Layout layout,
                                      bool requires_grad = false) {
  std::vector<Tensor> tensors;
  for (std::size_t k = 0; k < values.size(); ++k)
    tensors.emplace_back(array_in(layout, row.shapes[k], {values[k].begin(), values[k].end()}),
                         requires_grad);
  return tensors;
}

/// A gradient of this shape, drawn from a generator of its own, so that a wrong shape does not
/// change what is drawn later.
inline Array draw_seed(Random random, const Shape& shape, Layout layout) {
  std::vector<Real> values(count(shape));
  for (Real& x : values) x = static_cast<Real>(random.uniform(-2, 2));
  return array_in(layout, shape, values);
}

/// Sums of at most all elements of the inputs, which are not large.
inline Tolerance tolerance_of(const Row& row) {
  std::size_t n = 0;
  for (const Shape& shape : row.shapes) n += count(shape);
  return {.terms = 64 + 4 * static_cast<double>(n), .scale = 2};
}

namespace detail {

// To the last bit, so that a NaN is as before where it is one
inline bool same(const std::vector<Tensor>& tensors,
                 const std::vector<std::vector<Real>>& numbers) {
  const auto equal = [](Real a, Real b) { return std::memcmp(&a, &b, sizeof(Real)) == 0; };
  for (std::size_t k = 0; k < tensors.size(); ++k) {
    if (!std::ranges::equal(elements(tensors[k].value()), numbers[k], equal)) return false;
  }
  return true;
}

inline std::vector<std::vector<Real>> numbers_of(const std::vector<Tensor>& tensors) {
  std::vector<std::vector<Real>> numbers;
  for (const Tensor& t : tensors) numbers.push_back(elements(t.value()));
  return numbers;
}

}  // namespace detail

/// Calls forward and backward of these inputs, and observes all that comes back.
inline void observe_call(const Row& row, const std::string& name, std::vector<Tensor> inputs,
                         Layout layout) {
  const Random random(generator().bits());
  const char* const function = row.function->name;
  auto before = detail::numbers_of(inputs);
  Context context(*row.function, inputs, row.attributes, true);
  calling(fmt::format("{}_forward: {}", function, name));
  const Array value = row.function->forward(context, inputs);
  observe(name + ": value", value, tolerance_of(row));

  const Tensor seed = draw_seed(random, value.shape(), layout);
  before.push_back(elements(seed.value()));
  calling(fmt::format("{}_backward: {}", function, name));
  const std::vector<Tensor> grads = row.function->backward(context, seed);
  observe(name + ": how many gradients", grads.size());
  for (std::size_t k = 0; k < grads.size(); ++k)
    observe(fmt::format("{}: gradient of input {}", name, k), grads[k], tolerance_of(row));
  inputs.push_back(seed);
  observe(name + ": inputs and grad are as before", detail::same(inputs, before));
}

/// Each row in each layout, with a random gradient of the result.
inline void observe_rows(const Rows& rows) {
  for (const Row& row : rows) {
    for (const Layout layout : kLayouts) {
      const std::string name = fmt::format("{}, {}", text(row), gradbook::name(layout));
      std::vector<std::vector<double>> values = draw_values(row);
      for (std::size_t k = 0; k < values.size(); ++k)
        values[k] = input(fmt::format("input {}", k), values[k]);
      observe_call(row, name, tensors_of(row, values, layout), layout);
    }
  }
}

/// Whether gradients of its gradients are asked for: not those of a mean of nothing, which is 0 /
/// 0.
inline bool has_seconds(const Row& row) {
  return row.function != &functions::mean || count(row.shapes[0]) > 0;
}

/// The gradients of the gradients: those of Σ weights · backward(seed) by the inputs and the seed.
struct Second {
  std::vector<Tensor> by_inputs;
  Tensor by_seed;
};

inline Second second_of(const Row& row, const std::vector<Tensor>& inputs, const Tensor& seed,
                        Random random) {
  const Tensor result = apply(*row.function, inputs, row.attributes);
  Tensor total = 0;
  for (const Tensor& grad : row.function->backward(result.variable()->context, seed))
    total = total + sum(grad * draw_seed(Random(random.bits()), grad.shape(), Layout::contiguous));
  if (total.requires_grad()) total.backward();
  Second second;
  for (const Tensor& input : inputs) second.by_inputs.push_back(input.grad());
  second.by_seed = seed.grad();
  return second;
}

/// Each row once: a gradient that was computed with tensors has gradients of its own.
inline void observe_seconds(const Rows& rows) {
  for (const Row& row : rows) {
    if (!has_seconds(row)) continue;
    std::vector<std::vector<double>> values = draw_values(row);
    for (std::size_t k = 0; k < values.size(); ++k)
      values[k] = input(fmt::format("input {}", k), values[k]);
    Random random(generator().bits());
    const std::vector<Tensor> inputs = tensors_of(row, values, Layout::contiguous, true);
    calling(fmt::format("{}_backward, and then backward of what it gave: {}", row.function->name,
                        text(row)));
    const Shape shape = apply(*row.function, inputs, row.attributes).shape();
    const Tensor seed(draw_seed(Random(random.bits()), shape, Layout::contiguous), true);
    const Second second = second_of(row, inputs, seed, random);
    for (std::size_t k = 0; k < inputs.size(); ++k)
      observe(fmt::format("{}: gradients of the gradients by input {}", text(row), k),
              second.by_inputs[k], tolerance_of(row));
    observe(text(row) + ": gradients of the gradients by grad", second.by_seed, tolerance_of(row));
  }
}

}  // namespace gradbook
