/// @file
/// What must hold of every row of the table of functions, on both backends and in every layout: for
/// proofs alone.
#pragma once

#include <cmath>
#include <string>
#include <vector>

#include "04_autograd/backend.hpp"
#include "support/gradcheck.hpp"
#include "support/plain_loops.hpp"
#include "support/tensors.hpp"

namespace gradbook {

/// Uses a backend while it lives.
class Using {
 public:
  explicit Using(const Backend& chosen) : before_(backend()) { use_backend(chosen); }
  Using(const Using&) = delete;
  Using& operator=(const Using&) = delete;
  ~Using() { use_backend(before_); }

 private:
  const Backend& before_;
};

namespace detail {

// Each number in turn, all inputs in one list, as numeric_gradient wants them
inline std::vector<double> flat(const std::vector<std::vector<double>>& values) {
  std::vector<double> all;
  for (const auto& list : values) all.insert(all.end(), list.begin(), list.end());
  return all;
}

inline std::vector<std::vector<double>> apart(const Row& row, const std::vector<double>& all) {
  std::vector<std::vector<double>> values;
  auto next = all.begin();
  for (const Shape& shape : row.shapes) {
    const auto end = next + static_cast<std::ptrdiff_t>(count(shape));
    values.emplace_back(next, end);
    next = end;
  }
  return values;
}

inline double dot(const Array& a, const Array& b) {
  const std::vector<Real> x = elements(a), y = elements(b);
  double sum = 0;
  for (std::size_t i = 0; i < x.size(); ++i) sum += x[i] * y[i];
  return sum;
}

inline void prove_near(const std::string& label, const std::vector<Real>& got,
                       const std::vector<double>& expected, double within) {
  prove(got.size() == expected.size(), label + ": as many numbers as there should be");
  for (std::size_t i = 0; i < got.size() && i < expected.size(); ++i) {
    if (got[i] == expected[i] || (std::isnan(got[i]) && std::isnan(expected[i]))) continue;
    prove_close(fmt::format("{}, number {}", label, i), got[i], expected[i],
                within * (1 + std::abs(expected[i])));
  }
}

}  // namespace detail

/// What one backend makes of these inputs: the value, then the gradients.
inline std::vector<Array> results(const Backend& chosen, const Row& row,
                                  const std::vector<Tensor>& inputs, const Random& random,
                                  Layout layout) {
  const Using use(chosen);
  Context context(*row.function, inputs, row.attributes, true);
  std::vector<Array> all = {row.function->forward(context, inputs)};
  const Tensor seed = draw_seed(random, all[0].shape(), layout);
  for (const Tensor& grad : row.function->backward(context, seed)) all.push_back(grad.value());
  return all;
}

/// Both backends agree on value and gradients, the fast one with one thread and with two.
/// @param within  relative to 1 + |number|
inline void prove_agreement(const Row& row, double within) {
  const std::vector<std::vector<double>> values = draw_values(row);
  const Random random(generator().bits());
  for (const Layout layout : kLayouts) {
    const std::vector<Tensor> inputs = tensors_of(row, values, layout);
    const std::vector<Array> plain = results(plain_backend(), row, inputs, random, layout);
    for (const int threads : {1, 2}) {
      const std::vector<Array> fast = results(fast_backend(threads), row, inputs, random, layout);
      const std::string name = fmt::format("{}, {}, {} threads against the plain backend",
                                           text(row), gradbook::name(layout), threads);
      prove(fast.size() == plain.size(), name + ": as many gradients");
      for (std::size_t k = 0; k < fast.size() && k < plain.size(); ++k) {
        prove(fast[k].shape() == plain[k].shape(), name + ": the same shapes");
        const std::vector<Real> expected = elements(plain[k]);
        detail::prove_near(name, elements(fast[k]), {expected.begin(), expected.end()}, within);
      }
    }
  }
}

/// The value is that of a plain loop, and the gradients are those of central differences on every
/// coordinate, in every layout.
inline void prove_row(const Row& row) {
  const std::vector<std::vector<double>> values = draw_values(row);
  const Random random(generator().bits());
  for (const Layout layout : kLayouts) {
    const std::string name = fmt::format("{}, {}", text(row), gradbook::name(layout));
    const std::vector<Array> found =
        results(plain_backend(), row, tensors_of(row, values, layout), random, layout);
    detail::prove_near(name, elements(found[0]), plain::result(row, found[0].shape(), values),
                       1e-14);

    const Array seed = draw_seed(random, found[0].shape(), layout);
    const std::vector<double> slopes = numeric_gradient(
        [&](const std::vector<double>& at) {
          Context nothing(*row.function, {}, row.attributes, false);
          const std::vector<Tensor> moved = tensors_of(row, detail::apart(row, at), layout);
          return detail::dot(row.function->forward(nothing, moved), seed);
        },
        detail::flat(values));
    std::vector<Real> all;
    prove(found.size() == 1 + row.shapes.size(), name + ": a gradient for each input");
    for (std::size_t k = 1; k < found.size(); ++k) {
      prove(found[k].shape() == row.shapes[k - 1], name + ": each has the shape of its input");
      const std::vector<Real> numbers = elements(found[k]);
      all.insert(all.end(), numbers.begin(), numbers.end());
    }
    detail::prove_near(name + ", gradient", all, slopes, 1e-7);
  }
}

/// The gradients of the gradients are those of central differences of the gradients.
inline void prove_second(const Row& row) {
  std::vector<std::vector<double>> values = draw_values(row);
  const std::vector<Tensor> inputs = tensors_of(row, values, Layout::permuted, true);
  Random random(generator().bits());
  const Shape shape = apply(*row.function, inputs, row.attributes).shape();
  const Tensor seed(draw_seed(Random(random.bits()), shape, Layout::contiguous), true);
  const Second second = second_of(row, inputs, seed, random);

  std::vector<double> all = detail::flat(values);
  const std::vector<Real> start = elements(seed.value());
  all.insert(all.end(), start.begin(), start.end());
  const std::vector<double> slopes = numeric_gradient(
      [&](const std::vector<double>& at) {
        const auto first = at.end() - static_cast<std::ptrdiff_t>(start.size());
        const Tensor moved_seed = array_in(Layout::contiguous, shape, {first, at.end()});
        const std::vector<Tensor> moved =
            tensors_of(row, detail::apart(row, {at.begin(), first}), Layout::contiguous, true);
        const Tensor y = apply(*row.function, moved, row.attributes);
        Random weights = random;
        double total = 0;
        for (const Tensor& grad : row.function->backward(y.variable()->context, moved_seed))
          total += detail::dot(grad.value(),
                               draw_seed(Random(weights.bits()), grad.shape(), Layout::contiguous));
        return total;
      },
      all);
  std::vector<Real> found;
  for (const Tensor& by : second.by_inputs) {
    const std::vector<Real> numbers = elements(by.value());
    found.insert(found.end(), numbers.begin(), numbers.end());
  }
  const std::vector<Real> by_seed = elements(second.by_seed.value());
  found.insert(found.end(), by_seed.begin(), by_seed.end());
  detail::prove_near(text(row) + ", gradients of the gradients", found, slopes, 1e-6);
}

/// All of this, for all rows.
inline void prove_rows(const Rows& rows) {
  for (const Row& row : rows) {
    prove_row(row);
    prove_agreement(row, 1e-13);
    if (has_seconds(row)) prove_second(row);
  }
}

}  // namespace gradbook
