#include "07_language_models/rnn.hpp"

#include <cmath>
#include <xsimd/xsimd.hpp>

namespace gradbook {
namespace {

// f of vectors of numbers, as many as the machine takes at once, and of the rest one by one
template <class F>
void in_vectors(std::span<Real> numbers, F f) {
  using Lanes = xsimd::batch<Real>;
  std::size_t i = 0;
  for (; i + Lanes::size <= numbers.size(); i += Lanes::size)
    f(Lanes::load_unaligned(&numbers[i])).store_unaligned(&numbers[i]);
  if (i == numbers.size()) return;
  Real rest[Lanes::size] = {};
  std::copy(numbers.begin() + i, numbers.end(), rest);
  f(Lanes::load_unaligned(rest)).store_unaligned(rest);
  std::copy(rest, rest + (numbers.size() - i), numbers.begin() + i);
}

}  // namespace

MatrixView rows_of(const Matrix& m, std::size_t first, std::size_t count) {
  const auto columns = static_cast<std::int64_t>(m.shape(1));
  return {m.data() + first * m.shape(1), static_cast<std::int64_t>(count), columns, columns, 1};
}

void apply(Nonlinearity nonlinearity, std::span<Real> numbers) {
  if (nonlinearity == Nonlinearity::tanh)
    in_vectors(numbers, [](auto a) { return xsimd::tanh(a); });
  else
    in_vectors(numbers, [](auto a) { return 1 / (1 + xsimd::exp(-a)); });
}

}  // namespace gradbook
