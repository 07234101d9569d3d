#include <gtest/gtest.h>

#include "09_cuda/matmul_registers.hpp"
#include "support/products.hpp"

namespace gradbook {
namespace {

constexpr Rung kOne = rung_of<RegisterTile1d>("one", matmul_register_1d_kernel),
               kTwo = rung_of<RegisterTile2d>("two", matmul_register_2d_kernel);

class MatmulRegisters : public testing::TestWithParam<Rung> {};

INSTANTIATE_TEST_SUITE_P(Kernels, MatmulRegisters, testing::Values(kOne, kTwo),
                         [](const auto& info) { return std::string(info.param.name); });

TEST_P(MatmulRegisters, ComputesAWholeTile) {
  EXPECT_EQ(first_wrong(GetParam(), gemm(GetParam().rows, GetParam().columns, 8)), "")
      << "one block, one pair of tiles: which elements are this thread's?";
}

TEST_P(MatmulRegisters, AddsUpTileAfterTile) {
  EXPECT_EQ(first_wrong(GetParam(), gemm(GetParam().rows, GetParam().columns, 32)), "")
      << "wait when the tiles are there, and when all have used them";
}

TEST_P(MatmulRegisters, PutsZeroWhereThereIsNothing) {
  EXPECT_EQ(first_wrong(GetParam(), gemm(67, 133, 11)), "")
      << "off the tile on all three axes: bring 0, write nothing, come to every barrier";
}

TEST_P(MatmulRegisters, KeepsToTheContractOfTheLadder) {
  EXPECT_EQ(first_wrong(GetParam(), gemm(18, 7, 20, 0.5f, 2)), "") << "alpha · A · B + beta · C";
  EXPECT_EQ(first_wrong(GetParam(), gemm(5, 18, 0, 1, 0.5f)), "") << "no tile: beta · C is left";
  Gemm g = gemm(5, 6, 3);
  g.lda = 4;
  g.ldb = 8;
  g.ldc = 7;
  g.stride_a = 20;
  g.stride_c = 40;
  EXPECT_EQ(first_wrong(GetParam(), g, 2), "") << "two matrices A, one B, gaps between all rows";
}

TEST(MatmulRegister1d, ReadsBOnceForEightSums) {
  first_wrong(kOne, gemm(64, 64, 8));
  const KernelCounters& counted = last_launch().counters;
  EXPECT_EQ(counted.global_reads, 8 * (64 + 64)) << "each number of both tiles once";
  EXPECT_EQ(counted.shared_reads, 64 * 64 * 8 / 8 * 9)
      << "for each k a thread reads 8 numbers of A's tile, and one of B's for all of them";
  EXPECT_EQ(counted.barriers, 2);
}

TEST(MatmulRegister2d, ReadsSixteenForSixtyFour) {
  first_wrong(kTwo, gemm(128, 128, 8));
  const KernelCounters& counted = last_launch().counters;
  EXPECT_EQ(counted.global_reads, 8 * (128 + 128)) << "each number of both tiles once";
  EXPECT_EQ(counted.shared_reads, 128 * 128 * 8 / 64 * 16)
      << "for each k 8 numbers of A's tile and 8 of B's go into registers, and 64 products come "
         "out of them";
  EXPECT_EQ(counted.barriers, 2);
}

}  // namespace
}  // namespace gradbook
