// A race names both lines: where it was found, and where the other thread came before.
#include <gtest/gtest.h>

#include "planted.hpp"

namespace gradbook {
namespace {

std::string at(int line) { return " at planted_first_line_test.cpp:" + std::to_string(line) + ","; }

constexpr int kTwice = __LINE__ + 5;
__global__ void written_twice(const float* x, float* out) {
  __shared__ float tile[64];
  tile[threadIdx.x] = x[threadIdx.x];
  __syncthreads();
  tile[threadIdx.x] = 2;
  out[threadIdx.x] = tile[63 - threadIdx.x];
}

TEST(PlantedFirstLine, IsFoundInSharedMemory) {
  expect_fault({FaultKind::race,
                "written_twice",
                kTwice,
                "thread (32, 0, 0) of block (0, 0, 0) writes",
                {"thread (31, 0, 0) of the same block has read" + at(kTwice + 1)}},
               [] {
                 launch(written_twice, {1}, {64})(counting(64).data(),
                                                  DeviceBuffer<float>(64).data());
               });
}

constexpr int kShift = __LINE__ + 4;
__global__ void shift(float* x, int n) {
  const int i = static_cast<int>(threadIdx.x);
  if (i + 1 < n) {
    const float next = x[i + 1];
    x[i] = next;
  }
}

TEST(PlantedFirstLine, IsThatOfARead) {
  expect_fault({FaultKind::race,
                "shift",
                kShift + 1,
                "thread (1, 0, 0) of block (0, 0, 0) writes",
                {"thread (0, 0, 0) of the same block has read" + at(kShift)}},
               [] { launch(shift, {1}, {64})(counting(64).data(), 64); });
}

constexpr int kBlocks = __LINE__ + 2;
__global__ void of_two_blocks(float* x) {
  x[threadIdx.x + blockIdx.x] = 1;
  if (blockIdx.x == 5) x[threadIdx.x] += 1;
}

TEST(PlantedFirstLine, IsThatOfAnotherBlock) {
  expect_fault({FaultKind::race,
                "of_two_blocks",
                kBlocks,
                "thread (0, 0, 0) of block (1, 0, 0) writes",
                {"thread (1, 0, 0) of block (0, 0, 0) has written" + at(kBlocks)}},
               [] { launch(of_two_blocks, {8}, {4})(DeviceBuffer<float>(64).data()); });
}

__device__ void set(float* place, float value) { *place = value; }

constexpr int kCalled = __LINE__ - 2;
__global__ void calls(float* x) {
  if (threadIdx.x == 0) set(x, 1);
  if (threadIdx.x == 1) *x = 2;
}

TEST(PlantedFirstLine, IsThatOfAFunctionThatTheKernelCalls) {
  expect_fault({FaultKind::race,
                "calls",
                kCalled + 5,
                "thread (1, 0, 0) of block (0, 0, 0) writes",
                {"thread (0, 0, 0) of the same block has written" + at(kCalled)}},
               [] { launch(calls, {1}, {32})(DeviceBuffer<float>(1).data()); });
}

// The other thread takes a branch that it does not take a second time
constexpr int kOnce = __LINE__ + 3;
__global__ void once(float* x, int* taken) {
  if (threadIdx.x == 0 && atomicExch(taken, 1) == 0) {
    *x = 1;
  }
  if (threadIdx.x == 1) *x = 2;
}

TEST(PlantedFirstLine, IsLeftOutWhereItIsNotFoundAgain) {
  expect_fault({FaultKind::race,
                "once",
                kOnce + 2,
                "thread (1, 0, 0) of block (0, 0, 0) writes",
                {"of the same block has written, and nothing says"}},
               [] {
                 launch(once, {1}, {32})(DeviceBuffer<float>(1).data(),
                                         DeviceBuffer<int>(std::vector<int>(1)).data());
               });
}

}  // namespace
}  // namespace gradbook
