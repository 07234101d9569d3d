/// @file
/// Times kernels on the emulator: a tiled matrix product and a sum of two vectors. It is compiled
/// twice, to be watched and not to be; `--threads=2`: blocks run on two threads of the host.

#include <exception>

#include "kernels/device.hpp"
#include "product.hpp"

namespace gradbook::bench {
namespace {

#ifdef __SANITIZE_THREAD__
constexpr bool kWatched = true;
#else
constexpr bool kWatched = false;
#endif

constexpr int kElements = 1'000'000, kBlock = 256;

// a, b, out: (n, n), n a multiple of kTile
__global__ void matmul(const float* a, const float* b, float* out, int n) {
  __shared__ float tile_a[kTile][kTile];
  __shared__ float tile_b[kTile][kTile];
  const int x = static_cast<int>(threadIdx.x), y = static_cast<int>(threadIdx.y);
  const int row = static_cast<int>(blockIdx.y) * kTile + y;
  const int column = static_cast<int>(blockIdx.x) * kTile + x;
  float sum = 0;
  for (int first = 0; first < n; first += kTile) {
    tile_a[y][x] = a[row * n + first + x];
    tile_b[y][x] = b[(first + y) * n + column];
    __syncthreads();
    for (int k = 0; k < kTile; ++k) sum += tile_a[y][k] * tile_b[k][x];
    __syncthreads();
  }
  out[row * n + column] = sum;
}

// a, b, out: (n)
__global__ void vector_add(const float* a, const float* b, float* out, int n) {
  const int i = static_cast<int>(blockIdx.x * blockDim.x + threadIdx.x);
  if (i < n) out[i] = a[i] + b[i];
}

// Launches it as often as the benchmark wants. With checks on, `reads` of device memory must have
// been seen by each thread: otherwise nothing was checked, and the time is worth nothing
template <class Launch>
bool timed(benchmark::State& state, bool checks, double threads, double reads, Launch launch) {
  check_kernels(checks);
  try {
    for (auto _ : state) launch();
  } catch (const std::exception& error) {
    state.SkipWithError(error.what());
    return false;
  }
  if (checks && static_cast<double>(last_launch().counters.global_reads) != threads * reads) {
    state.SkipWithError("the emulator has not seen what the kernel read");
    return false;
  }
  return true;
}

void time_matmul(benchmark::State& state, int n, bool checks) {
  const Factors factors(n);
  const DeviceBuffer<float> a(factors.a), b(factors.b);
  DeviceBuffer<float> out(factors.a.size());
  const auto blocks = static_cast<unsigned>(n / kTile);
  const double threads = static_cast<double>(n) * n;
  if (!timed(state, checks, threads, 2.0 * n / kTile, [&] {
        launch(matmul, {blocks, blocks}, {kTile, kTile})(a.data(), b.data(), out.data(), n);
      }))
    return;
  const std::vector<float> product = out.to_host();
  if (!is_product(factors, product)) state.SkipWithError("the product is wrong");
  report(state, threads, checksum(product));
}

void time_vector_add(benchmark::State& state, bool checks) {
  const std::vector<float> in_a = numbers(kElements, 1), in_b = numbers(kElements, 2);
  const DeviceBuffer<float> a(in_a), b(in_b);
  DeviceBuffer<float> out(kElements);
  if (!timed(state, checks, kElements, 2, [&] {
        launch(vector_add, {(kElements + kBlock - 1) / kBlock}, {kBlock})(a.data(), b.data(),
                                                                          out.data(), kElements);
      }))
    return;
  const std::vector<float> sums = out.to_host();
  for (std::size_t i = 0; i < sums.size(); ++i) {
    if (sums[i] != in_a[i] + in_b[i]) {
      state.SkipWithError("a sum is wrong");
      return;
    }
  }
  report(state, kElements, checksum(sums));
}

}  // namespace
}  // namespace gradbook::bench

int main(int argc, char** argv) {
  using namespace gradbook;
  const int threads = bench::threads_of(argc, argv);
  use_kernel_threads(threads);
  for (const bool checks : {true, false}) {
    if (checks && !bench::kWatched) continue;  // there is nothing that it could look at
    const std::string name = checks ? "/checked" : "/unchecked";
    for (const int n : {64, 256}) {
      benchmark::RegisterBenchmark(
          ("matmul/" + std::to_string(n) + name).c_str(),
          [=](benchmark::State& state) { bench::time_matmul(state, n, checks); })
          ->UseRealTime();
    }
    benchmark::RegisterBenchmark(("vector_add" + name).c_str(), [=](benchmark::State& state) {
      bench::time_vector_add(state, checks);
    })->UseRealTime();
  }
  benchmark::AddCustomContext("engine", "gradbook");
  benchmark::AddCustomContext("threads", std::to_string(threads));
  benchmark::AddCustomContext("version", "built by compiler " __VERSION__);
  benchmark::Initialize(&argc, argv);
  benchmark::RunSpecifiedBenchmarks();
}
