#include <gtest/gtest.h>

#include "09_cuda/matmul_vectorised.hpp"
#include "support/products.hpp"

namespace gradbook {
namespace {

constexpr Rung kVectorised = rung_of<VectorTile>("vectorised", matmul_vectorised_kernel),
               kWarps = rung_of<WarpTile>("warps", matmul_warp_tiled_kernel),
               kDouble = rung_of<WarpTile>("double", matmul_double_buffered_kernel);

class MatmulVectorised : public testing::TestWithParam<Rung> {};

INSTANTIATE_TEST_SUITE_P(Kernels, MatmulVectorised, testing::Values(kVectorised, kWarps, kDouble),
                         [](const auto& info) { return std::string(info.param.name); });

TEST_P(MatmulVectorised, ComputesAWholeTile) {
  EXPECT_EQ(first_wrong(GetParam(), gemm(128, 128, 16)), "")
      << "where does each number of A's turned tile come from, and whose elements are these sums?";
}

TEST_P(MatmulVectorised, AddsUpTileAfterTile) {
  EXPECT_EQ(first_wrong(GetParam(), gemm(128, 64, 64)), "")
      << "wait when the tiles are there, and when all have used them";
}

TEST_P(MatmulVectorised, ReadsRowsThatBeginAnywhere) {
  Gemm g = gemm(20, 24, 12);
  g.lda = 13;
  EXPECT_EQ(first_wrong(GetParam(), g), "")
      << "lda = 13: the second row of A does not begin at 16 bytes";
  EXPECT_EQ(first_wrong(GetParam(), gemm(20, 24, 12), 1, 1), "")
      << "and here not even the first one: look at the address, not at the sizes";
}

TEST_P(MatmulVectorised, PutsZeroWhereThereIsNothing) {
  EXPECT_EQ(first_wrong(GetParam(), gemm(67, 133, 11)), "")
      << "of four numbers some may be there and others not";
}

TEST_P(MatmulVectorised, KeepsToTheContractOfTheLadder) {
  EXPECT_EQ(first_wrong(GetParam(), gemm(18, 7, 20, 0.5f, 2)), "") << "alpha · A · B + beta · C";
  EXPECT_EQ(first_wrong(GetParam(), gemm(5, 18, 0, 1, 0.5f)), "") << "no tile: beta · C is left";
  Gemm g = gemm(5, 6, 3);
  g.stride_a = 20;
  g.stride_c = 40;
  EXPECT_EQ(first_wrong(GetParam(), g, 2), "") << "two matrices A, one B";
}

KernelCounters counted(const Rung& rung, const Gemm& g) {
  count_warps(true);
  EXPECT_EQ(first_wrong(rung, g), "");
  count_warps(false);
  return last_launch().counters;
}

TEST_P(MatmulVectorised, ReadsFourAtATimeAndWaitsForNoBank) {
  const KernelCounters c = counted(GetParam(), gemm(128, 128, 32));
  EXPECT_EQ(c.global_reads, 32 * (128 + 128) / 4) << "16 bytes in one access, each number once";
  EXPECT_EQ(c.bank_conflicts, 0)
      << "eight threads go together: their 8 · 4 numbers are to lie in 32 different banks. For "
         "what is put into A's turned tile there is kPadded";
}

TEST(MatmulVectorisedKernel, ReadsFourTimesForSixtyFour) {
  EXPECT_EQ(counted(kVectorised, gemm(128, 128, 8)).shared_reads, 128 * 128 * 8 / 64 * 4);
}

TEST(MatmulWarpTiledKernel, ReadsSixTimesForAHundredAndTwentyEight) {
  const KernelCounters c = counted(kWarps, gemm(128, 128, 32));
  EXPECT_EQ(c.shared_reads, 128 * 128 * 32 / 128 * 6);
  EXPECT_EQ(c.barriers, 2 * 2) << "two pairs of tiles of depth 16";
}

TEST(MatmulDoubleBufferedKernel, WaitsOnceForEachPairOfTiles) {
  EXPECT_EQ(counted(kDouble, gemm(128, 128, 48)).barriers, 3)
      << "while one pair is multiplied the next is put where nobody reads";
}

}  // namespace
}  // namespace gradbook
