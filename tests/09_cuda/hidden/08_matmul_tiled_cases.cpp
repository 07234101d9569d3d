#include "support/gemm_runs.hpp"

namespace gradbook {
namespace {

constexpr unsigned kSide = kGemmTile;
constexpr Rung kTiled = {"tiled", matmul_tiled_kernel, {kSide, kSide}, kGemmTile, kGemmTile};

CASE(matmul_tiled, whole_tiles, "sums over one tile and over several, where all of them are full",
     {.weight = 2}) {
  observe_product(kTiled, gemm(16, 16, 16));
  observe_product(kTiled, gemm(32, 48, 64));
}

CASE(matmul_tiled, edges, "tiles reach beyond A, B and C: what is not there is 0, and not written",
     {.weight = 3}) {
  constexpr int kSizes[][3] = {{1, 1, 1},    {31, 33, 16}, {33, 31, 32}, {16, 16, 17},
                               {16, 16, 15}, {5, 40, 3},   {40, 5, 50},  {17, 15, 1}};
  for (const auto& [m, n, k] : kSizes) observe_product(kTiled, gemm(m, n, k));
}

CASE(matmul_tiled, factors, "alpha is for the product, beta for what C held") {
  observe_product(kTiled, gemm(16, 16, 16, -1.5f));
  observe_product(kTiled, gemm(20, 12, 18, 0.5f, -2));
  observe_product(kTiled, gemm(5, 20, 4, 0, 1));
}

CASE(matmul_tiled, nan_in_c, "with beta = 0 what C held is not read") {
  observe_over_nan(kTiled, gemm(16, 16, 16));
  observe_over_nan(kTiled, gemm(19, 13, 20, 2));
}

CASE(matmul_tiled, no_depth, "with k = 0 there is no tile, and beta · C is left") {
  observe_product(kTiled, gemm(18, 13, 0, 2, 0.5f));
  observe_over_nan(kTiled, gemm(6, 17, 0));
}

CASE(matmul_tiled, leading_dimensions, "from row to row it is lda, ldb and ldc, not k and n") {
  Gemm of_a = gemm(20, 18, 19), of_b = gemm(18, 20, 22), of_c = gemm(17, 19, 18, 1, 2);
  of_a.lda = 24;
  of_b.ldb = 23;
  of_c.ldc = 20;
  for (const Gemm& g : {of_a, of_b, of_c}) observe_product(kTiled, g);
}

CASE(matmul_tiled, batch,
     "blockIdx.z is the number of the matrix, and each operand has its stride") {
  Gemm apart = gemm(9, 17, 5, 1, 1), shared_b = gemm(18, 11, 4);
  apart.stride_a = 50;
  apart.stride_b = 90;
  apart.stride_c = 153;
  shared_b.stride_a = 72;
  shared_b.stride_c = 198;
  observe_product(kTiled, apart, 3);
  observe_product(kTiled, shared_b, 2);
}

CASE(matmul_tiled, either_order, "whoever of a block is first, the sums are the same") {
  compare_thread_orders(true);
  observe_product(kTiled, gemm(20, 33, 35));
  compare_thread_orders(false);
}

// Full credit within the bound of the contract, part of it for what is right and reads more
Verdict within_reads(const Observations& student, const Observations& reference) {
  if (!right(student, reference, "tiled")) return fail("C is wrong");
  const Cost reads = cost(student, reference, "tiled", "global reads");
  if (reads.got <= reads.most) return pass();
  const auto in_words = [&](const char* why) {
    return fmt::format(
        "{:.2f} reads of device memory for each element, and the contract has "
        "{:.2f}: {}",
        each(reference, "tiled", reads.got), each(reference, "tiled", reads.most), why);
  };
  if (reads.got <= 3 * reads.most)
    return partly(0.5, in_words("numbers are read more than once, or beyond an edge, where each "
                                "thread brings one number of each tile"));
  return partly(0.1, in_words("the products read device memory themselves: bring the tiles into "
                              "shared memory first"));
}

CASE(matmul_tiled, reads, "2k / T reads of device memory for each element", {.weight = 9}) {
  observe_counted(kTiled, gemm(48, 64, 80));
}
JUDGE(matmul_tiled, reads) { return within_reads(student, reference); }

CASE(matmul_tiled, reads_at_edges, "at an edge only what is there is read", {.weight = 6}) {
  observe_counted(kTiled, gemm(35, 21, 41));
}
JUDGE(matmul_tiled, reads_at_edges) { return within_reads(student, reference); }

CASE(matmul_tiled, barriers, "two barriers for each pair of tiles") {
  observe_counted(kTiled, gemm(20, 30, 40));
}
JUDGE(matmul_tiled, barriers) {
  if (!right(student, reference, "tiled")) return fail("C is wrong");
  const Cost barriers = cost(student, reference, "tiled", "barriers");
  if (barriers.got <= barriers.most) return pass();
  return partly(0.3, fmt::format("{} barriers in all, and two for each pair of tiles are {}: one "
                                 "when the tiles are there, one when nobody reads them any more",
                                 barriers.got, barriers.most));
}

CASE(matmul_tiled, sectors, "a warp brings rows: its threads read numbers side by side") {
  observe_counted(kTiled, gemm(32, 32, 32));
}
JUDGE(matmul_tiled, sectors) {
  if (!right(student, reference, "tiled")) return fail("C is wrong");
  const Cost sectors = cost(student, reference, "tiled", "global sectors"),
             conflicts = cost(student, reference, "tiled", "bank conflicts"),
             reads = cost(student, reference, "tiled", "global reads");
  if (sectors.got > sectors.most && reads.got <= reads.most)
    return partly(0.3, fmt::format("warps touch {} sectors of 32 bytes where {} would do: "
                                   "threadIdx.x goes along a row, of A's tile as well as of B's",
                                   sectors.got, sectors.most));
  if (conflicts.got > conflicts.most)
    return partly(0.5, fmt::format("{} times a warp waits for a bank of shared memory: its threads "
                                   "read down a column of a tile",
                                   conflicts.got));
  return sectors.got > sectors.most ? fail("more is read than two tiles have") : pass();
}

PROOF(matmul_tiled, plain_loops) {
  for (const int k : {0, 1, 16, 37})
    prove(first_wrong(kTiled, gemm(35, 21, k, 2, 0.5f)).empty(), "float64");
}

PROOF(matmul_tiled, reads_of_the_contract) {
  constexpr int kM = 48, kN = 64, kK = 80, kT = kGemmTile;
  first_wrong(kTiled, gemm(kM, kN, kK));
  prove(last_launch().counters.global_reads == std::int64_t{kM} * kN * 2 * kK / kT, "2k / T");
  first_wrong(kTiled, gemm(35, 21, 41));
  // Each of A once for two blocks side by side, each of B once for three below each other
  prove(last_launch().counters.global_reads == 2 * 35 * 41 + 3 * 41 * 21, "2k / T at an edge");
}

}  // namespace
}  // namespace gradbook
