#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>

#include "09_cuda/tensor_cores.hpp"

namespace gradbook {
namespace {

using testing::Each;
using testing::FloatNear;
using testing::Pointwise;

// Small whole numbers, which 16 bits hold
std::vector<__half> some(int n) {
  std::vector<__half> numbers;
  for (int i = 0; i < n; ++i) numbers.emplace_back(static_cast<float>(i * 7 % 11 - 5));
  return numbers;
}

std::vector<float> plain(const Gemm& g, const std::vector<__half>& a,
                         const std::vector<__half>& b) {
  std::vector<float> c(static_cast<std::size_t>(g.m * g.n));
  for (int i = 0; i < g.m; ++i)
    for (int j = 0; j < g.n; ++j)
      for (int k = 0; k < g.k; ++k)
        c[i * g.n + j] +=
            static_cast<float>(a[i * g.lda + k]) * static_cast<float>(b[k * g.ldb + j]);
  return c;
}

std::vector<float> fragments(const Gemm& g, const std::vector<__half>& a,
                             const std::vector<__half>& b, std::vector<float> c) {
  const DeviceBuffer<__half> left(a), right(b);
  DeviceBuffer<float> out(c);
  launch(matmul_fragments_kernel,
         dim3(static_cast<unsigned>(g.n / 16), static_cast<unsigned>(g.m / 16)),
         32)(g, left.data(), right.data(), out.data());
  return out.to_host();
}

std::vector<float> wmma(const Gemm& g, const std::vector<__half>& a, const std::vector<__half>& b,
                        std::vector<float> c) {
  const DeviceBuffer<__half> left(a), right(b);
  DeviceBuffer<float> out(c);
  expect_written_once(out.data());
  launch(matmul_wmma_kernel,
         dim3(static_cast<unsigned>((g.n + 31) / 32), static_cast<unsigned>((g.m + 31) / 32)),
         128)(g, left.data(), right.data(), out.data());
  return out.to_host();
}

TEST(MatmulFragments, MultipliesOneTile) {
  const Gemm g{16, 16, 16};
  const std::vector<__half> a = some(256), b = some(256);
  EXPECT_EQ(fragments(g, a, b, std::vector<float>(256, 7)), plain(g, a, b))
      << "a fragment holds no numbers until it is filled with 0 or loaded";
}

TEST(MatmulFragments, GoesOnByTiles) {
  const Gemm g{32, 48, 80};
  const std::vector<__half> a = some(32 * 80), b = some(80 * 48);
  EXPECT_EQ(fragments(g, a, b, std::vector<float>(32 * 48)), plain(g, a, b))
      << "down the rows by blockIdx.y, along the columns by blockIdx.x, and 16 at a time along k";
}

TEST(MatmulFragments, StepsOverWhatLiesBetweenRows) {
  const Gemm g{.m = 16, .n = 16, .k = 32, .lda = 40, .ldb = 24};
  const std::vector<__half> a = some(16 * 40), b = some(32 * 24);
  EXPECT_EQ(fragments(g, a, b, std::vector<float>(256)), plain(g, a, b))
      << "the leading dimension is how far it is to the next row, not how many columns there are";
}

TEST(MatmulFragments, ScalesAndAdds) {
  const Gemm g{.m = 16, .n = 16, .k = 16, .alpha = 2, .beta = 10};
  const std::vector<__half> zeros(256, __half(0.0f));
  EXPECT_THAT(fragments(g, zeros, zeros, std::vector<float>(256, 3)), Each(30)) << "β · C";
  std::vector<float> twice = plain(g, some(256), some(256));
  for (float& x : twice) x = 2 * x + 10;
  EXPECT_EQ(fragments(g, some(256), some(256), std::vector<float>(256, 1)), twice)
      << "accumulators hold the same places in the same lanes, so x[i] may be added to x[i]";
}

TEST(MatmulWmma, TakesMatricesOfAnySize) {
  for (const Gemm g : {Gemm{5, 3, 1}, Gemm{33, 17, 16}, Gemm{20, 40, 35}}) {
    const std::vector<__half> a = some(g.m * g.k), b = some(g.k * g.n);
    EXPECT_EQ(wmma(g, a, b, std::vector<float>(static_cast<std::size_t>(g.m * g.n))),
              plain(g, a, b))
        << g.m << " × " << g.n << ", k = " << g.k
        << ": beyond the edges there are zeros, and nothing is written";
  }
}

TEST(MatmulWmma, DoesNotReadWhatItOverwrites) {
  const Gemm g{20, 20, 20};
  const std::vector<__half> a = some(400), b = some(400);
  EXPECT_EQ(wmma(g, a, b, std::vector<float>(400, std::numeric_limits<float>::quiet_NaN())),
            plain(g, a, b))
      << "0 · NaN is NaN: with β = 0 leave C alone";
}

TEST(MatmulWmma, AddsUpIn32Bits) {
  const Gemm g{16, 16, 4096};
  const std::vector<__half> ones(16 * 4096, __half(1.0f));
  EXPECT_THAT(wmma(g, ones, ones, std::vector<float>(256)), Each(4096))
      << "a sum of 16 bits stops at 2048, where 1 more is half of its last bit";
}

TEST(MatmulWmma, ReadsEachNumberOnceForATileOf32) {
  const Gemm g{64, 64, 64};
  count_warps(true);
  wmma(g, some(4096), some(4096), std::vector<float>(4096));
  EXPECT_LE(last_launch().counters.global_reads, 2 * 64 * 64 * 64 / 32)
      << "from device memory into shared memory, and from there into the fragments of four warps";
  EXPECT_LE(last_launch().counters.global_sectors, 2 * 2 * 64 * 64 * 2 / 32 + 64 * 64 * 4 / 32)
      << "threads side by side read numbers side by side";
}

}  // namespace
}  // namespace gradbook
