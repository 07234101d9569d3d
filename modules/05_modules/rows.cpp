#include "05_modules/rows.hpp"

#include <algorithm>
#include <limits>

#include "03_tensor/lanes.hpp"

namespace gradbook {
namespace {

// f of as many numbers as a register takes, and of the rest beside zeros
template <class F>
void in_lanes(std::span<Real> row, F f) {
  std::size_t i = 0;
  for (; i + kLanes <= row.size(); i += kLanes)
    f(Lanes::load_unaligned(&row[i])).store_unaligned(&row[i]);
  if (i == row.size()) return;
  Real rest[kLanes] = {};
  std::copy(row.begin() + i, row.end(), rest);
  f(Lanes::load_unaligned(rest)).store_unaligned(rest);
  std::copy(rest, rest + (row.size() - i), row.begin() + i);
}

}  // namespace

Real row_max(std::span<const Real> row) {
  Lanes most(-std::numeric_limits<Real>::infinity());
  std::size_t i = 0;
  for (; i + kLanes <= row.size(); i += kLanes)
    most = xsimd::max(most, Lanes::load_unaligned(&row[i]));
  Real lanes[kLanes];
  most.store_unaligned(lanes);
  Real result = *std::ranges::max_element(lanes);
  for (; i < row.size(); ++i) result = std::max(result, row[i]);
  return result;
}

Real row_sum(std::span<const Real> row) {
  Lanes sums(Real(0));
  std::size_t i = 0;
  for (; i + kLanes <= row.size(); i += kLanes) sums += Lanes::load_unaligned(&row[i]);
  Real result = xsimd::hadd(sums);
  for (; i < row.size(); ++i) result += row[i];
  return result;
}

void row_exp(std::span<Real> row) {
  in_lanes(row, [](Lanes x) { return xsimd::exp(x); });
}

void row_tanh(std::span<Real> row) {
  in_lanes(row, [](Lanes x) { return xsimd::tanh(x); });
}

void row_sigmoid(std::span<Real> row) {
  in_lanes(row, [](Lanes x) { return 1 / (1 + xsimd::exp(-x)); });
}

}  // namespace gradbook
