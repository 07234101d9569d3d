#include "09_cuda/matmul_vectorised.hpp"
#include "support/gemm_runs.hpp"

namespace gradbook {
namespace {

constexpr Rung kVectorised = rung_of<VectorTile>("vectorised", matmul_vectorised_kernel),
               kWarps = rung_of<WarpTile>("warp_tiled", matmul_warp_tiled_kernel),
               kDouble = rung_of<WarpTile>("double_buffered", matmul_double_buffered_kernel);

void observe_whole(const Rung& rung) {
  observe_product(rung, gemm(128, 128, 16));
  observe_product(rung, gemm(64, 128, 48));
}

void observe_edges(const Rung& rung) {
  constexpr int kSizes[][3] = {{1, 1, 1},     {31, 33, 9},  {33, 131, 7},
                               {129, 31, 18}, {66, 68, 20}, {4, 130, 33}};
  for (const auto& [m, n, k] : kSizes) observe_product(rung, gemm(m, n, k));
}

// What the ladder's contract asks of every rung
void observe_contract(const Rung& rung) {
  observe_product(rung, gemm(20, 12, 9, 0.5f, -2));
  observe_product(rung, gemm(18, 13, 0, 2, 0.5f));
  observe_over_nan(rung, gemm(19, 16, 10, 2));
  Gemm g = gemm(9, 17, 5, 1, 1);
  g.stride_a = 50;
  g.stride_b = 90;
  g.stride_c = 153;
  observe_product(rung, g, 3);
}

// Rows that begin anywhere, and all of memory moved on by one number
void observe_unaligned(const Rung& rung) {
  Gemm of_a = gemm(20, 16, 12), of_b = gemm(16, 20, 12), of_c = gemm(12, 16, 16, 1, 2);
  of_a.lda = 13;
  of_b.ldb = 22;
  of_c.ldc = 19;
  for (const Gemm& g : {of_a, of_b, of_c}) observe_product(rung, g);
  observe_product(rung, gemm(16, 16, 16), 1, 1);
}

CASE(matmul_vectorised, vectorised_whole, "sums over full tiles, four numbers at a time") {
  observe_whole(kVectorised);
}
CASE(matmul_vectorised, warps_whole, "sums over full tiles, shared out to warps") {
  observe_whole(kWarps);
}
CASE(matmul_vectorised, double_whole, "sums over full tiles, the next on its way") {
  observe_whole(kDouble);
}
CASE(matmul_vectorised, vectorised_edges, "of four numbers some may be beyond the edge") {
  observe_edges(kVectorised);
}
CASE(matmul_vectorised, warps_edges, "of four numbers some may be beyond the edge") {
  observe_edges(kWarps);
}
CASE(matmul_vectorised, double_edges, "of four numbers some may be beyond the edge") {
  observe_edges(kDouble);
}
CASE(matmul_vectorised, vectorised_contract, "alpha, beta, k = 0, NaN in C, a batch") {
  observe_contract(kVectorised);
}
CASE(matmul_vectorised, warps_contract, "alpha, beta, k = 0, NaN in C, a batch") {
  observe_contract(kWarps);
}
CASE(matmul_vectorised, double_contract, "alpha, beta, k = 0, NaN in C, a batch") {
  observe_contract(kDouble);
}
CASE(matmul_vectorised, unaligned, "16 bytes in one access begin at a multiple of 16 bytes",
     {.weight = 3}) {
  for (const Rung& rung : {kVectorised, kWarps, kDouble}) observe_unaligned(rung);
}

// What full credit asks of each kernel; partial credit for what is right and asks more of memory
Verdict within(const Observations& student, const Observations& reference,
               const std::string& name) {
  if (!right(student, reference, name)) return fail(name + ": C is wrong");
  const Cost global = cost(student, reference, name, "global reads"),
             bytes = cost(student, reference, name, "global read bytes"),
             shared = cost(student, reference, name, "shared reads"),
             conflicts = cost(student, reference, name, "bank conflicts"),
             barriers = cost(student, reference, name, "barriers");
  if (bytes.got > bytes.most)
    return partly(0.1, fmt::format("{}: {} bytes of device memory are read, and the blocks' tiles "
                                   "have {}",
                                   name, bytes.got, bytes.most));
  if (global.got > global.most)
    return partly(0.2, fmt::format("{}: {} reads of device memory, and in fours they are {}", name,
                                   global.got, global.most));
  if (shared.got > shared.most)
    return partly(0.3, fmt::format("{}: {} reads of shared memory, and in fours they are {}", name,
                                   shared.got, shared.most));
  if (conflicts.got > 0)
    return partly(0.5, fmt::format("{}: {} times a warp waits for a bank of shared memory. Eight "
                                   "threads that read 16 bytes each need 8 · 4 different banks, or "
                                   "the same address",
                                   name, conflicts.got));
  if (barriers.got > barriers.most)
    return partly(0.5, fmt::format("{}: {} barriers, and the contract has {}", name, barriers.got,
                                   barriers.most));
  return pass();
}

CASE(matmul_vectorised, vectorised_cost, "4 reads for 64 multiply-adds, and no wait for a bank",
     {.weight = 5}) {
  observe_counted(kVectorised, gemm(128, 128, 32));
}
JUDGE(matmul_vectorised, vectorised_cost) { return within(student, reference, "vectorised"); }

CASE(matmul_vectorised, warps_cost, "6 reads for 128 multiply-adds, and no wait for a bank",
     {.weight = 5}) {
  observe_counted(kWarps, gemm(128, 128, 32));
}
JUDGE(matmul_vectorised, warps_cost) { return within(student, reference, "warp_tiled"); }

CASE(matmul_vectorised, double_cost, "one barrier for each pair of tiles", {.weight = 5}) {
  observe_counted(kDouble, gemm(128, 128, 48));
}
JUDGE(matmul_vectorised, double_cost) { return within(student, reference, "double_buffered"); }

PROOF(matmul_vectorised, plain_loops) {
  for (const Rung& rung : {kVectorised, kWarps, kDouble}) {
    for (const int k : {0, 1, 16, 35})
      prove(first_wrong(rung, gemm(70, 131, k, 2, 0.5f)).empty(), "float64");
    prove(first_wrong(rung, gemm(20, 24, 12), 1, 3).empty(), "not at 16 bytes");
  }
}

PROOF(matmul_vectorised, costs_of_the_contract) {
  constexpr std::int64_t kProducts = std::int64_t{128} * 128 * 32;
  constexpr std::int64_t kSharedReads[] = {kProducts / 64 * 4, kProducts / 128 * 6,
                                           kProducts / 128 * 6},
                         kBarriers[] = {2 * 4, 2 * 2, 2};
  const Rung kRungs[] = {kVectorised, kWarps, kDouble};
  for (int i = 0; i < 3; ++i) {
    count_warps(true);
    first_wrong(kRungs[i], gemm(128, 128, 32));
    count_warps(false);
    const KernelCounters& counted = last_launch().counters;
    prove(counted.global_reads == 32 * (128 + 128) / 4, "16 bytes in one access");
    prove(counted.shared_reads == kSharedReads[i], "shared reads");
    prove(counted.barriers == kBarriers[i], "barriers");
    prove(counted.bank_conflicts == 0, "no wait for a bank");
  }
}

}  // namespace
}  // namespace gradbook
