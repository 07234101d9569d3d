// Kernels that are right and whose blocks work on tiles in shared memory: no alarm.
#include <cmath>
#include <numeric>

#include "right.hpp"

namespace gradbook {

// Not in an anonymous namespace: these are names of memory whose size the launch says
extern __shared__ float shared[];
extern __shared__ float4 smem[];
extern __shared__ double sdata[];
extern __shared__ unsigned char buffer[];
extern __shared__ int scratch[];

namespace {

constexpr int kTile = 16;

__global__ void transpose(const float* in, float* out, int rows, int columns) {  // (rows, columns)
  __shared__ float held[kTile][kTile + 1];
  const int x = static_cast<int>(threadIdx.x), y = static_cast<int>(threadIdx.y);
  const int row = static_cast<int>(blockIdx.y) * kTile,
            column = static_cast<int>(blockIdx.x) * kTile;
  if (row + y < rows && column + x < columns) held[y][x] = in[(row + y) * columns + column + x];
  __syncthreads();
  if (column + y < columns && row + x < rows) out[(column + y) * rows + row + x] = held[x][y];
}

TEST(RightTiles, TransposeWithPadding) {
  const std::vector<float> in = some_numbers(37 * 53);
  in_every_order([&] {
    const DeviceBuffer<float> there(in);
    DeviceBuffer<float> out(in.size());
    launch(transpose, {4, 3}, {kTile, kTile})(there.data(), out.data(), 37, 53);
    const std::vector<float> turned = out.to_host();
    for (int i = 0; i < 37 * 53; ++i) EXPECT_EQ(turned[i], in[i % 37 * 53 + i / 37]);
  });
}

// a (m, k) times b (k, n)
std::vector<float> product(const std::vector<float>& a, const std::vector<float>& b, int m, int n,
                           int k) {
  std::vector<float> c(static_cast<std::size_t>(m * n));
  for (int i = 0; i < m * n; ++i)
    for (int l = 0; l < k; ++l) c[i] += a[i / n * k + l] * b[l * n + i % n];
  return c;
}

__global__ void tiled_matmul(const float* a, const float* b, float* c, int m, int n, int k) {
  __shared__ float a_tile[kTile][kTile], b_tile[kTile][kTile];
  const int x = static_cast<int>(threadIdx.x), y = static_cast<int>(threadIdx.y);
  const int row = static_cast<int>(blockIdx.y) * kTile + y;
  const int column = static_cast<int>(blockIdx.x) * kTile + x;
  float sum = 0;
  for (int first = 0; first < k; first += kTile) {
    a_tile[y][x] = row < m && first + x < k ? a[row * k + first + x] : 0;
    b_tile[y][x] = first + y < k && column < n ? b[(first + y) * n + column] : 0;
    __syncthreads();
    for (int l = 0; l < kTile; ++l) sum += a_tile[y][l] * b_tile[l][x];
    __syncthreads();
  }
  if (row < m && column < n) c[row * n + column] = sum;
}

TEST(RightTiles, MultiplyMatrices) {
  const int m = 40, n = 35, k = 50;
  const std::vector<float> a = some_numbers(m * k), b = some_numbers(k * n);
  const std::vector<float> expected = product(a, b, m, n, k);
  in_every_order([&] {
    const DeviceBuffer<float> a_there(a), b_there(b);
    DeviceBuffer<float> c(m * n);
    launch(tiled_matmul, {3, 3}, {kTile, kTile})(a_there.data(), b_there.data(), c.data(), m, n, k);
    EXPECT_EQ(c.to_host(), expected);
  });
}

// Each of 8 × 8 threads computes 4 × 4 numbers of a tile of 32 × 32; n is a multiple of 32
__global__ void register_matmul(const float* a, const float* b, float* c, int n) {
  __shared__ float a_tile[32][8], b_tile[8][32];
  const int x = static_cast<int>(threadIdx.x), y = static_cast<int>(threadIdx.y), i = y * 8 + x;
  const int row = static_cast<int>(blockIdx.y) * 32, column = static_cast<int>(blockIdx.x) * 32;
  float sums[4][4] = {};
  for (int first = 0; first < n; first += 8) {
    for (int j = i; j < 32 * 8; j += 64) {
      a_tile[j / 8][j % 8] = a[(row + j / 8) * n + first + j % 8];
      b_tile[j / 32][j % 32] = b[(first + j / 32) * n + column + j % 32];
    }
    __syncthreads();
    for (int l = 0; l < 8; ++l) {
      float a_part[4], b_part[4];
      for (int p = 0; p < 4; ++p) a_part[p] = a_tile[4 * y + p][l];
      for (int q = 0; q < 4; ++q) b_part[q] = b_tile[l][4 * x + q];
      for (int p = 0; p < 4; ++p)
        for (int q = 0; q < 4; ++q) sums[p][q] += a_part[p] * b_part[q];
    }
    __syncthreads();
  }
  for (int p = 0; p < 4; ++p)
    *reinterpret_cast<float4*>(&c[(row + 4 * y + p) * n + column + 4 * x]) =
        make_float4(sums[p][0], sums[p][1], sums[p][2], sums[p][3]);
}

TEST(RightTiles, MultiplyMatricesInRegisters) {
  const int n = 64;
  const std::vector<float> a = some_numbers(n * n), b(a.rbegin(), a.rend());
  const std::vector<float> expected = product(a, b, n, n, n);
  in_every_order([&] {
    const DeviceBuffer<float> a_there(a), b_there(b);
    DeviceBuffer<float> c(n * n);
    launch(register_matmul, {2, 2}, {8, 8})(a_there.data(), b_there.data(), c.data(), n);
    EXPECT_EQ(c.to_host(), expected);
  });
}

__global__ void stencil(const float* in, float* out, int n) {
  constexpr int kRadius = 3;
  __shared__ float held[64 + 2 * kRadius];
  const int t = static_cast<int>(threadIdx.x), i = static_cast<int>(blockIdx.x) * 64 + t;
  const auto or_zero = [&](int j) { return j >= 0 && j < n ? in[j] : 0.0f; };
  held[t + kRadius] = or_zero(i);
  if (t < kRadius) {
    held[t] = or_zero(i - kRadius);
    held[t + kRadius + 64] = or_zero(i + 64);
  }
  __syncthreads();
  float sum = 0;
  for (int k = 0; k <= 2 * kRadius; ++k) sum += held[t + k];
  if (i < n) out[i] = sum;
}

TEST(RightTiles, HaveAHalo) {
  const std::vector<float> in = some_numbers(150);
  in_every_order([&] {
    const DeviceBuffer<float> there(in);
    DeviceBuffer<float> out(150);
    launch(stencil, {3}, {64})(there.data(), out.data(), 150);
    const std::vector<float> sums = out.to_host();
    for (int i = 0; i < 150; ++i)
      EXPECT_EQ(sums[i], std::accumulate(in.begin() + std::max(i - 3, 0),
                                         in.begin() + std::min(i + 4, 150), 0.0f));
  });
}

// ---- memory whose size the launch says ----------------------------------------------------------

// Double of each number, from the neighbour's place in `held`
template <class T>
__device__ void exchange_neighbours(T* held, const float* in, float* out) {
  const unsigned i = threadIdx.x;
  held[i] = static_cast<T>(in[blockIdx.x * blockDim.x + i]);
  __syncthreads();
  out[blockIdx.x * blockDim.x + i] = 2 * static_cast<float>(held[i ^ 1]);
}

__global__ void with_shared(const float* in, float* out) { exchange_neighbours(shared, in, out); }
__global__ void with_sdata(const float* in, float* out) { exchange_neighbours(sdata, in, out); }
__global__ void with_buffer(const float* in, float* out) {
  exchange_neighbours(reinterpret_cast<signed char*>(buffer), in, out);
}
__global__ void with_scratch(const float* in, float* out) { exchange_neighbours(scratch, in, out); }
__global__ void with_smem(const float* in, float* out) {
  const unsigned i = blockIdx.x * blockDim.x + threadIdx.x;
  smem[threadIdx.x] = make_float4(0, in[i], 0, 1);
  __syncthreads();
  out[i] = 2 * smem[threadIdx.x ^ 1].y * smem[threadIdx.x ^ 1].w;
}

TEST(RightTiles, AreAsLargeAsTheLaunchSays) {
  const std::vector<float> in = some_numbers(96);
  std::vector<float> expected;
  for (int i = 0; i < 96; ++i) expected.push_back(2 * in[i ^ 1]);
  in_every_order([&] {
    const DeviceBuffer<float> there(in);
    const auto try_it = [&](auto kernel, std::size_t bytes) {
      DeviceBuffer<float> out(96);
      launch(kernel, {3}, {32}, bytes)(there.data(), out.data());
      EXPECT_EQ(out.to_host(), expected);
    };
    try_it(with_shared, 32 * sizeof(float));
    try_it(with_sdata, 32 * sizeof(double));
    try_it(with_buffer, 32);
    try_it(with_scratch, 32 * sizeof(int));
    try_it(with_smem, 32 * sizeof(float4));
  });
}

// The first number of each value 0 … bins - 1, and how often it is there
__global__ void two_arrays(const int* in, float* out, int n, int bins) {
  float* const sums = shared;                               // (bins)
  int* const counts = reinterpret_cast<int*>(sums + bins);  // (bins)
  const int t = static_cast<int>(threadIdx.x), step = static_cast<int>(blockDim.x);
  for (int i = t; i < bins; i += step) {
    sums[i] = 0;
    counts[i] = 0;
  }
  __syncthreads();
  for (int i = t; i < n; i += step) {
    atomicAdd(&sums[in[i]], static_cast<float>(i));
    atomicAdd(&counts[in[i]], 1);
  }
  __syncthreads();
  for (int i = t; i < bins; i += step) out[i] = sums[i] / static_cast<float>(counts[i]);
}

TEST(RightTiles, AreTwoArraysInOne) {
  std::vector<int> in = some_numbers<int>(400);
  std::vector<float> sums(17), counts(17);
  for (int i = 0; i < 400; ++i) {
    in[i] += 8;
    sums[in[i]] += static_cast<float>(i);
    ++counts[in[i]];
  }
  in_every_order([&] {
    const DeviceBuffer<int> there(in);
    DeviceBuffer<float> out(17);
    launch(two_arrays, {1}, {48}, 17 * (sizeof(float) + sizeof(int)))(there.data(), out.data(), 400,
                                                                      17);
    const std::vector<float> means = out.to_host();
    for (int i = 0; i < 17; ++i) EXPECT_EQ(means[i], sums[i] / counts[i]);
  });
}

// ---- a row for each block -----------------------------------------------------------------------

// What all threads of the block bring, put together by `change`
template <class Change>
__device__ float over_block(float mine, Change change) {
  __shared__ float held[64];
  held[threadIdx.x] = mine;
  __syncthreads();
  for (unsigned half = blockDim.x / 2; half > 0; half /= 2) {
    if (threadIdx.x < half) held[threadIdx.x] = change(held[threadIdx.x], held[threadIdx.x + half]);
    __syncthreads();
  }
  const float all = held[0];
  __syncthreads();  // all have read before the next call writes
  return all;
}

__device__ float larger(float a, float b) { return a > b ? a : b; }
__device__ float sum(float a, float b) { return a + b; }

__global__ void softmax(const float* in, float* out, int n) {  // (rows, n)
  const float* const row = in + blockIdx.x * n;
  float most = -INFINITY, total = 0;
  for (int i = static_cast<int>(threadIdx.x); i < n; i += 64) most = larger(most, row[i]);
  most = over_block(most, larger);
  for (int i = static_cast<int>(threadIdx.x); i < n; i += 64) total += expf(row[i] - most);
  total = over_block(total, sum);
  for (int i = static_cast<int>(threadIdx.x); i < n; i += 64)
    out[blockIdx.x * n + i] = expf(row[i] - most) / total;
}

__global__ void layer_norm(const float* in, const float* gain, const float* bias, float* out,
                           int n) {  // (rows, n), (n), (n)
  const float* const row = in + blockIdx.x * n;
  float total = 0, squares = 0;
  for (int i = static_cast<int>(threadIdx.x); i < n; i += 64) total += row[i];
  const float mean = over_block(total, sum) / static_cast<float>(n);
  for (int i = static_cast<int>(threadIdx.x); i < n; i += 64)
    squares += (row[i] - mean) * (row[i] - mean);
  const float scale = 1 / sqrtf(over_block(squares, sum) / static_cast<float>(n) + 1e-5f);
  for (int i = static_cast<int>(threadIdx.x); i < n; i += 64)
    out[blockIdx.x * n + i] = gain[i] * (row[i] - mean) * scale + bias[i];
}

TEST(RightTiles, TurnRowsIntoProbabilities) {
  const int n = 150;
  const std::vector<float> in = some_numbers(4 * n);
  in_every_order([&] {
    const DeviceBuffer<float> there(in);
    DeviceBuffer<float> out(4 * n);
    launch(softmax, {4}, {64})(there.data(), out.data(), n);
    const std::vector<float> p = out.to_host();
    for (int row = 0; row < 4; ++row) {
      double total = 0;
      for (int i = 0; i < n; ++i) total += std::exp(in[row * n + i]);
      for (int i = 0; i < n; ++i)
        EXPECT_NEAR(p[row * n + i], std::exp(in[row * n + i]) / total, 1e-6);
    }
  });
}

TEST(RightTiles, NormaliseRows) {
  const int n = 100;
  const std::vector<float> in = some_numbers(3 * n), gain = some_numbers(n);
  in_every_order([&] {
    const DeviceBuffer<float> there(in), gain_there(gain);
    DeviceBuffer<float> out(3 * n);
    launch(layer_norm, {3}, {64})(there.data(), gain_there.data(), gain_there.data(), out.data(),
                                  n);
    const std::vector<float> y = out.to_host();
    for (int row = 0; row < 3; ++row) {
      const auto* const x = in.data() + row * n;
      const double mean = std::accumulate(x, x + n, 0.0) / n;
      const double variance =
          std::accumulate(x, x + n, 0.0,
                          [&](double s, float v) { return s + (v - mean) * (v - mean); }) /
          n;
      for (int i = 0; i < n; ++i)
        EXPECT_NEAR(y[row * n + i], gain[i] * (x[i] - mean) / std::sqrt(variance + 1e-5) + gain[i],
                    1e-4);
    }
  });
}

}  // namespace
}  // namespace gradbook
