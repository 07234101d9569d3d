/// @file
/// Times OpenBLAS on the matrix products of ours.cpp.

#include <cblas.h>

#include "../data.hpp"

namespace gradbook::bench {
namespace {

void product(benchmark::State& state, int n) {
  const auto size = static_cast<std::size_t>(n) * static_cast<std::size_t>(n);
  const std::vector<float> a = numbers(size, 1), b = numbers(size, 2);
  std::vector<float> out(size);
  for (auto _ : state)
    cblas_sgemm(CblasRowMajor, CblasNoTrans, CblasNoTrans, n, n, n, 1, a.data(), n, b.data(), n, 0,
                out.data(), n);
  report(state, 2.0 * n * n * n, checksum(out));
}

}  // namespace
}  // namespace gradbook::bench

int main(int argc, char** argv) {
  const int threads = gradbook::bench::threads_of(argc, argv);
  openblas_set_num_threads(threads);
  for (const int n : {256, 512, 1024}) {
    auto* const made = benchmark::RegisterBenchmark(
        ("matmul/" + std::to_string(n)).c_str(),
        [n](benchmark::State& state) { gradbook::bench::product(state, n); });
    if (threads > 1) made->UseRealTime();
  }
  benchmark::AddCustomContext("threads", std::to_string(threads));
  benchmark::AddCustomContext("engine", openblas_get_config());
  benchmark::AddCustomContext("version", std::string("kernels for ") + openblas_get_corename());
  benchmark::Initialize(&argc, argv);
  benchmark::RunSpecifiedBenchmarks();
}
