// The given code that goes through a row in vector registers: rows that fill none, one and several.
#include "05_modules/rows.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <vector>

namespace gradbook {
namespace {

constexpr Real kInfinity = std::numeric_limits<Real>::infinity();

std::vector<Real> row_of_length(std::size_t n) {
  std::vector<Real> row(n);
  for (std::size_t i = 0; i < n; ++i) row[i] = std::sin(Real(i) * 7) * 5 - 2;
  return row;
}

template <class Fast, class Plain>
void expect_each(Fast fast, Plain plain) {
  for (std::size_t n = 0; n <= 37; ++n) {
    const std::vector<Real> before = row_of_length(n);
    std::vector<Real> after = before;
    fast(std::span<Real>(after));
    for (std::size_t i = 0; i < n; ++i)
      EXPECT_NEAR(after[i], plain(before[i]), 1e-14 * std::fabs(plain(before[i])))
          << "place " << i << " of " << n;
  }
}

TEST(Rows, MapEveryNumber) {
  expect_each(row_exp, [](Real x) { return std::exp(x); });
  expect_each(row_tanh, [](Real x) { return std::tanh(x); });
  expect_each(row_sigmoid, [](Real x) { return 1 / (1 + std::exp(-x)); });
}

TEST(Rows, ReduceToTheLargestAndTheSum) {
  for (std::size_t n = 1; n <= 37; ++n) {
    std::vector<Real> row = row_of_length(n);
    Real sum = 0;
    for (const Real x : row) sum += x;
    EXPECT_NEAR(row_sum(row), sum, 1e-12) << n;
    for (std::size_t place = 0; place < n; ++place) {
      std::vector<Real> peak = row;
      peak[place] = 4;
      EXPECT_EQ(row_max(peak), 4) << "place " << place << " of " << n;
    }
  }
  EXPECT_EQ(row_max({}), -kInfinity);
  EXPECT_EQ(row_sum({}), 0);
}

TEST(Rows, KnowInfinity) {
  std::vector<Real> row = {-kInfinity, 0, kInfinity, 800};
  row_exp(row);
  EXPECT_EQ(row, (std::vector<Real>{0, 1, kInfinity, kInfinity}));
  EXPECT_EQ(row_max(std::vector<Real>{-kInfinity, -kInfinity}), -kInfinity);
}

}  // namespace
}  // namespace gradbook
