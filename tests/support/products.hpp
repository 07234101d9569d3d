/// @file
/// Products of matrices for kernels of the ladder: drawn, computed on the device, and by plain
/// loops in float64.
#pragma once

#include <fmt/format.h>

#include <cmath>
#include <limits>
#include <string>
#include <vector>

#include "00_course/random.hpp"
#include "09_cuda/ladder.hpp"

namespace gradbook {

/// What a kernel of the ladder is given. What lies between rows and around matrices is NaN, so that
/// whoever reads it is found out.
struct Product {
  Gemm g;                      ///< sizes, factors, leading dimensions and strides
  int batch = 1;               ///< matrices
  std::size_t skip = 0;        ///< so many numbers lie before A, B and C: 1 is not at 16 bytes
  std::vector<float> a, b, c;  ///< with what lies between
};

/// Sizes and factors alone, for rows without anything between them.
inline Gemm gemm(int m, int n, int k, float alpha = 1, float beta = 0) {
  return {.m = m, .n = n, .k = k, .alpha = alpha, .beta = beta};
}

/// Calls visit(index) for each element of the matrices of a batch.
template <class Visit>
void for_each_element(int rows, int columns, int apart, long long stride, int batch, Visit visit) {
  for (int z = 0; z < batch; ++z)
    for (int i = 0; i < rows; ++i)
      for (int j = 0; j < columns; ++j)
        visit(static_cast<std::size_t>(z * stride + static_cast<long long>(i) * apart + j));
}

/// Matrices of a batch with NaN between them.
/// @param number  gives the elements, one after the other
template <class Number>
std::vector<float> with_gaps(int rows, int columns, int apart, long long stride, int batch,
                             std::size_t skip, Number number) {
  std::size_t size = 0;
  const auto visit = [&](auto use) { for_each_element(rows, columns, apart, stride, batch, use); };
  visit([&](std::size_t at) { size = std::max(size, skip + at + 1); });
  std::vector<float> numbers(size, std::numeric_limits<float>::quiet_NaN());
  visit([&](std::size_t at) { numbers[skip + at] = static_cast<float>(number()); });
  return numbers;
}

/// Matrices of numbers in [−2, 2).
/// @param random  where they come from
/// @param g       sizes, factors, leading dimensions and strides
/// @param batch   matrices
/// @param skip    so many numbers lie before each
inline Product draw_product(Random& random, const Gemm& g, int batch = 1, std::size_t skip = 0) {
  const auto number = [&] { return random.uniform(-2, 2); };
  return {g,
          batch,
          skip,
          with_gaps(g.m, g.k, g.lda, g.stride_a, batch, skip, number),
          with_gaps(g.k, g.n, g.ldb, g.stride_b, batch, skip, number),
          with_gaps(g.m, g.n, g.ldc, g.stride_c, batch, skip, number)};
}

/// What C holds after the kernel, with what lies between rows. Each element is to be written once,
/// where C has nothing else.
inline std::vector<float> run_product(const Rung& rung, const Product& p) {
  const DeviceBuffer<float> a(p.a), b(p.b);
  DeviceBuffer<float> c(p.c);
  const bool dense = p.skip == 0 && p.g.ldc == p.g.n &&
                     p.c.size() == static_cast<std::size_t>(p.g.m) *
                                       static_cast<std::size_t>(p.g.n) *
                                       static_cast<std::size_t>(p.batch);
  if (dense && !p.c.empty()) expect_written_once(c.data());
  multiply(rung, p.g, p.a.empty() ? nullptr : a.data() + p.skip,
           p.b.empty() ? nullptr : b.data() + p.skip, c.data() + p.skip, p.batch);
  return c.to_host();
}

/// The same by plain loops in float64.
inline std::vector<double> plain_product(const Product& p) {
  std::vector<double> result(p.c.begin(), p.c.end());
  const Gemm& g = p.g;
  const auto at = [&](long long index) { return p.skip + static_cast<std::size_t>(index); };
  for (int z = 0; z < p.batch; ++z)
    for (long long i = 0; i < g.m; ++i)
      for (long long j = 0; j < g.n; ++j) {
        double exact = 0;
        for (long long k = 0; k < g.k; ++k)
          exact += double{p.a[at(z * g.stride_a + i * g.lda + k)]} *
                   double{p.b[at(z * g.stride_b + k * g.ldb + j)]};
        double& of_c = result[at(z * g.stride_c + i * g.ldc + j)];
        of_c = double{g.alpha} * exact + (g.beta == 0 ? 0 : double{g.beta} * of_c);
      }
  return result;
}

/// How far a result in float may be from the exact one: Σ of k products of at most 4, and C.
inline double allowed(const Gemm& g) {
  return 1e-6 * (4 * std::fabs(double{g.alpha}) * (g.k + 2) + 2 * std::fabs(double{g.beta}));
}

/// The first element that is wrong, as "C[33] is 0, and should be 1.5, …", or "" where none is.
inline std::string first_wrong(const Rung& rung, const Product& p) {
  const std::vector<float> got = run_product(rung, p);
  const std::vector<double> expected = plain_product(p);
  const auto apart = static_cast<std::size_t>(p.g.ldc);
  for (std::size_t i = 0; i < got.size(); ++i) {
    if (std::isnan(expected[i]) ? std::isnan(got[i])
                                : std::fabs(got[i] - expected[i]) <= allowed(p.g))
      continue;
    return fmt::format("C({}, {}) is {}, and should be {}", (i - p.skip) / apart,
                       (i - p.skip) % apart, got[i], expected[i]);
  }
  return "";
}

/// The same of numbers that are drawn here.
inline std::string first_wrong(const Rung& rung, const Gemm& g, int batch = 1,
                               std::size_t skip = 0) {
  Random random(9);
  return first_wrong(rung, draw_product(random, g, batch, skip));
}

/// A matrix C of NaN: whoever reads it has a result of NaN.
inline Product with_nan_in_c(Product p) {
  p.c.assign(p.c.size(), std::numeric_limits<float>::quiet_NaN());
  return p;
}

}  // namespace gradbook
