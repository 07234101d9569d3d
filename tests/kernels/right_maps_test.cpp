// Kernels that are right and whose threads have nothing to do with each other: no alarm.
#include <numeric>

#include "right.hpp"

namespace gradbook {
namespace {

__device__ int global_index() { return static_cast<int>(blockIdx.x * blockDim.x + threadIdx.x); }

__global__ void add(const float* a, const float* b, float* out, int n) {
  const int i = global_index();
  if (i < n) out[i] = a[i] + b[i];
}

TEST(RightMap, AddsVectors) {
  const std::vector<float> a = some_numbers(1000), b(a.rbegin(), a.rend());
  std::vector<float> sum(1000);
  for (int i = 0; i < 1000; ++i) sum[i] = a[i] + b[i];
  in_every_order([&] {
    const DeviceBuffer<float> a_there(a), b_there(b);
    DeviceBuffer<float> out(1000);
    launch(add, {8}, {128})(a_there.data(), b_there.data(), out.data(), 1000);
    EXPECT_EQ(out.to_host(), sum);
  });
}

__global__ void square_all(const float* __restrict__ in, float* __restrict__ out, int n) {
  const int step = static_cast<int>(gridDim.x * blockDim.x);
  for (int i = global_index(); i < n; i += step) out[i] = __ldg(in + i) * __ldg(in + i);
}

TEST(RightMap, StridesOverTheGrid) {
  const std::vector<float> in = some_numbers(1003);
  std::vector<float> squares(in);
  for (float& x : squares) x *= x;
  in_every_order([&] {
    const DeviceBuffer<float> there(in);
    DeviceBuffer<float> out(in.size());
    launch(square_all, {3}, {64})(there.data(), out.data(), 1003);
    EXPECT_EQ(out.to_host(), squares);
  });
}

__global__ void places_2d(int* out, int rows, int columns) {  // (rows, columns)
  const int column = static_cast<int>(blockIdx.x * blockDim.x + threadIdx.x);
  const int row = static_cast<int>(blockIdx.y * blockDim.y + threadIdx.y);
  if (row < rows && column < columns) out[row * columns + column] = 100 * row + column;
}

TEST(RightMap, HasRowsAndColumns) {
  in_every_order([] {
    DeviceBuffer<int> out(33 * 50);
    launch(places_2d, {4, 5}, {16, 8})(out.data(), 33, 50);
    const std::vector<int> numbers = out.to_host();
    for (int i = 0; i < 33 * 50; ++i) EXPECT_EQ(numbers[i], 100 * (i / 50) + i % 50);
  });
}

__global__ void places_3d(int* out, dim3 size) {  // (z, y, x)
  const unsigned x = blockIdx.x * blockDim.x + threadIdx.x;
  const unsigned y = blockIdx.y * blockDim.y + threadIdx.y;
  const unsigned z = blockIdx.z * blockDim.z + threadIdx.z;
  if (x >= size.x || y >= size.y || z >= size.z) return;
  out[(z * size.y + y) * size.x + x] = static_cast<int>(10000 * z + 100 * y + x);
}

TEST(RightMap, HasThreeAxes) {
  in_every_order([] {
    DeviceBuffer<int> out(7 * 9 * 11);
    launch(places_3d, {3, 3, 4}, {4, 3, 2})(out.data(), {11, 9, 7});
    const std::vector<int> numbers = out.to_host();
    for (int i = 0; i < 7 * 9 * 11; ++i)
      EXPECT_EQ(numbers[i], 10000 * (i / 99) + 100 * (i / 11 % 9) + i % 11);
  });
}

__global__ void copy_by_four(const float* in, float* out, int n) {
  const int i = global_index();
  if (4 * i < n) reinterpret_cast<float4*>(out)[i] = reinterpret_cast<const float4*>(in)[i];
}

__global__ void scale_by_four(const float4* in, float4* out, float factor, int n) {
  const int i = global_index();
  if (4 * i >= n) return;
  const float4 v = in[i];
  out[i] = make_float4(factor * v.x, factor * v.y, factor * v.z, factor * v.w);
}

TEST(RightMap, CopiesFourAtOnce) {
  const std::vector<float> in = some_numbers(200);
  std::vector<float> twice(in);
  for (float& x : twice) x *= 2;
  in_every_order([&] {
    DeviceBuffer<float> there(in), out(200);
    launch(copy_by_four, {2}, {32})(there.data(), out.data(), 200);
    EXPECT_EQ(out.to_host(), in);
    launch(scale_by_four, {2}, {32})(reinterpret_cast<float4*>(there.data()),
                                     reinterpret_cast<float4*>(out.data()), 2, 200);
    EXPECT_EQ(out.to_host(), twice);
  });
}

__global__ void take_every(const float* in, float* out, int stride, int n) {
  const int i = global_index();
  if (i < n) out[i] = in[i * stride];
}

TEST(RightMap, ReadsWithAStride) {
  const std::vector<float> in = some_numbers(700);
  in_every_order([&] {
    const DeviceBuffer<float> there(in);
    DeviceBuffer<float> out(100);
    launch(take_every, {1}, {128})(there.data(), out.data(), 7, 100);
    const std::vector<float> taken = out.to_host();
    for (int i = 0; i < 100; ++i) EXPECT_EQ(taken[i], in[7 * i]);
  });
}

__device__ float leaky(float x, float slope) { return x > 0 ? x : slope * x; }

__global__ void leaky_relu(float* x, float slope, int n) {
  const int i = global_index();
  if (i < n) x[i] = leaky(x[i], slope);
}

TEST(RightMap, ChangesNumbersInPlace) {
  std::vector<float> expected = some_numbers(300);
  for (float& x : expected) x = x > 0 ? x : 0.5f * x;
  in_every_order([&] {
    DeviceBuffer<float> x(some_numbers(300));
    launch(leaky_relu, {3}, {128})(x.data(), 0.5f, 300);
    EXPECT_EQ(x.to_host(), expected);
  });
}

__global__ void add_left(float* x, const float* y, int n) {
  const int i = global_index();
  if (i < n) x[i] += y[(i + 1) % n];
}

TEST(RightMap, IsLaunchedManyTimesOnOneBuffer) {
  in_every_order([] {
    std::vector<float> x(96, 0), y = some_numbers(96);
    DeviceBuffer<float> x_there(x), y_there(y);
    for (int round = 0; round < 20; ++round) {
      launch(add_left, {3}, {32})(x_there.data(), y_there.data(), 96);
      launch(add_left, {2}, {64})(y_there.data(), x_there.data(), 0);
      for (int i = 0; i < 96; ++i) x[i] += y[(i + 1) % 96];
    }
    EXPECT_EQ(x_there.to_host(), x);
  });
}

__constant__ float kBinomial[5] = {1, 4, 6, 4, 1};
__constant__ int kTurned[4] = {2, 0, 3, 1};

__global__ void with_tables(const float* in, float* out, int n) {
  const int i = global_index();
  if (i >= n) return;
  float sum = 0;
  for (int k = 0; k < 5; ++k) sum += kBinomial[k] * in[i + k];
  out[i / 4 * 4 + kTurned[i % 4]] = sum;
}

TEST(RightMap, LooksUpConstantTables) {
  const std::vector<float> in = some_numbers(104), table = {1, 4, 6, 4, 1};
  const std::vector<int> turned = {2, 0, 3, 1};
  std::vector<float> expected(100);
  for (int i = 0; i < 100; ++i)
    expected[i / 4 * 4 + turned[i % 4]] =
        std::inner_product(table.begin(), table.end(), in.begin() + i, 0.0f);
  in_every_order([&] {
    const DeviceBuffer<float> there(in);
    DeviceBuffer<float> out(100);
    launch(with_tables, {4}, {32})(there.data(), out.data(), 100);
    EXPECT_EQ(out.to_host(), expected);
  });
}

struct View {
  const float* data;
  int rows, columns, row_stride;
  __device__ float at(int row, int column) const { return data[row * row_stride + column]; }
};

__global__ void sum_rows(View x, float* out) {
  const int row = global_index();
  if (row >= x.rows) return;
  float sum = 0;
  for (int column = 0; column < x.columns; ++column) sum += x.at(row, column);
  out[row] = sum;
}

TEST(RightMap, TakesAStructByValue) {
  const std::vector<float> in = some_numbers(40 * 12);
  std::vector<float> sums;
  for (int row = 0; row < 40; ++row)
    sums.push_back(std::accumulate(in.begin() + 12 * row, in.begin() + 12 * row + 9, 0.0f));
  in_every_order([&] {
    const DeviceBuffer<float> there(in);
    DeviceBuffer<float> out(40);
    launch(sum_rows, {2}, {32})({there.data(), 40, 9, 12}, out.data());
    EXPECT_EQ(out.to_host(), sums);
  });
}

struct Both {
  float2 low, high;
};

__global__ void add_vector(float4* out, float4 v, Both both) {
  out[threadIdx.x] =
      make_float4(v.x + both.low.x, v.y + both.low.y, v.z + both.high.x, v.w + both.high.y);
}

TEST(RightMap, TakesVectorsByValue) {
  in_every_order([] {
    DeviceBuffer<float> out(32 * 4);
    launch(add_vector, {1}, {32})(reinterpret_cast<float4*>(out.data()), {1, 2, 3, 4},
                                  {{10, 20}, {30, 40}});
    const std::vector<float> numbers = out.to_host();
    for (int i = 0; i < 128; ++i) EXPECT_EQ(numbers[i], 11 * (i % 4 + 1));
  });
}

__global__ void one_thread(float* out, int n) {
  for (int i = 0; i < n; ++i) out[i] = i == 0 ? 1 : out[i - 1] + 1;
}

__global__ void shift_block(int* x) {
  const int mine = x[(threadIdx.x + 1) % blockDim.x];
  __syncthreads();
  x[threadIdx.x] = mine;
}

TEST(RightMap, HasBlocksOfOneThreadAndOf1024) {
  in_every_order([] {
    DeviceBuffer<float> counted(10);
    launch(one_thread, {1}, {1})(counted.data(), 10);
    EXPECT_THAT(counted.to_host(), testing::ElementsAre(1, 2, 3, 4, 5, 6, 7, 8, 9, 10));
    std::vector<int> numbers(1024);
    std::iota(numbers.begin(), numbers.end(), 0);
    DeviceBuffer<int> x(numbers);
    launch(shift_block, {1}, {1024})(x.data());
    std::rotate(numbers.begin(), numbers.begin() + 1, numbers.end());
    EXPECT_EQ(x.to_host(), numbers);
  });
}

__global__ void reverse_full_blocks(float* x, int n) {
  if (static_cast<int>((blockIdx.x + 1) * blockDim.x) > n) return;  // the whole block
  __shared__ float held[64];
  float* const mine = x + blockIdx.x * blockDim.x;
  held[threadIdx.x] = mine[threadIdx.x];
  __syncthreads();
  mine[threadIdx.x] = held[blockDim.x - 1 - threadIdx.x];
}

TEST(RightMap, LeavesWholeBlocksEarly) {
  std::vector<float> expected = some_numbers(200);
  for (int block = 0; block < 3; ++block)
    std::reverse(expected.begin() + 64 * block, expected.begin() + 64 * block + 64);
  in_every_order([&] {
    DeviceBuffer<float> x(some_numbers(200));
    launch(reverse_full_blocks, {5}, {64})(x.data(), 200);
    EXPECT_EQ(x.to_host(), expected);
  });
}

}  // namespace
}  // namespace gradbook
