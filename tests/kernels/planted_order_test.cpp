// Planted faults: two threads at one place, and nothing says who is first.
#include <gtest/gtest.h>

#include "planted.hpp"

namespace gradbook {
namespace {

constexpr const char* kBarrierOrders = "A __syncthreads() between the two orders them";

// ---- in shared memory ---------------------------------------------------------------------------

constexpr int kReverse = __LINE__ + 4;
__global__ void reverse(float* x) {
  __shared__ float tile[64];
  tile[threadIdx.x] = x[threadIdx.x];
  x[threadIdx.x] = tile[63 - threadIdx.x];
}

TEST(PlantedRaces, NoBarrierAfterTheLoad) {
  expect_fault({FaultKind::race,
                "reverse",
                kReverse,
                "thread (32, 0, 0) of block (0, 0, 0)",
                {"shared memory", "thread (31, 0, 0) of the same block has", kBarrierOrders}},
               [] { launch(reverse, {1}, {64})(counting(64).data()); });
}

constexpr int kRotate = __LINE__ + 6;
__global__ void rotate(float* x) {
  __shared__ float tile[64];
  tile[threadIdx.x] = 0;
  __syncthreads();
  tile[threadIdx.x] = x[threadIdx.x];
  x[threadIdx.x] = tile[(threadIdx.x + 1) % 64];
}

TEST(PlantedRaces, NoBarrierAfterTheSecondLoad) {
  expect_fault({FaultKind::race,
                "rotate",
                kRotate - 1,
                "thread (1, 0, 0) of block (0, 0, 0) writes",
                {"shared memory", "thread (0, 0, 0) of the same block has read", kBarrierOrders}},
               [] { launch(rotate, {1}, {64})(counting(64).data()); });
}

constexpr int kMultiply = __LINE__ + 9;
__global__ void multiply(const float* a, const float* b, float* c) {
  __shared__ float ta[8][8], tb[8][8];
  const unsigned i = threadIdx.y, j = threadIdx.x;
  float sum = 0;
  for (unsigned t = 0; t < 16; t += 8) {
    ta[i][j] = a[i * 16 + t + j];
    tb[i][j] = b[(t + i) * 8 + j];
    __syncthreads();
    for (unsigned k = 0; k < 8; ++k) sum += ta[i][k] * tb[k][j];
  }
  c[i * 8 + j] = sum;
}

TEST(PlantedRaces, NoSecondBarrierInALoopOverTiles) {
  expect_fault(
      {FaultKind::race,
       "multiply",
       kMultiply,
       "thread (1, 0, 0) of block (0, 0, 0) reads",
       {"shared memory", "thread (0, 0, 0) of the same block has written", kBarrierOrders}},
      [] {
        launch(multiply, {1}, {8, 8})(counting(128).data(), counting(128).data(),
                                      counting(64).data());
      });
}

constexpr int kReduce = __LINE__ + 6;
__global__ void reduce(const float* x, float* sum) {
  __shared__ float part[64];
  part[threadIdx.x] = x[threadIdx.x];
  __syncthreads();
  for (unsigned s = 32; s > 0; s /= 2)
    if (threadIdx.x < s) part[threadIdx.x] += part[threadIdx.x + s];
  if (threadIdx.x == 0) *sum = part[0];
}

TEST(PlantedRaces, AReductionWithoutBarriers) {
  expect_fault({FaultKind::race,
                "reduce",
                kReduce,
                "thread (1, 0, 0) of block (0, 0, 0) writes",
                {"shared memory", "thread (0, 0, 0) of the same block has read", kBarrierOrders}},
               [] { launch(reduce, {1}, {64})(counting(64).data(), counting(1).data()); });
}

constexpr int kScan = __LINE__ + 6;
__global__ void scan(float* x) {
  __shared__ float sums[64];
  sums[threadIdx.x] = x[threadIdx.x];
  __syncthreads();
  for (unsigned d = 1; d < 64; d *= 2) {
    if (threadIdx.x >= d) sums[threadIdx.x] += sums[threadIdx.x - d];
    __syncthreads();
  }
  x[threadIdx.x] = sums[threadIdx.x];
}

TEST(PlantedRaces, AScanInPlace) {
  expect_fault(
      {FaultKind::race,
       "scan",
       kScan,
       "thread (2, 0, 0) of block (0, 0, 0) reads",
       {"shared memory", "thread (1, 0, 0) of the same block has written", kBarrierOrders}},
      [] { launch(scan, {1}, {64})(counting(64).data()); });
}

constexpr int kLast = __LINE__ + 3;
__global__ void last_positive(const float* x, float* out) {
  __shared__ float last;
  if (x[threadIdx.x] > 0) last = x[threadIdx.x];
  __syncthreads();
  if (threadIdx.x == 0) *out = last;
}

TEST(PlantedRaces, TwoWriteToOnePlaceOfTheBlock) {
  expect_fault({FaultKind::race,
                "last_positive",
                kLast,
                "thread (2, 0, 0) of block (0, 0, 0) writes",
                {"shared memory", "thread (1, 0, 0) of the same block has written"}},
               [] { launch(last_positive, {1}, {64})(counting(64).data(), counting(1).data()); });
}

constexpr int kCountPositive = __LINE__ + 4;
__global__ void count_positive(const float* x, int* out) {
  __shared__ int n;
  if (threadIdx.x == 0) n = 0;
  if (x[threadIdx.x] > 0) atomicAdd(&n, 1);
  __syncthreads();
  if (threadIdx.x == 0) *out = n;
}

TEST(PlantedRaces, ACounterThatIsSetToZeroWithoutABarrier) {
  expect_fault({FaultKind::race,
                "count_positive",
                kCountPositive,
                "thread (1, 0, 0) of block (0, 0, 0)",
                {"shared memory", "thread (0, 0, 0) of the same block has written"}},
               [] {
                 DeviceBuffer<int> out(1);
                 launch(count_positive, {1}, {64})(counting(64).data(), out.data());
               });
}

// ---- in device memory ---------------------------------------------------------------------------

constexpr int kForgotBlock = __LINE__ + 2;
__global__ void forgot_block(const float* x, float* y) {
  y[threadIdx.x] = 2 * x[blockIdx.x * blockDim.x + threadIdx.x];
}

TEST(PlantedRaces, TwoBlocksWriteToOnePlace) {
  expect_fault({FaultKind::race,
                "forgot_block",
                kForgotBlock,
                "thread (0, 0, 0) of block (1, 0, 0) writes",
                {"device memory", "thread (0, 0, 0) of block", "has written", "any order"}},
               [] { launch(forgot_block, {2}, {32})(counting(64).data(), counting(32).data()); });
}

constexpr int kBlurInPlace = __LINE__ + 3;
__global__ void blur_in_place(float* x, int n) {
  const int i = blockIdx.x * blockDim.x + threadIdx.x;
  if (i > 0 && i < n - 1) x[i] = (x[i - 1] + x[i + 1]) / 2;
}

TEST(PlantedRaces, AStencilInPlace) {
  expect_fault({FaultKind::race,
                "blur_in_place",
                kBlurInPlace,
                "thread (2, 0, 0) of block (0, 0, 0) reads",
                {"device memory", "thread (1, 0, 0) of the same block has written"}},
               [] { launch(blur_in_place, {2}, {32})(counting(64).data(), 64); });
}

constexpr int kNextBlock = __LINE__ + 4;
__global__ void add_next_block(float* sums) {
  if (threadIdx.x != 0) return;
  sums[blockIdx.x] = 1;
  if (blockIdx.x > 0) sums[blockIdx.x] += sums[blockIdx.x - 1];
}

TEST(PlantedRaces, ABlockReadsWhatAnotherWrites) {
  expect_fault({FaultKind::race,
                "add_next_block",
                kNextBlock,
                "thread (0, 0, 0) of block (1, 0, 0) reads",
                {"device memory", "thread (0, 0, 0) of block", "has written", "second launch"}},
               [] { launch(add_next_block, {4}, {32})(counting(4).data()); });
}

constexpr int kHistogram = __LINE__ + 3;
__global__ void histogram(const int* values, int* bins, int n) {
  const int i = blockIdx.x * blockDim.x + threadIdx.x;
  if (i < n) ++bins[values[i]];
}

TEST(PlantedRaces, AHistogramWithoutAtomics) {
  expect_fault({FaultKind::race,
                "histogram",
                kHistogram,
                "thread (2, 0, 0) of block (0, 0, 0) reads",
                {"device memory", "thread (0, 0, 0) of the same block has written"}},
               [] {
                 DeviceBuffer<int> values(std::vector<int>{3, 1, 3, 0}), bins(4);
                 bins.clear();
                 launch(histogram, {1}, {32})(values.data(), bins.data(), 4);
               });
}

constexpr int kLastBlock = __LINE__ + 6;
__global__ void sum_in_last_block(const float* x, float* parts, unsigned* done, float* sum) {
  if (threadIdx.x != 0) return;
  parts[blockIdx.x] = x[blockIdx.x];
  if (atomicAdd(done, 1u) + 1 < gridDim.x) return;
  float all = 0;
  for (unsigned i = 0; i < gridDim.x; ++i) all += parts[i];
  *sum = all;
}

TEST(PlantedRaces, TheLastBlockReadsPartsWithoutAFence) {
  expect_fault({FaultKind::race,
                "sum_in_last_block",
                kLastBlock,
                "thread (0, 0, 0) of block (3, 0, 0) reads",
                {"device memory", "thread (0, 0, 0) of block", "has written"}},
               [] {
                 DeviceBuffer<unsigned> done(1);
                 done.clear();
                 launch(sum_in_last_block, {4}, {32})(counting(4).data(), counting(4).data(),
                                                      done.data(), counting(1).data());
               });
}

constexpr int kMixed = __LINE__ + 3;
__global__ void mixed(int* total) {
  if (threadIdx.x < 32) atomicAdd(total, 1);
  if (threadIdx.x >= 32) *total += 1;
}

TEST(PlantedRaces, SomeAddAtomicallyAndSomeDoNot) {
  expect_fault({FaultKind::race,
                "mixed",
                kMixed,
                "thread (32, 0, 0) of block (0, 0, 0) reads",
                {"device memory", "thread (31, 0, 0) of the same block has written"}},
               [] {
                 DeviceBuffer<int> total(1);
                 total.clear();
                 launch(mixed, {1}, {64})(total.data());
               });
}

}  // namespace
}  // namespace gradbook
