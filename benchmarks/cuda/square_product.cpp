// Draws matrices, and multiplies them in double.
#include "square_product.hpp"

#include <bit>
#include <cmath>
#include <cstring>

namespace gradbook::bench {
namespace {

constexpr int kSide = 16;

// c = a · b of (n, n) each, by blocks of (kSide, kSide) threads: 9.8 in double
__global__ void exact_product_kernel(int n, const float* a, const float* b, double* c) {
  __shared__ double a_tile[kSide][kSide];
  __shared__ double b_tile[kSide][kSide];
  const int x = static_cast<int>(threadIdx.x), y = static_cast<int>(threadIdx.y),
            row = static_cast<int>(blockIdx.y) * kSide + y,
            column = static_cast<int>(blockIdx.x) * kSide + x;
  double sum = 0;
  for (int first = 0; first < n; first += kSide) {
    a_tile[y][x] = row < n && first + x < n ? a[static_cast<long long>(row) * n + first + x] : 0;
    b_tile[y][x] =
        first + y < n && column < n ? b[static_cast<long long>(first + y) * n + column] : 0;
    __syncthreads();
    for (int k = 0; k < kSide; ++k) sum += a_tile[y][k] * b_tile[k][x];
    __syncthreads();
  }
  if (row < n && column < n) c[static_cast<long long>(row) * n + column] = sum;
}

std::vector<double> exact_product(int n, const std::vector<float>& a, const std::vector<float>& b) {
  const DeviceBuffer<float> on_a(a), on_b(b);
  DeviceBuffer<double> on_c(a.size());
  const auto blocks = static_cast<unsigned>((n + kSide - 1) / kSide);
  launch(exact_product_kernel, {blocks, blocks}, {kSide, kSide})(n, on_a.data(), on_b.data(),
                                                                 on_c.data());
  return on_c.to_host();
}

// All elements of small matrices, and some of large ones
void check_by_host(Random& random, std::size_t n, const Question& of) {
  constexpr std::size_t kAll = 16384, kSome = 256;
  const bool all = n * n <= kAll;
  for (std::size_t turn = 0; turn < (all ? n * n : kSome); ++turn) {
    const std::size_t at = all ? turn : random.below(n * n), row = at / n, column = at % n;
    double sum = 0;
    for (std::size_t k = 0; k < n; ++k) sum += double{of.a[row * n + k]} * of.b[k * n + column];
    if (!(std::abs(sum - of.answer[at]) <= 1e-9))
      throw RangeError("the answer at row ", row, ", column ", column, " is ", of.answer[at],
                       " by the device and ", sum, " by the host: nothing can be compared with it");
  }
}

std::uint16_t bits_of(float x, Numbers numbers) {
  if (numbers == Numbers::bfloat16)
    return static_cast<std::uint16_t>(std::bit_cast<std::uint32_t>(x) >> 16);
  const __half half(x);
  std::uint16_t bits = 0;
  static_assert(sizeof half == sizeof bits);
  std::memcpy(&bits, &half, sizeof bits);
  return bits;
}

// Two by two in floats, which are only copied
std::vector<float> packed(const std::vector<float>& values, Numbers numbers) {
  std::vector<std::uint16_t> bits(values.size() + values.size() % 2);
  for (std::size_t i = 0; i < values.size(); ++i) bits[i] = bits_of(values[i], numbers);
  std::vector<float> floats(bits.size() / 2);
  std::memcpy(floats.data(), bits.data(), bits.size() * sizeof bits[0]);
  return floats;
}

}  // namespace

Question SquareProduct::ask(Random& random) const {
  const std::uint64_t seed = random.bits();
  const auto known = drawn_.find(seed);
  return known != drawn_.end() ? known->second : drawn_.emplace(seed, draw(seed)).first->second;
}

Question SquareProduct::draw(std::uint64_t seed) const {
  Random random(seed);
  Question question{std::vector<float>(n_ * n_), std::vector<float>(n_ * n_), {}};
  for (auto* matrix : {&question.a, &question.b}) {
    for (float& x : *matrix) {
      if (numbers_ == Numbers::float32)
        x = static_cast<float>(random.uniform(-1, 1));
      else
        x = static_cast<float>(static_cast<int>(random.below(257)) - 128) / 128;
    }
  }
  question.answer = exact_product(static_cast<int>(n_), question.a, question.b);
  check_by_host(random, n_, question);
  if (numbers_ != Numbers::float32) {
    question.a = packed(question.a, numbers_);
    question.b = packed(question.b, numbers_);
  }
  return question;
}

}  // namespace gradbook::bench
