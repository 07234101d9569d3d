#include "09_cuda/matmul_registers.hpp"
#include "support/gemm_runs.hpp"

namespace gradbook {
namespace {

constexpr Rung kOne = rung_of<RegisterTile1d>("register_1d", matmul_register_1d_kernel),
               kTwo = rung_of<RegisterTile2d>("register_2d", matmul_register_2d_kernel);

void observe_edges(const Rung& rung) {
  constexpr int kSizes[][3] = {{1, 1, 1}, {31, 33, 9}, {33, 131, 7}, {129, 31, 10}, {66, 65, 16}};
  for (const auto& [m, n, k] : kSizes) observe_product(rung, gemm(m, n, k));
}

CASE(matmul_register_blocked, whole_tiles_1d, "sums of rows below each other, over full tiles",
     {.weight = 2}) {
  observe_product(kOne, gemm(64, 64, 8));
  observe_product(kOne, gemm(64, 128, 24));
}

CASE(matmul_register_blocked, whole_tiles_2d, "squares of sums, over full tiles", {.weight = 2}) {
  observe_product(kTwo, gemm(128, 128, 8));
  observe_product(kTwo, gemm(128, 128, 24));
}

CASE(matmul_register_blocked, edges_1d, "what is beyond an edge is 0, and not written",
     {.weight = 2}) {
  observe_edges(kOne);
}

CASE(matmul_register_blocked, edges_2d, "what is beyond an edge is 0, and not written",
     {.weight = 2}) {
  observe_edges(kTwo);
}

CASE(matmul_register_blocked, factors, "alpha is for the product, beta for what C held") {
  for (const Rung& rung : {kOne, kTwo}) {
    observe_product(rung, gemm(20, 12, 9, 0.5f, -2));
    observe_over_nan(rung, gemm(19, 13, 10, 2));
    observe_product(rung, gemm(18, 13, 0, 2, 0.5f));
  }
}

CASE(matmul_register_blocked, leading_dimensions, "from row to row it is lda, ldb and ldc") {
  for (const Rung& rung : {kOne, kTwo}) {
    Gemm g = gemm(20, 18, 19), of_b = gemm(18, 20, 22, 1, 2);
    g.lda = 24;
    of_b.ldb = 23;
    of_b.ldc = 21;
    observe_product(rung, g);
    observe_product(rung, of_b);
  }
}

CASE(matmul_register_blocked, batch, "each operand has its stride") {
  for (const Rung& rung : {kOne, kTwo}) {
    Gemm g = gemm(9, 17, 5, 1, 1);
    g.stride_a = 50;
    g.stride_b = 90;
    g.stride_c = 153;
    observe_product(rung, g, 3);
  }
}

// Whether what a launch did is within its contract; partial credit for what is right and asks more
// of memory
Verdict within(const Observations& student, const Observations& reference,
               const std::string& name) {
  if (!right(student, reference, name)) return fail(name + ": C is wrong");
  const Cost global = cost(student, reference, name, "global reads"),
             shared = cost(student, reference, name, "shared reads"),
             barriers = cost(student, reference, name, "barriers");
  if (global.got > global.most)
    return partly(0.2, fmt::format("{}: {:.2f} reads of device memory for each element, and the "
                                   "block's tiles have {:.2f}: each number is brought once a block",
                                   name, each(reference, name, global.got),
                                   each(reference, name, global.most)));
  if (shared.got > shared.most)
    return partly(0.4, fmt::format("{}: {} reads of shared memory, where {} would do: what a "
                                   "thread uses for several sums is read into a variable once for "
                                   "each k",
                                   name, shared.got, shared.most));
  if (barriers.got > barriers.most)
    return partly(0.5, fmt::format("{}: {} barriers, where two for each pair of tiles are {}", name,
                                   barriers.got, barriers.most));
  return pass();
}

CASE(matmul_register_blocked, cost_1d, "9 reads of shared memory for 8 multiply-adds",
     {.weight = 5}) {
  observe_counted(kOne, gemm(64, 128, 16));
}
JUDGE(matmul_register_blocked, cost_1d) { return within(student, reference, "register_1d"); }

CASE(matmul_register_blocked, cost_2d, "for 64 multiply-adds shared memory is read 16 times",
     {.weight = 5}) {
  observe_counted(kTwo, gemm(128, 128, 16));
}
JUDGE(matmul_register_blocked, cost_2d) { return within(student, reference, "register_2d"); }

CASE(matmul_register_blocked, cost_at_edges, "at an edge only what is there is read",
     {.weight = 2}) {
  observe_counted(kOne, gemm(70, 65, 11));
  observe_counted(kTwo, gemm(130, 66, 11));
}
JUDGE(matmul_register_blocked, cost_at_edges) {
  const Verdict one = within(student, reference, "register_1d");
  return one.share < 1 ? one : within(student, reference, "register_2d");
}

PROOF(matmul_register_blocked, plain_loops) {
  for (const Rung& rung : {kOne, kTwo})
    for (const int k : {0, 1, 8, 19})
      prove(first_wrong(rung, gemm(70, 131, k, 2, 0.5f)).empty(), "float64");
}

PROOF(matmul_register_blocked, costs_of_the_contract) {
  first_wrong(kOne, gemm(64, 64, 16));
  prove(last_launch().counters.global_reads == 16 * (64 + 64), "global reads, 1-D");
  prove(last_launch().counters.shared_reads * 8 == std::int64_t{64} * 64 * 16 * 9, "9 for 8");
  first_wrong(kTwo, gemm(128, 128, 16));
  prove(last_launch().counters.global_reads == 16 * (128 + 128), "global reads, 2-D");
  prove(last_launch().counters.shared_reads * 64 == std::int64_t{128} * 128 * 16 * 16, "16 for 64");
}

}  // namespace
}  // namespace gradbook
