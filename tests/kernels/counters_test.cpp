// What a launch is said to have cost, against numbers computed by hand.
#include <array>
#include <bit>

#include "right.hpp"

namespace gradbook {
namespace {

const KernelCounters& counted() { return last_launch().counters; }

__device__ int global_index() { return static_cast<int>(blockIdx.x * blockDim.x + threadIdx.x); }

__global__ void naive_matmul(const float* a, const float* b, float* c, int n, int k) {
  const int column = global_index(), row = static_cast<int>(blockIdx.y * blockDim.y + threadIdx.y);
  float sum = 0;
  for (int l = 0; l < k; ++l) sum += a[row * k + l] * b[l * n + column];
  c[row * n + column] = sum;
}

template <int kTile>
__global__ void tiled_matmul(const float* a, const float* b, float* c, int n, int k) {
  __shared__ float a_tile[kTile][kTile], b_tile[kTile][kTile];
  const int x = static_cast<int>(threadIdx.x), y = static_cast<int>(threadIdx.y);
  const int column = global_index(), row = static_cast<int>(blockIdx.y * blockDim.y + threadIdx.y);
  float sum = 0;
  for (int first = 0; first < k; first += kTile) {
    a_tile[y][x] = a[row * k + first + x];
    b_tile[y][x] = b[(first + y) * n + column];
    __syncthreads();
    for (int l = 0; l < kTile; ++l) sum += a_tile[y][l] * b_tile[l][x];
    __syncthreads();
  }
  c[row * n + column] = sum;
}

template <unsigned kTile>
void expect_matmul_counts() {
  for (const auto& [m, n, k] : {std::array{16u, 32u, 16u}, {32u, 16u, 48u}}) {
    const DeviceBuffer<float> a(some_numbers(static_cast<int>(m * k)));
    const DeviceBuffer<float> b(some_numbers(static_cast<int>(k * n)));
    DeviceBuffer<float> c(m * n);
    const dim3 grid{n / kTile, m / kTile}, block{kTile, kTile};
    const std::int64_t outputs = m * n, depth = k;
    launch(naive_matmul, grid, block)(a.data(), b.data(), c.data(), static_cast<int>(n),
                                      static_cast<int>(k));
    EXPECT_EQ(counted().global_reads, outputs * 2 * depth);
    EXPECT_EQ(counted().global_read_bytes, outputs * 2 * depth * 4);
    EXPECT_EQ(counted().global_writes, outputs);
    EXPECT_EQ(counted().shared_reads + counted().shared_writes + counted().barriers, 0);
    launch(tiled_matmul<int{kTile}>, grid, block)(a.data(), b.data(), c.data(), static_cast<int>(n),
                                                  static_cast<int>(k));
    EXPECT_EQ(counted().global_reads, outputs * 2 * depth / kTile);
    EXPECT_EQ(counted().global_writes, outputs);
    EXPECT_EQ(counted().shared_writes, outputs * 2 * depth / kTile);
    EXPECT_EQ(counted().shared_reads, outputs * 2 * depth);
    EXPECT_EQ(counted().barriers, outputs / (kTile * kTile) * 2 * (depth / kTile));
  }
}

TEST(Counters, ATileDividesTheReadsOfAProduct) {
  expect_matmul_counts<4>();
  expect_matmul_counts<8>();
  expect_matmul_counts<16>();
}

__global__ void copy_one(const float* in, float* out) { out[global_index()] = in[global_index()]; }
__global__ void copy_four(const float4* in, float4* out) {
  out[global_index()] = in[global_index()];
}

TEST(Counters, FourAtOnceAreAQuarterOfTheAccessesAndTheSameBytes) {
  for (const unsigned n : {128u, 512u, 1024u}) {
    DeviceBuffer<float> in(some_numbers(static_cast<int>(n))), out(n);
    launch(copy_one, {n / 32}, {32})(in.data(), out.data());
    EXPECT_EQ(counted().global_reads, n);
    EXPECT_EQ(counted().global_writes, n);
    EXPECT_EQ(counted().global_read_bytes, 4 * n);
    EXPECT_EQ(counted().global_write_bytes, 4 * n);
    launch(copy_four, {n / 128}, {32})(reinterpret_cast<float4*>(in.data()),
                                       reinterpret_cast<float4*>(out.data()));
    EXPECT_EQ(counted().global_reads, n / 4);
    EXPECT_EQ(counted().global_writes, n / 4);
    EXPECT_EQ(counted().global_read_bytes, 4 * n);
    EXPECT_EQ(counted().global_write_bytes, 4 * n);
  }
}

__global__ void tree_sum(const float* in, float* sum) {
  __shared__ float held[256];
  held[threadIdx.x] = in[global_index()];
  __syncthreads();
  for (unsigned half = blockDim.x / 2; half > 0; half /= 2) {
    if (threadIdx.x < half) held[threadIdx.x] += held[threadIdx.x + half];
    __syncthreads();
  }
  if (threadIdx.x == 0) atomicAdd(sum, held[0]);
}

__global__ void warp_sum(const float* in, float* sum) {
  float mine = in[global_index()];
  for (int lanes = 16; lanes > 0; lanes /= 2) mine += __shfl_xor_sync(0xffffffff, mine, lanes);
  if (threadIdx.x % 32 == 0) atomicAdd(sum, mine);
}

TEST(Counters, ATreeAddsOneNumberLessThanThereAre) {
  for (const unsigned block : {32u, 64u, 256u}) {
    for (const unsigned blocks : {1u, 3u}) {
      const DeviceBuffer<float> in(some_numbers(static_cast<int>(block * blocks)));
      DeviceBuffer<float> sum(1);
      sum.clear();
      launch(tree_sum, {blocks}, {block})(in.data(), sum.data());
      EXPECT_EQ(counted().global_reads, block * blocks);
      EXPECT_EQ(counted().shared_reads, blocks * (2 * (block - 1) + 1));
      EXPECT_EQ(counted().shared_writes, blocks * (block + block - 1));
      EXPECT_EQ(counted().barriers, blocks * static_cast<unsigned>(std::bit_width(block)));
      EXPECT_EQ(counted().atomics, blocks);
      EXPECT_EQ(counted().warp_operations, 0);
      launch(warp_sum, {blocks}, {block})(in.data(), sum.data());
      EXPECT_EQ(counted().warp_operations, 5 * block * blocks);
      EXPECT_EQ(counted().atomics, block * blocks / 32);
      EXPECT_EQ(counted().shared_reads + counted().shared_writes + counted().barriers, 0);
    }
  }
}

__global__ void histogram(const int* in, int* counts, int n, int bins) {
  __shared__ int of_block[32];
  const int t = static_cast<int>(threadIdx.x);
  if (t < bins) of_block[t] = 0;
  __syncthreads();
  for (int i = global_index(); i < n; i += static_cast<int>(gridDim.x * blockDim.x))
    atomicAdd(&of_block[in[i] + 8], 1);
  __syncthreads();
  if (t < bins) atomicAdd(&counts[t], of_block[t]);
}

TEST(Counters, AHistogramHasAnAtomicForEachNumberAndForEachBinOfABlock) {
  for (const int n : {100, 1000}) {
    for (const unsigned blocks : {1u, 4u}) {
      const DeviceBuffer<int> in(some_numbers<int>(n));
      DeviceBuffer<int> counts(17);
      counts.clear();
      launch(histogram, {blocks}, {64})(in.data(), counts.data(), n, 17);
      EXPECT_EQ(counted().atomics, n + 17 * blocks);
      EXPECT_EQ(counted().global_reads, n);
      EXPECT_EQ(counted().shared_reads, 17 * blocks);
      EXPECT_EQ(counted().barriers, 2 * blocks);
    }
  }
}

TEST(Counters, NameTemplatesByTheirName) {
  DeviceBuffer<float> x(some_numbers(16));
  launch(tiled_matmul<4>, {1}, {4, 4})(x.data(), x.data(), DeviceBuffer<float>(16).data(), 4, 4);
  EXPECT_THAT(last_launch().kernel, testing::StartsWith("tiled_matmul"));
}

struct Square {
  int side;
};
template <class T>
__global__ void measure(const T* in, int* out) {
  out[threadIdx.x] = in[threadIdx.x].side;
}

TEST(Counters, NameTemplatesOfTypesWithoutANameOutside) {
  const DeviceBuffer<Square> in(std::vector<Square>(4, {3}));
  launch(measure<Square>, {1}, {4})(in.data(), DeviceBuffer<int>(4).data());
  EXPECT_THAT(last_launch().kernel, testing::StartsWith("measure"));
}

}  // namespace
}  // namespace gradbook
