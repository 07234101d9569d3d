/// @file
/// Times what an emulator without fibers does: a std::thread for each CUDA thread, and a
/// std::barrier for __syncthreads; block after block, and on one core, as all contenders are.

#include <sched.h>

#include <barrier>
#include <thread>

#include "product.hpp"

namespace gradbook::bench {
namespace {

// What the threads of a block share
struct Block {
  int row, column;  // of its first thread
  float tile_a[kTile][kTile], tile_b[kTile][kTile];
  std::barrier<> all{kTile * kTile};
};

// The kernel of ours.cpp
void matmul(Block& block, int x, int y, const float* a, const float* b, float* out, int n) {
  const int row = block.row + y, column = block.column + x;
  float sum = 0;
  for (int first = 0; first < n; first += kTile) {
    block.tile_a[y][x] = a[row * n + first + x];
    block.tile_b[y][x] = b[(first + y) * n + column];
    block.all.arrive_and_wait();
    for (int k = 0; k < kTile; ++k) sum += block.tile_a[y][k] * block.tile_b[k][x];
    block.all.arrive_and_wait();
  }
  out[row * n + column] = sum;
}

void stay_on_one_core() {
  cpu_set_t allowed, one;
  if (sched_getaffinity(0, sizeof allowed, &allowed) != 0) return;
  CPU_ZERO(&one);
  for (std::size_t core = 0; core < CPU_SETSIZE; ++core) {
    if (!CPU_ISSET(core, &allowed)) continue;
    CPU_SET(core, &one);
    sched_setaffinity(0, sizeof one, &one);
    return;
  }
}

void launch_matmul(const float* a, const float* b, float* out, int n) {
  for (int row = 0; row < n; row += kTile) {
    for (int column = 0; column < n; column += kTile) {
      Block block{.row = row, .column = column, .tile_a = {}, .tile_b = {}};
      std::vector<std::jthread> threads;
      threads.reserve(kTile * kTile);
      for (int y = 0; y < kTile; ++y) {
        for (int x = 0; x < kTile; ++x)
          threads.emplace_back([=, &block] { matmul(block, x, y, a, b, out, n); });
      }
    }
  }
}

void time_matmul(benchmark::State& state, int n) {
  const Factors factors(n);
  std::vector<float> out(factors.a.size());
  for (auto _ : state) launch_matmul(factors.a.data(), factors.b.data(), out.data(), n);
  if (!is_product(factors, out)) state.SkipWithError("the product is wrong");
  report(state, static_cast<double>(n) * n, checksum(out));
}

}  // namespace
}  // namespace gradbook::bench

int main(int argc, char** argv) {
  using namespace gradbook;
  bench::stay_on_one_core();
  benchmark::RegisterBenchmark("matmul/64", [](benchmark::State& state) {
    bench::time_matmul(state, 64);
  })->UseRealTime();
  benchmark::AddCustomContext("engine", "a std::thread for each CUDA thread,");
  benchmark::AddCustomContext("threads", "256 at a time");
  benchmark::AddCustomContext("version", "built by compiler " __VERSION__);
  benchmark::Initialize(&argc, argv);
  benchmark::RunSpecifiedBenchmarks();
}
