// The messages that docs/emulator.md quotes are those of real runs: of these kernels.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <functional>
#include <regex>
#include <sstream>
#include <thread>

#include "kernels/occupancy.hpp"
#include "planted.hpp"

namespace gradbook {

extern __shared__ float shared[];

namespace {

namespace wmma = nvcuda::wmma;

__global__ void add_all(const float* a, const float* b, float* sum) {
  const unsigned i = blockIdx.x * blockDim.x + threadIdx.x;
  sum[i] = a[i] + b[i];
}

__global__ void index_tile(float* x) {
  __shared__ float tile[32][32];
  const unsigned t = threadIdx.x;
  tile[t][0] = x[t];
  __syncthreads();
  x[t] = tile[t + 1][0];
}

__global__ void outside(float* x) {
  shared[threadIdx.x] = x[threadIdx.x];
  x[threadIdx.x] = shared[threadIdx.x];
}

__global__ void row_of_four(const float* rows, float4* first) {
  first[threadIdx.x] = *reinterpret_cast<const float4*>(rows + 6 * threadIdx.x);
}

__global__ void copy_one(const float* from, float* to) { *to = *from; }

__global__ void sum_up(const float* x, float* result) {
  __shared__ float sum;
  atomicAdd(&sum, x[threadIdx.x]);
  __syncthreads();
  *result = sum;
}

__global__ void shift(float* x) {
  const unsigned i = threadIdx.x;
  x[i] = x[i + 1];
}

__global__ void reverse_block(float* x) {
  __shared__ float tile[32];
  tile[threadIdx.x] = x[threadIdx.x];
  x[threadIdx.x] = tile[31 - threadIdx.x];
}

__global__ void count(int* even) { *even = *even + 1; }

__global__ void sum_first(float* x) {
  __shared__ float tile[64];
  if (threadIdx.x >= 40) return;
  tile[threadIdx.x] = x[threadIdx.x];
  __syncthreads();
  x[threadIdx.x] = tile[0];
}

__global__ void warp_sum(float* x) {
  float sum = x[threadIdx.x];
  if (threadIdx.x < 20) sum += __shfl_down_sync(0xffffffff, sum, 16);
  x[threadIdx.x] = sum;
}

__global__ void sum_some(float* x) {
  float sum = x[threadIdx.x];
  if (threadIdx.x < 16) sum += __shfl_sync(0xffff, sum, static_cast<int>(threadIdx.x) + 8);
  x[threadIdx.x] = sum;
}

__global__ void add_skips(const float* a, const float* b, float* sum, int n) {
  const int i = static_cast<int>(blockIdx.x * blockDim.x + threadIdx.x);
  if (i < n - 1) sum[i] = a[i] + b[i];
}

__global__ void last_one(unsigned* winner) { atomicExch(winner, threadIdx.x); }

__global__ void spin(const volatile int* flag) {
  while (threadIdx.x == 16 && *flag == 0) {
  }
}

__global__ void load_tile(const float* x, float* out) {
  __shared__ float tile[64];
  __pipeline_memcpy_async(&tile[threadIdx.x], &x[threadIdx.x], sizeof(float));
  __pipeline_commit();
  __syncthreads();
  out[threadIdx.x] = tile[63 - threadIdx.x];
}

using Left = wmma::fragment<wmma::matrix_a, 16, 16, 16, __half, wmma::row_major>;

__global__ void load_left(const __half* a, unsigned leading) {
  Left tile;
  wmma::load_matrix_sync(tile, a, leading);
}

__global__ void load_each(const __half* a) {
  Left tile;
  wmma::load_matrix_sync(tile, a + 16 * threadIdx.x, 16);
}

// Words between single blanks, and of each line only that there is one
std::string without_lines(const std::string& text) {
  const std::string plain = std::regex_replace(text, std::regex("\\s+"), " ");
  return std::regex_replace(plain, std::regex("[a-z_]+\\.cpp:[0-9]+"), "LINE");
}

std::string page() {
  const auto root = std::filesystem::path(__FILE__).parent_path().parent_path().parent_path();
  std::stringstream text;
  text << std::ifstream(root / "docs/emulator.md").rdbuf();
  return without_lines(text.str());
}

void expect_quoted(const std::function<void()>& action,
                   SourceLocation where = SourceLocation::current()) {
  const testing::ScopedTrace trace(where.file_name(), static_cast<int>(where.line()), "a message");
  use_kernel_threads(1);
  std::string message = "nothing was wrong";
  try {
    action();
  } catch (const std::exception& error) {
    message = error.what();
  }
  use_kernel_threads(static_cast<int>(std::thread::hardware_concurrency()));
  cudaGetLastError();
  EXPECT_TRUE(page().find(without_lines(message)) != std::string::npos) << message;
}

DeviceBuffer<__half> halves() {
  return DeviceBuffer<__half>(std::vector<__half>(1024, __half(1.0f)));
}

TEST(Page, QuotesFaultsOfMemory) {
  DeviceBuffer<float> a = counting(1000), b = counting(1000), x = counting(64);
  DeviceBuffer<float4> four(8);
  DeviceBuffer<float> unknown(1);
  const std::vector<float> host(4);
  expect_quoted([&] { launch(add_all, {4}, {256})(a.data(), b.data(), a.data()); });
  expect_quoted([&] { launch(index_tile, {1}, {32})(x.data()); });
  expect_quoted([&] { launch(outside, {1}, {64}, 128)(x.data()); });
  expect_quoted([&] { launch(row_of_four, {1}, {8})(x.data(), four.data()); });
  expect_quoted([&] { launch(copy_one, {1}, {1})(nullptr, x.data()); });
  expect_quoted([&] { launch(copy_one, {1}, {1})(host.data(), x.data()); });
  expect_quoted([&] {
    const float* freed = DeviceBuffer<float>(1).data();
    launch(copy_one, {1}, {1})(freed, x.data());
  });
  expect_quoted([&] { launch(copy_one, {1}, {1})(unknown.data(), x.data()); });
  expect_quoted([&] { launch(sum_up, {1}, {32})(x.data(), a.data()); });
  expect_quoted([&] { launch(load_tile, {1}, {64})(x.data(), a.data()); });
}

TEST(Page, QuotesFaultsOfThreadsThatMeet) {
  DeviceBuffer<float> x = counting(65);
  DeviceBuffer<int> even(std::vector<int>(1));
  expect_quoted([&] { launch(shift, {1}, {64})(x.data()); });
  expect_quoted([&] { launch(reverse_block, {1}, {32})(x.data()); });
  expect_quoted([&] { launch(count, {2}, {1})(even.data()); });
  expect_quoted([&] { launch(sum_first, {1}, {64})(x.data()); });
  expect_quoted([&] { launch(warp_sum, {1}, {32})(x.data()); });
  expect_quoted([&] { launch(sum_some, {1}, {32})(x.data()); });
  expect_quoted([&] { launch(load_left, {1}, {32})(halves().data(), 17u); });
  expect_quoted([&] { launch(load_each, {1}, {32})(halves().data()); });
}

TEST(Page, QuotesFaultsOfResults) {
  DeviceBuffer<float> a = counting(1000), b = counting(1000), sum = counting(1000);
  DeviceBuffer<unsigned> winner(std::vector<unsigned>(1));
  DeviceBuffer<int> flag(std::vector<int>(1));
  expect_written_once(sum.data());
  expect_quoted([&] { launch(add_skips, {4}, {256})(a.data(), b.data(), sum.data(), 1000); });
  expect_written_once(winner.data());
  expect_quoted([&] { launch(last_one, {1}, {32})(winner.data()); });
  compare_thread_orders(true);
  expect_quoted([&] { launch(last_one, {1}, {32})(winner.data()); });
  compare_thread_orders(false);
  limit_kernels(0.1);
  expect_quoted([&] { launch(spin, {1}, {32})(flag.data()); });
  limit_kernels(10);
}

TEST(Page, QuotesWhatIsWrongWithALaunch) {
  DeviceBuffer<float> x = counting(1000);
  const auto add = [&](dim3 grid, dim3 block, std::size_t bytes) {
    expect_quoted([&] { launch(add_all, grid, block, bytes)(x.data(), x.data(), x.data()); });
  };
  add({1}, {32, 64}, 0);
  add({0}, {32}, 0);
  add({1}, {32}, 300000);
  expect_quoted([&] { x.copy_from(std::vector<float>(10)); });
  expect_quoted([&] {
    static_cast<void>(cudaFree(&x));
    launch(copy_one, {1}, {1})(x.data(), x.data());
  });
}

TEST(Page, SaysHowFullAMultiprocessorIs) {
  const Occupancy tiled = occupancy(sm_90, 256, 32, 2048), tensor = occupancy(sm_90, 32, 32, 0);
  EXPECT_EQ(tiled.warps, 64);
  EXPECT_EQ(tensor.warps, 32);
  EXPECT_STREQ(tensor.limited_by, "blocks");
  EXPECT_NE(page().find("min(2048 / 256, 65536 / (256 · 32), 32) = 8 blocks"), std::string::npos);
  EXPECT_NE(page().find("min(2048 / 32, 65536 / (32 · 32), 32) = 32 blocks"), std::string::npos);
}

}  // namespace
}  // namespace gradbook
