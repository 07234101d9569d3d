#include "support/gemm_runs.hpp"

namespace gradbook {
namespace {

// Blocks that are no squares, so that axes cannot be mixed up without notice
constexpr Rung kNaive = {"naive", matmul_naive_kernel, {8, 4}, 8, 4, true},
               kCoalesced = {"coalesced", matmul_coalesced_kernel, {16, 2}, 2, 16};

struct Sizes {
  int m, n, k;
};
constexpr Sizes kSizes[] = {{1, 1, 1},   {8, 8, 8},   {31, 33, 5}, {33, 31, 32},
                            {1, 40, 17}, {40, 1, 17}, {32, 32, 1}, {7, 65, 3}};

void observe_sizes(const Rung& rung) {
  for (const Sizes& s : kSizes) observe_product(rung, gemm(s.m, s.n, s.k));
}

CASE(matmul_naive, naive, "each element of C is the sum of k products, whatever the sizes",
     {.weight = 2}) {
  observe_sizes(kNaive);
}

CASE(matmul_naive, coalesced, "the same sums, whichever axis goes along a row", {.weight = 2}) {
  observe_sizes(kCoalesced);
}

CASE(matmul_naive, any_block, "a block has as many threads as the launch says") {
  for (const unsigned x : {1u, 3u, 32u}) {
    for (const unsigned y : {1u, 5u}) {
      const int down = static_cast<int>(x), along = static_cast<int>(y);
      observe_product({"naive", matmul_naive_kernel, {x, y}, down, along, true},
                      gemm(9 + down, 7 + along, 4));
      observe_product({"coalesced", matmul_coalesced_kernel, {x, y}, along, down},
                      gemm(7 + along, 9 + down, 4));
    }
  }
}

CASE(matmul_naive, factors, "alpha is for the product, beta for what C held") {
  for (const Rung& rung : {kNaive, kCoalesced}) {
    observe_product(rung, gemm(9, 13, 6, -1.5f));
    observe_product(rung, gemm(10, 12, 6, 1, 0.75f));
    observe_product(rung, gemm(11, 7, 5, 0.5f, -2));
    observe_product(rung, gemm(5, 6, 4, 0, 1));
  }
}

CASE(matmul_naive, nan_in_c,
     "with beta = 0 what C held does not matter, and 0 · NaN would be NaN") {
  for (const Rung& rung : {kNaive, kCoalesced}) {
    observe_over_nan(rung, gemm(9, 13, 6));
    observe_over_nan(rung, gemm(17, 5, 3, 2));
  }
}

CASE(matmul_naive, no_depth, "with k = 0 the sum is 0, and beta · C is left") {
  for (const Rung& rung : {kNaive, kCoalesced}) {
    observe_product(rung, gemm(9, 13, 0, 2, 0.5f));
    observe_over_nan(rung, gemm(6, 5, 0));
  }
}

CASE(matmul_naive, leading_dimensions, "from row to row it is lda, ldb and ldc, not k and n",
     {.weight = 2}) {
  for (const Rung& rung : {kNaive, kCoalesced}) {
    Gemm of_a = gemm(10, 9, 5), of_b = gemm(9, 10, 6), of_c = gemm(11, 6, 7, 1, 2);
    of_a.lda = 8;
    of_b.ldb = 15;
    of_c.ldc = 9;
    for (const Gemm& g : {of_a, of_b, of_c}) observe_product(rung, g);
  }
}

CASE(matmul_naive, batch, "blockIdx.z is the number of the matrix, and each operand has its stride",
     {.weight = 2}) {
  for (const Rung& rung : {kNaive, kCoalesced}) {
    Gemm apart = gemm(9, 7, 5, 1, 1), shared_b = gemm(6, 11, 4), shared_a = gemm(7, 6, 3);
    apart.stride_a = 50;
    apart.stride_b = 37;
    apart.stride_c = 63;
    shared_b.stride_a = 24;
    shared_b.stride_c = 70;
    shared_a.stride_b = 18;
    shared_a.stride_c = 42;
    observe_product(rung, apart, 3);
    observe_product(rung, shared_b, 2);
    observe_product(rung, shared_a, 4);
  }
}

CASE(matmul_naive, reads, "2k reads of device memory for each element, and one write") {
  observe_counted(kNaive, gemm(24, 20, 12));
  observe_counted(kCoalesced, gemm(20, 32, 13));
}
JUDGE(matmul_naive, reads) {
  for (const char* name : {"naive", "coalesced"}) {
    if (!right(student, reference, name)) return fail(fmt::format("{}: C is wrong", name));
    const Cost reads = cost(student, reference, name, "global reads"),
               writes = cost(student, reference, name, "global writes");
    if (writes.got > writes.most)
      return partly(0.3, fmt::format("{} writes each element {:.1f} times: keep the sum in a "
                                     "variable, which is a register, and write it at the end",
                                     name, each(reference, name, writes.got)));
    if (reads.got > reads.most)
      return partly(0.3, fmt::format("{} reads {:.1f} numbers for each element, and {:.1f} are "
                                     "what its row of A and its column of B have",
                                     name, each(reference, name, reads.got),
                                     each(reference, name, reads.most)));
  }
  return pass();
}

CASE(matmul_naive, sectors, "the threads of a warp that go along a row share sectors of 32 bytes",
     {.weight = 2}) {
  observe_counted({"coalesced", matmul_coalesced_kernel, {32, 8}, 8, 32}, gemm(16, 64, 16));
}
JUDGE(matmul_naive, sectors) {
  if (!right(student, reference, "coalesced")) return fail("C is wrong");
  const Cost sectors = cost(student, reference, "coalesced", "global sectors");
  if (sectors.got <= sectors.most) return pass();
  return partly(0.3, fmt::format("warps touch {} sectors of 32 bytes where {} would do: threads "
                                 "whose x differs by 1 should read numbers of B side by side, and "
                                 "one number of A together",
                                 sectors.got, sectors.most));
}

PROOF(matmul_naive, plain_loops) {
  for (const Rung& rung : {kNaive, kCoalesced}) {
    Gemm g = gemm(19, 23, 11, 0.5f, 2);
    g.lda = 13;
    g.ldc = 30;
    prove(first_wrong(rung, g).empty(), "float64");
    prove(first_wrong(rung, gemm(33, 31, 32)).empty(), "float64, dense");
  }
}

}  // namespace
}  // namespace gradbook
