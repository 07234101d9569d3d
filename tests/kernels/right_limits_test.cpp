// Kernels that are right and go to the limits of what the emulator counts: barriers, operations of
// warps, launches. No alarm.
#include "right.hpp"

namespace gradbook {
namespace {

// What each thread wrote first is read by its neighbour after so many barriers
__global__ void wait_often(int* x, int barriers) {
  __shared__ int held[32];
  held[threadIdx.x] = x[threadIdx.x];
  for (int i = 0; i < barriers; ++i) __syncthreads();
  x[threadIdx.x] = held[threadIdx.x ^ 1];
}

__global__ void wait_often_in_warp(int* x, int operations) {
  __shared__ int held[32];
  held[threadIdx.x] = x[threadIdx.x];
  for (int i = 0; i < operations; ++i) __syncwarp();
  x[threadIdx.x] = held[threadIdx.x ^ 1];
}

void try_waiting(void (*kernel)(int*, int), std::initializer_list<int> counts) {
  const std::vector<int> in = some_numbers<int>(32);
  in_every_order([&] {
    for (const int count : counts) {
      DeviceBuffer<int> x(in);
      launch(kernel, {1}, {32})(x.data(), count);
      const std::vector<int> out = x.to_host();
      for (int i = 0; i < 32; ++i) EXPECT_EQ(out[i], in[i ^ 1]) << count;
    }
  });
}

TEST(RightLimits, ThousandsOfBarriersAreCounted) { try_waiting(wait_often, {1, 4095, 4097}); }
TEST(RightLimits, BarriersAreCountedAsOftenAsTheyCome) { try_waiting(wait_often, {4096}); }
TEST(RightLimits, ManyWarpOperationsAreCounted) {
  try_waiting(wait_often_in_warp, {1, 16, 127, 129});
}
TEST(RightLimits, WarpOperationsAreCountedAsOftenAsTheyCome) {
  try_waiting(wait_often_in_warp, {128});
}

__global__ void nothing() {}

__global__ void swap_pairs(int* x, int other) {
  __shared__ int held[32];
  __syncthreads();
  held[threadIdx.x ^ other] = x[threadIdx.x];
  __syncthreads();
  x[threadIdx.x] = held[threadIdx.x];
}

__global__ void copy_turned(const int* from, int* to) {
  to[threadIdx.x] = from[(threadIdx.x + 1) % blockDim.x];
}

TEST(RightLimits, LaunchesAreToldApartAfterAThousand) {
  const std::vector<int> in = some_numbers<int>(32);
  in_every_order([&] {
    for (const int between : {0, 1020, 1021, 1022, 1023}) {
      DeviceBuffer<int> x(in), y(32);
      launch(swap_pairs, {1}, {32})(x.data(), 1);
      for (int i = 0; i < between; ++i) launch(nothing, {1}, {1})();
      launch(swap_pairs, {1}, {32})(x.data(), 3);
      launch(copy_turned, {1}, {32})(x.data(), y.data());
      const std::vector<int> out = y.to_host();
      for (int i = 0; i < 32; ++i) EXPECT_EQ(out[i], in[((i + 1) % 32) ^ 2]) << between;
    }
  });
}

TEST(RightLimits, WhatALaunchWroteIsReadByOneAThousandLater) {
  const std::vector<int> in = some_numbers<int>(32);
  in_every_order([&] {
    for (const int between : {1020, 1021, 1022, 1023}) {
      const DeviceBuffer<int> x(in);
      DeviceBuffer<int> y(32), z(32);
      launch(copy_turned, {1}, {32})(x.data(), y.data());
      for (int i = 0; i < between; ++i) launch(nothing, {1}, {1})();
      launch(copy_turned, {1}, {32})(y.data(), z.data());
      const std::vector<int> out = z.to_host();
      for (int i = 0; i < 32; ++i) EXPECT_EQ(out[i], in[(i + 2) % 32]) << between;
    }
  });
}

}  // namespace
}  // namespace gradbook
