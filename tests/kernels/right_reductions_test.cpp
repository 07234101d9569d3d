// Kernels that are right and bring many numbers together, or all sums on the way: no alarm.
#include <cstring>
#include <numeric>

#include "right.hpp"

namespace gradbook {
namespace {

constexpr unsigned kAll = 0xffffffff;

__device__ int global_index() { return static_cast<int>(blockIdx.x * blockDim.x + threadIdx.x); }

// ---- sums of a block, at thread 0 ---------------------------------------------------------------

__device__ float tree_sum(float mine) {
  __shared__ float held[256];
  held[threadIdx.x] = mine;
  __syncthreads();
  for (unsigned half = blockDim.x / 2; half > 0; half /= 2) {
    if (threadIdx.x < half) held[threadIdx.x] += held[threadIdx.x + half];
    __syncthreads();
  }
  return held[0];
}

__device__ float warp_sum(float mine) {
  for (int offset = 16; offset > 0; offset /= 2) mine += __shfl_down_sync(kAll, mine, offset);
  return mine;
}

__device__ float sum_by_warps(float mine) {
  __shared__ float of_warps[32];
  const unsigned lane = threadIdx.x % 32, warp = threadIdx.x / 32;
  mine = warp_sum(mine);
  if (lane == 0) of_warps[warp] = mine;
  __syncthreads();
  if (warp == 0) mine = warp_sum(lane < blockDim.x / 32 ? of_warps[lane] : 0);
  return mine;
}

__device__ float or_zero(const float* in, int n) {
  return global_index() < n ? in[global_index()] : 0;
}

__global__ void by_tree(const float* in, float* out, int n) {
  const float sum = tree_sum(or_zero(in, n));
  if (threadIdx.x == 0) out[blockIdx.x] = sum;
}

__global__ void by_warps(const float* in, float* out, int n) {
  const float sum = sum_by_warps(or_zero(in, n));
  if (threadIdx.x == 0) out[blockIdx.x] = sum;
}

__global__ void by_one_warp(const float* in, float* out, int n) {
  const float sum = warp_sum(or_zero(in, n));
  if (threadIdx.x == 0) out[blockIdx.x] = sum;
}

void try_sums(void (*kernel)(const float*, float*, int), unsigned block) {
  const unsigned n = 1000, blocks = (n + block - 1) / block;
  const std::vector<float> in = some_numbers(static_cast<int>(n));
  std::vector<float> expected;
  for (unsigned i = 0; i < n; i += block)
    expected.push_back(std::accumulate(in.begin() + i, in.begin() + std::min(i + block, n), 0.0f));
  in_every_order([&] {
    const DeviceBuffer<float> there(in);
    DeviceBuffer<float> sums(blocks), sum(1);
    launch(kernel, dim3{blocks}, dim3{block})(there.data(), sums.data(), n);
    EXPECT_EQ(sums.to_host(), expected);
    // A second launch adds what the first one left
    if (blocks > block) return;
    launch(kernel, {1}, dim3{block})(sums.data(), sum.data(), blocks);
    EXPECT_EQ(sum.to_host()[0], std::accumulate(in.begin(), in.end(), 0.0f));
  });
}

TEST(RightReduction, IsATreeInSharedMemory) { try_sums(by_tree, 256); }
TEST(RightReduction, GoesByWarps) { try_sums(by_warps, 128); }
TEST(RightReduction, IsThatOfAWarp) { try_sums(by_one_warp, 32); }

// ---- sums of all blocks -------------------------------------------------------------------------

__global__ void by_atomic(const float* in, float* sum, int n) {
  const float of_block = tree_sum(or_zero(in, n));
  if (threadIdx.x == 0) atomicAdd(sum, of_block);
}

__global__ void by_last_block(const float* in, float* sums, unsigned* ticket, float* sum, int n) {
  __shared__ bool last;
  const float of_block = tree_sum(or_zero(in, n));
  if (threadIdx.x == 0) {
    sums[blockIdx.x] = of_block;
    __threadfence();
    last = atomicInc(ticket, gridDim.x - 1) == gridDim.x - 1;
  }
  __syncthreads();
  if (!last) return;
  float mine = 0;
  for (unsigned i = threadIdx.x; i < gridDim.x; i += blockDim.x) mine += sums[i];
  const float of_all = tree_sum(mine);
  if (threadIdx.x == 0) *sum = of_all;
}

TEST(RightReduction, AddsBlocksByAnAtomic) {
  const std::vector<float> in = some_numbers(1000);
  in_every_order([&] {
    const DeviceBuffer<float> there(in);
    DeviceBuffer<float> sum(1);
    sum.clear();
    launch(by_atomic, {16}, {64})(there.data(), sum.data(), 1000);
    EXPECT_EQ(sum.to_host()[0], std::accumulate(in.begin(), in.end(), 0.0f));
  });
}

TEST(RightReduction, IsEndedByTheLastBlock) {
  const std::vector<float> in = some_numbers(5000);
  in_every_order([&] {
    const DeviceBuffer<float> there(in);
    DeviceBuffer<float> sums(79), sum(1);
    DeviceBuffer<unsigned> ticket(1);
    ticket.clear();
    for (int launches = 0; launches < 2; ++launches) {  // the ticket is 0 again after each
      launch(by_last_block, {79}, {64})(there.data(), sums.data(), ticket.data(), sum.data(), 5000);
      EXPECT_EQ(sum.to_host()[0], std::accumulate(in.begin(), in.end(), 0.0f));
      EXPECT_EQ(ticket.to_host()[0], 0u);
    }
  });
}

__device__ int bits_of(float x) {
  int bits;
  memcpy(&bits, &x, sizeof bits);
  return bits;
}

__device__ float number_of(int bits) {
  float x;
  memcpy(&x, &bits, sizeof x);
  return x;
}

__device__ void atomic_max(float* address, float value) {
  int* const place = reinterpret_cast<int*>(address);
  int seen = atomicAdd(place, 0);
  while (number_of(seen) < value) {
    const int before = atomicCAS(place, seen, bits_of(value));
    if (before == seen) break;
    seen = before;
  }
}

__global__ void largest(const float* in, float* out, int n) {
  if (global_index() < n) atomic_max(out, in[global_index()]);
}

TEST(RightReduction, FindsTheLargestByAtomicCas) {
  std::vector<float> in = some_numbers(500);
  std::iota(in.begin() + 100, in.begin() + 400, -150.5f);
  in_every_order([&] {
    const DeviceBuffer<float> there(in);
    DeviceBuffer<float> most(std::vector<float>{-1e30f});
    launch(largest, {8}, {64})(there.data(), most.data(), 500);
    EXPECT_EQ(most.to_host()[0], *std::ranges::max_element(in));
  });
}

__global__ void histogram(const int* in, int* counts, int n, int bins) {
  __shared__ int of_block[32];
  for (int i = static_cast<int>(threadIdx.x); i < bins; i += static_cast<int>(blockDim.x))
    of_block[i] = 0;
  __syncthreads();
  for (int i = global_index(); i < n; i += static_cast<int>(gridDim.x * blockDim.x))
    atomicAdd(&of_block[in[i] + 8], 1);
  __syncthreads();
  for (int i = static_cast<int>(threadIdx.x); i < bins; i += static_cast<int>(blockDim.x))
    atomicAdd(&counts[i], of_block[i]);
}

TEST(RightReduction, CountsInSharedThenInDeviceMemory) {
  const std::vector<int> in = some_numbers<int>(2000);
  std::vector<int> expected(17);
  for (const int x : in) ++expected[x + 8];
  in_every_order([&] {
    const DeviceBuffer<int> there(in);
    DeviceBuffer<int> counts(17);
    counts.clear();
    launch(histogram, {5}, {96})(there.data(), counts.data(), 2000, 17);
    EXPECT_EQ(counts.to_host(), expected);
  });
}

// ---- scans --------------------------------------------------------------------------------------

__global__ void hillis_steele(const float* in, float* out) {
  __shared__ float held[2][128];
  const unsigned i = threadIdx.x;
  int from = 0;
  held[from][i] = in[i];
  __syncthreads();
  for (unsigned offset = 1; offset < blockDim.x; offset *= 2) {
    held[1 - from][i] = held[from][i] + (i >= offset ? held[from][i - offset] : 0);
    from = 1 - from;
    __syncthreads();
  }
  out[i] = held[from][i];
}

__global__ void blelloch(const float* in, float* out) {  // two numbers for each thread
  __shared__ float held[128];
  const unsigned i = threadIdx.x, n = 2 * blockDim.x;
  held[2 * i] = in[2 * i];
  held[2 * i + 1] = in[2 * i + 1];
  unsigned offset = 1;
  for (unsigned nodes = n / 2; nodes > 0; nodes /= 2, offset *= 2) {
    __syncthreads();
    if (i < nodes) held[offset * (2 * i + 2) - 1] += held[offset * (2 * i + 1) - 1];
  }
  if (i == 0) held[n - 1] = 0;
  for (unsigned nodes = 1; nodes < n; nodes *= 2) {
    offset /= 2;
    __syncthreads();
    if (i >= nodes) continue;
    const unsigned left = offset * (2 * i + 1) - 1, right = offset * (2 * i + 2) - 1;
    const float before = held[left];
    held[left] = held[right];
    held[right] += before;
  }
  __syncthreads();
  out[2 * i] = held[2 * i];
  out[2 * i + 1] = held[2 * i + 1];
}

TEST(RightScan, IsInclusiveWithTwoBuffers) {
  const std::vector<float> in = some_numbers(128);
  std::vector<float> expected(128);
  std::partial_sum(in.begin(), in.end(), expected.begin());
  in_every_order([&] {
    const DeviceBuffer<float> there(in);
    DeviceBuffer<float> out(128);
    launch(hillis_steele, {1}, {128})(there.data(), out.data());
    EXPECT_EQ(out.to_host(), expected);
  });
}

TEST(RightScan, IsExclusiveOnATree) {
  const std::vector<float> in = some_numbers(128);
  std::vector<float> expected(128);
  std::exclusive_scan(in.begin(), in.end(), expected.begin(), 0.0f);
  in_every_order([&] {
    const DeviceBuffer<float> there(in);
    DeviceBuffer<float> out(128);
    launch(blelloch, {1}, {64})(there.data(), out.data());
    EXPECT_EQ(out.to_host(), expected);
  });
}

// A block waits for the sum of the one before it, which took its ticket earlier and so runs
__global__ void chained_scan(const int* in, int* out, int* ticket, int* flags, int* sums) {
  __shared__ int block, before;
  if (threadIdx.x == 0) {
    block = atomicAdd(ticket, 1);
    before = 0;
    if (block > 0) {
      while (atomicAdd(&flags[block - 1], 0) == 0) {
      }
      __threadfence();
      before = sums[block - 1];
    }
    int sum = before;
    for (unsigned i = 0; i < blockDim.x; ++i) sum += in[block * blockDim.x + i];
    sums[block] = sum;
    __threadfence();
    atomicExch(&flags[block], 1);
  }
  __syncthreads();
  int sum = before;
  for (unsigned i = 0; i <= threadIdx.x; ++i) sum += in[block * blockDim.x + i];
  out[block * blockDim.x + threadIdx.x] = sum;
}

TEST(RightScan, WaitsForTheBlockBefore) {
  const std::vector<int> in = some_numbers<int>(320);
  std::vector<int> expected(320);
  std::partial_sum(in.begin(), in.end(), expected.begin());
  in_every_order([&] {
    const DeviceBuffer<int> there(in);
    DeviceBuffer<int> out(320), ticket(1), flags(10), sums(10);
    ticket.clear();
    flags.clear();
    launch(chained_scan, {10}, {32})(there.data(), out.data(), ticket.data(), flags.data(),
                                     sums.data());
    EXPECT_EQ(out.to_host(), expected);
  });
}

}  // namespace
}  // namespace gradbook
