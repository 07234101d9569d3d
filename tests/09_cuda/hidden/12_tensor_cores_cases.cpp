#include <fmt/format.h>

#include <cmath>
#include <limits>

#include "09_cuda/tensor_cores.hpp"
#include "support/kernel_runs.hpp"

namespace gradbook {
namespace {

using MatmulKernel = void (*)(Gemm g, const __half* a, const __half* b, float* c);

constexpr float kNaN = std::numeric_limits<float>::quiet_NaN();

// Numbers that 16 bits hold; between the rows there is NaN, which nobody is to read
std::vector<__half> halves(const char* label, int rows, int columns, int leading) {
  const std::vector<double> drawn = draw_list(static_cast<std::size_t>(rows * columns), -2, 2);
  std::vector<__half> numbers(static_cast<std::size_t>(rows * leading), __half(kNaN));
  std::vector<float> shown;
  for (int i = 0; i < rows; ++i) {
    for (int j = 0; j < columns; ++j) {
      __half& number = numbers[i * leading + j];
      number = __half(static_cast<float>(drawn[i * columns + j]));
      shown.push_back(number);
    }
  }
  input(label, std::move(shown));
  return numbers;
}

struct Run {
  Gemm g;
  int batch = 1;
};

std::string text(const Run& run) {
  const Gemm& g = run.g;
  std::string says = fmt::format("C {} × {}, k = {}", g.m, g.n, g.k);
  if (g.lda != g.k || g.ldb != g.n || g.ldc != g.n)
    says += fmt::format(", rows {}, {} and {} apart", g.lda, g.ldb, g.ldc);
  if (g.alpha != 1 || g.beta != 0) says += fmt::format(", alpha {}, beta {}", g.alpha, g.beta);
  if (run.batch > 1) says += fmt::format(", {} of them", run.batch);
  return says;
}

// C of each matrix of the batch, without what lies between its rows
std::vector<float> product(MatmulKernel kernel, Run run, float before) {
  Gemm& g = run.g;
  g.stride_a = g.m * g.lda;
  g.stride_b = g.k * g.ldb;
  g.stride_c = g.m * g.ldc;
  const DeviceBuffer<__half> a(halves("a", run.batch * g.m, g.k, g.lda)),
      b(halves("b", run.batch * g.k, g.n, g.ldb));
  std::vector<float> all(static_cast<std::size_t>(run.batch * g.m * g.ldc), before);
  DeviceBuffer<float> c(all);
  const auto tile = static_cast<unsigned>(kernel == matmul_wmma_kernel ? 32 : 16);
  calling(
      fmt::format("matmul_{}_kernel, {}; {}", tile == 32 ? "wmma" : "fragments", text(run),
                  std::isnan(before) ? "C is NaN before" : fmt::format("C is {} before", before)));
  if (g.ldc == g.n && g.beta == 0) expect_written_once(c.data());
  launch(kernel,
         dim3((static_cast<unsigned>(g.n) + tile - 1) / tile,
              (static_cast<unsigned>(g.m) + tile - 1) / tile, static_cast<unsigned>(run.batch)),
         tile == 32 ? 128 : 32)(g, a.data(), b.data(), c.data());
  c.copy_to(all);
  std::vector<float> inside;
  for (int i = 0; i < run.batch * g.m; ++i)
    inside.insert(inside.end(), all.begin() + i * g.ldc, all.begin() + i * g.ldc + g.n);
  return inside;
}

void run_product(MatmulKernel kernel, const Run& run, float before = kNaN) {
  const std::vector<float> c = product(kernel, run, before);
  observe(text(run), c, in_float(run.g.k + 2, 4));
}

CASE(tensor_cores, one_fragment, "a warp, a tile of each matrix, and their product") {
  run_product(matmul_fragments_kernel, {{16, 16, 16}});
}

CASE(tensor_cores, fragments, "tiles along k are added up, and each warp has its own tile of C",
     {.weight = 2}) {
  for (const Gemm g : {Gemm{16, 16, 64}, Gemm{48, 16, 32}, Gemm{16, 48, 32}, Gemm{32, 64, 48}})
    run_product(matmul_fragments_kernel, {g});
}

CASE(tensor_cores, fragments_apart, "the leading dimension is the distance of rows") {
  const auto more = [] { return static_cast<int>(8 * draw_integer(1, 3)); };
  for (const Gemm g : {Gemm{16, 16, 16}, Gemm{32, 32, 32}}) {
    Gemm apart = g;
    apart.lda = g.k + more();
    apart.ldb = g.n + more();
    apart.ldc = g.n + more();
    run_product(matmul_fragments_kernel, {apart});
  }
}

CASE(tensor_cores, fragments_scaled, "α · A · B + β · C, with C of the same places") {
  for (const Gemm g : {Gemm{.m = 16, .n = 16, .k = 16, .alpha = -0.5f, .beta = 3},
                       Gemm{.m = 16, .n = 32, .k = 0, .beta = 2}})
    run_product(matmul_fragments_kernel, {g}, 1.5f);
}

CASE(tensor_cores, fragments_batch, "blockIdx.z is the number of the matrix") {
  run_product(matmul_fragments_kernel, {{16, 32, 16}, 3});
}

CASE(tensor_cores, whole_tiles, "four warps of a block, a quarter of its tile each") {
  for (const Gemm g : {Gemm{32, 32, 16}, Gemm{32, 64, 32}, Gemm{64, 32, 48}})
    run_product(matmul_wmma_kernel, {g});
}

CASE(tensor_cores, any_size, "zeros beyond the edges of A and B, and nothing beyond those of C",
     {.weight = 3}) {
  for (const Gemm g : {Gemm{1, 1, 1}, Gemm{31, 33, 16}, Gemm{33, 31, 17}, Gemm{16, 48, 15},
                       Gemm{7, 5, 100}, Gemm{40, 20, 31}})
    run_product(matmul_wmma_kernel, {g});
  const auto drawn = [] { return static_cast<int>(draw_integer(2, 45)); };
  run_product(matmul_wmma_kernel, {{drawn(), drawn(), drawn()}});
}

CASE(tensor_cores, any_distance, "rows that begin anywhere, odd distances too") {
  Gemm g{35, 18, 21};
  g.lda = 23;
  g.ldb = 19;
  g.ldc = 25;
  run_product(matmul_wmma_kernel, {g});
  Gemm even{32, 32, 32};
  even.lda = even.ldb = even.ldc = 33;
  run_product(matmul_wmma_kernel, {even});
}

CASE(tensor_cores, scaled, "α and β, and C alone where k is 0") {
  for (const Gemm g : {Gemm{.m = 20, .n = 35, .k = 18, .alpha = -0.5f, .beta = 3},
                       Gemm{.m = 9, .n = 33, .k = 0, .alpha = 2, .beta = -2}})
    run_product(matmul_wmma_kernel, {g}, 1.5f);
  run_product(matmul_wmma_kernel, {Gemm{.m = 9, .n = 33, .k = 0}});
}

CASE(tensor_cores, batch, "each matrix of the batch has its own place") {
  run_product(matmul_wmma_kernel, {{20, 18, 33}, 3});
}

CASE(tensor_cores, sums_of_32_bits, "what is added up keeps the bits that a factor has not") {
  for (const MatmulKernel kernel : {matmul_fragments_kernel, matmul_wmma_kernel}) {
    const std::string what = kernel == matmul_wmma_kernel ? ", any size" : ", fragments";
    const std::vector<float> c = product(kernel, {{16, 16, 512}}, kNaN);
    observe("512 products each" + what, c, in_float(512, 4));
  }
}

CASE(tensor_cores, traffic,
     "device memory is read once for a tile of 32, and no bank is waited for", {.weight = 2}) {
  count_warps(true);
  const std::vector<float> c = product(matmul_wmma_kernel, {{64, 96, 64}}, kNaN);
  observe("C", c, in_float(64, 4));
  observe_counters("counted");
}

JUDGE(tensor_cores, traffic) {
  const std::vector<double>&got = reals(student, "C"), &expected = reals(reference, "C");
  for (std::size_t i = 0; i < expected.size(); ++i)
    if (got.size() != expected.size() || !(std::abs(got[i] - expected[i]) < 1e-3))
      return fail("the values are wrong");
  const auto reads = integer(student, "counted: global reads"),
             most = integer(reference, "counted: global reads"),
             sectors = integer(student, "counted: global sectors"),
             least = integer(reference, "counted: global sectors"),
             conflicts = integer(student, "counted: bank conflicts"),
             few = integer(reference, "counted: bank conflicts");
  if (reads > most)
    return partly(0.2, fmt::format("{} numbers were read from device memory, where {} do: 2k / 32 "
                                   "for each element of C",
                                   reads, most));
  if (sectors > least)
    return partly(0.5, fmt::format("the warps touched {} sectors of 32 bytes, where {} do: let "
                                   "neighbours among threads read neighbours among numbers",
                                   sectors, least));
  if (conflicts > few)
    return partly(0.7, fmt::format("warps waited {} times for a bank, where {} do: how many words "
                                   "is it from a row of a tile to the next?",
                                   conflicts, few));
  return pass();
}

PROOF(tensor_cores, plain_loops) {
  for (const MatmulKernel kernel : {matmul_fragments_kernel, matmul_wmma_kernel}) {
    const Gemm g{.m = 16, .n = 32, .k = 48, .alpha = 0.5f, .beta = 2};
    const std::vector<double> drawn = draw_list(static_cast<std::size_t>(16 * 48 + 48 * 32), -2, 2);
    std::vector<__half> left, right;
    for (std::size_t i = 0; i < drawn.size(); ++i)
      (i < 16 * 48 ? left : right).emplace_back(static_cast<float>(drawn[i]));
    const DeviceBuffer<__half> a(left), b(right);
    DeviceBuffer<float> c(std::vector<float>(16 * 32, 3));
    launch(kernel, kernel == matmul_wmma_kernel ? dim3(1, 1) : dim3(2, 1),
           kernel == matmul_wmma_kernel ? 128 : 32)(g, a.data(), b.data(), c.data());
    const std::vector<float> got = c.to_host();
    for (int i = 0; i < g.m; ++i) {
      for (int j = 0; j < g.n; ++j) {
        double sum = 0;
        for (int k = 0; k < g.k; ++k)
          sum += double(float(left[i * g.k + k])) * double(float(right[k * g.n + j]));
        prove_close("c", got[i * g.n + j], 0.5 * sum + 6, 2e-5);
      }
    }
  }
}

}  // namespace
}  // namespace gradbook
