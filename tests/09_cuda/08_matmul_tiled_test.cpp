#include <gtest/gtest.h>

#include "support/products.hpp"

namespace gradbook {
namespace {

constexpr unsigned kSide = kGemmTile;
constexpr Rung kTiled = {"tiled", matmul_tiled_kernel, {kSide, kSide}, kGemmTile, kGemmTile};

TEST(MatmulTiled, MultipliesOneTile) {
  EXPECT_EQ(first_wrong(kTiled, gemm(16, 16, 16)), "") << "one block, and one tile of A and of B";
}

TEST(MatmulTiled, AddsUpTileAfterTile) {
  EXPECT_EQ(first_wrong(kTiled, gemm(16, 16, 64)), "")
      << "the next tiles may overwrite these when nobody reads them any more: a barrier";
  EXPECT_EQ(first_wrong(kTiled, gemm(32, 48, 32)), "") << "six blocks, each with tiles of its own";
}

TEST(MatmulTiled, PutsZeroWhereThereIsNothing) {
  EXPECT_EQ(first_wrong(kTiled, gemm(16, 16, 5)), "")
      << "k = 5: of A's tile 11 columns are not there, and of B's tile 11 rows";
  EXPECT_EQ(first_wrong(kTiled, gemm(17, 19, 21)), "")
      << "threads beyond C bring numbers too, or zeros, and come to every barrier";
}

TEST(MatmulTiled, KeepsToTheContractOfTheLadder) {
  EXPECT_EQ(first_wrong(kTiled, gemm(18, 7, 20, 0.5f, 2)), "") << "alpha · A · B + beta · C";
  EXPECT_EQ(first_wrong(kTiled, gemm(5, 18, 0, 1, 0.5f)), "") << "no tile: beta · C is left";
  Random random(1);
  EXPECT_EQ(first_wrong(kTiled, with_nan_in_c(draw_product(random, gemm(18, 4, 3)))), "")
      << "where beta is 0 nobody reads C";
  Gemm g = gemm(5, 6, 3);
  g.lda = 4;
  g.ldb = 8;
  g.ldc = 7;
  g.stride_a = 20;
  g.stride_c = 40;
  EXPECT_EQ(first_wrong(kTiled, g, 2), "") << "two matrices A, one B, gaps between all rows";
}

TEST(MatmulTiled, ReadsEachNumberOnceABlock) {
  first_wrong(kTiled, gemm(32, 32, 48));
  EXPECT_EQ(last_launch().counters.global_reads, 32 * 32 * 2 * 48 / kGemmTile)
      << "2k / T for each element: whoever multiplies reads the tiles in shared memory";
  first_wrong(kTiled, gemm(17, 16, 16));
  EXPECT_EQ(last_launch().counters.global_reads, 17 * 16 + 2 * 16 * 16)
      << "two blocks: A's 17 rows once, B twice, and nothing beyond";
}

TEST(MatmulTiled, WaitsTwiceForEachPairOfTiles) {
  first_wrong(kTiled, gemm(16, 16, 40));
  EXPECT_EQ(last_launch().counters.barriers, 2 * 3)
      << "40 columns are three tiles: wait when they are there, and when all have used them";
}

TEST(MatmulTiled, BringsRowsSideBySide) {
  count_warps(true);
  first_wrong(kTiled, gemm(16, 16, 16));
  count_warps(false);
  EXPECT_EQ(last_launch().counters.global_sectors, 3 * 16 * 2)
      << "a row of 16 numbers lies in two sectors: does x go along it, in A's tile as in B's?";
}

}  // namespace
}  // namespace gradbook
