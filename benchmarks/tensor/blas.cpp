/// @file
/// Times OpenBLAS on the matrix products of ours.cpp.

#include <cblas.h>

#include "data.hpp"

namespace gradbook::bench {
namespace {

void product(benchmark::State& state) {
  const auto n = static_cast<int>(state.range(0));
  const auto size = static_cast<std::size_t>(n) * static_cast<std::size_t>(n);
  const std::vector<float> a = numbers(size, 1), b = numbers(size, 2);
  std::vector<float> out(size);
  for (auto _ : state)
    cblas_sgemm(CblasRowMajor, CblasNoTrans, CblasNoTrans, n, n, n, 1, a.data(), n, b.data(), n, 0,
                out.data(), n);
  report(state, 2.0 * n * n * n, checksum(out));
}

BENCHMARK(product)->Name("matmul")->RangeMultiplier(2)->Range(256, 1024);

}  // namespace
}  // namespace gradbook::bench

int main(int argc, char** argv) {
  openblas_set_num_threads(gradbook::bench::threads_of(argc, argv));
  benchmark::AddCustomContext("engine", openblas_get_config());
  benchmark::AddCustomContext("version", std::string("kernels for ") + openblas_get_corename());
  benchmark::Initialize(&argc, argv);
  benchmark::RunSpecifiedBenchmarks();
}
