#include <gtest/gtest.h>

#include "support/products.hpp"

namespace gradbook {
namespace {

constexpr Rung kNaive = {"naive", matmul_naive_kernel, {4, 2}, 4, 2, true},
               kCoalesced = {"coalesced", matmul_coalesced_kernel, {4, 2}, 2, 4};

class MatmulNaive : public testing::TestWithParam<Rung> {};

INSTANTIATE_TEST_SUITE_P(Kernels, MatmulNaive, testing::Values(kNaive, kCoalesced),
                         [](const auto& info) { return std::string(info.param.name); });

TEST_P(MatmulNaive, MultipliesRowsByColumns) {
  const DeviceBuffer<float> a(std::vector<float>{1, 2, 3, 4}), b(std::vector<float>{5, 6, 7, 8});
  DeviceBuffer<float> c(4);
  multiply(GetParam(), gemm(2, 2, 2), a.data(), b.data(), c.data());
  EXPECT_EQ(c.to_host(), (std::vector<float>{19, 22, 43, 50}))
      << "1 · 5 + 2 · 7, 1 · 6 + 2 · 8, and likewise in the second row";
}

TEST_P(MatmulNaive, ComputesEveryElementOnce) {
  EXPECT_EQ(first_wrong(GetParam(), gemm(9, 7, 5)), "")
      << "blocks reach beyond C on both axes: threads out there have nothing to do";
  EXPECT_EQ(first_wrong(GetParam(), gemm(3, 13, 2)), "")
      << "wide: which axis of the grid goes along the columns?";
}

TEST_P(MatmulNaive, ScalesTheProductAndWhatWasThere) {
  EXPECT_EQ(first_wrong(GetParam(), gemm(5, 4, 3, 0.5f, 2)), "") << "alpha · A · B + beta · C";
}

TEST_P(MatmulNaive, DoesNotReadCWhereBetaIsZero) {
  Random random(1);
  EXPECT_EQ(first_wrong(GetParam(), with_nan_in_c(draw_product(random, gemm(5, 4, 3)))), "")
      << "memory that nobody has written may be NaN, and 0 · NaN is NaN";
}

TEST_P(MatmulNaive, LeavesBetaTimesCWhereThereIsNoDepth) {
  EXPECT_EQ(first_wrong(GetParam(), gemm(5, 4, 0, 1, 0.5f)), "") << "a sum of no products is 0";
}

TEST_P(MatmulNaive, StepsFromRowToRowByLeadingDimensions) {
  Gemm g = gemm(5, 6, 3);
  g.lda = 4;
  g.ldb = 8;
  g.ldc = 7;
  EXPECT_EQ(first_wrong(GetParam(), g), "")
      << "rows of A are 4 numbers apart though they have 3; what lies between is NaN";
}

TEST_P(MatmulNaive, TakesTheMatrixOfItsBlocksZ) {
  Gemm g = gemm(3, 4, 2);
  g.stride_a = 6;
  g.stride_c = 12;
  EXPECT_EQ(first_wrong(GetParam(), g, 3), "") << "three matrices A, one B, three matrices C";
}

TEST_P(MatmulNaive, ReadsARowAndAColumnForEachElement) {
  first_wrong(GetParam(), gemm(8, 8, 6));
  EXPECT_EQ(last_launch().counters.global_reads, 8 * 8 * 2 * 6) << "2k numbers for each of 64";
  EXPECT_EQ(last_launch().counters.global_writes, 8 * 8) << "the sum waits in a register";
}

TEST(MatmulCoalesced, SharesSectors) {
  count_warps(true);
  first_wrong({"naive", matmul_naive_kernel, {32}, 32, 1, true}, gemm(32, 32, 8));
  const std::int64_t down = last_launch().counters.global_sectors;
  first_wrong({"coalesced", matmul_coalesced_kernel, {32}, 1, 32}, gemm(32, 32, 8));
  const std::int64_t along = last_launch().counters.global_sectors;
  EXPECT_EQ(along, 32 * (8 * (1 + 4) + 4))
      << "for each k a warp reads one number of A and 32 neighbours of B, which lie in 4 sectors";
  EXPECT_LT(4 * along, down) << "down a column each number lies in a sector of its own";
}

}  // namespace
}  // namespace gradbook
