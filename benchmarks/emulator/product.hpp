/// @file
/// The matrix product that every contender of `bench emulator` computes, and whether it is right.
#pragma once

#include <cmath>
#include <cstddef>

#include "../data.hpp"

namespace gradbook::bench {

/// Rows and columns of a tile, and of a block of threads.
inline constexpr int kTile = 16;

/// Two square matrices to multiply.
struct Factors {
  /// n × n each.
  explicit Factors(int n)
      : n(static_cast<std::size_t>(n)), a(numbers(this->n * this->n, 1)), b(numbers(a.size(), 2)) {}

  std::size_t n;            ///< rows and columns
  std::vector<float> a, b;  ///< (n, n)
};

/// Whether `out` is the product, but for rounding: computes it again in double precision.
inline bool is_product(const Factors& of, std::span<const float> out) {
  const std::size_t n = of.n;
  std::vector<double> row(n);
  for (std::size_t i = 0; i < n; ++i) {
    std::ranges::fill(row, 0.0);
    for (std::size_t k = 0; k < n; ++k) {
      const double factor = of.a[i * n + k];
      for (std::size_t j = 0; j < n; ++j) row[j] += factor * of.b[k * n + j];
    }
    for (std::size_t j = 0; j < n; ++j) {
      // Written so that no NaN passes
      if (!(std::abs(row[j] - out[i * n + j]) <= 1e-5 * row[j])) return false;
    }
  }
  return true;
}

}  // namespace gradbook::bench
