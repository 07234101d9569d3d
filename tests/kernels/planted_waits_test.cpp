// Planted faults: barriers and warp operations to which not all come.
#include <gtest/gtest.h>

#include "planted.hpp"

namespace gradbook {
namespace {

// ---- barriers -----------------------------------------------------------------------------------

constexpr int kHalf = __LINE__ + 5;
__global__ void half_waits(float* x) {
  __shared__ float tile[64];
  if (threadIdx.x < 32) {
    tile[threadIdx.x] = x[threadIdx.x];
    __syncthreads();
    x[threadIdx.x] = tile[31 - threadIdx.x];
  }
}

TEST(PlantedWaits, ABarrierInABranch) {
  expect_fault(
      {FaultKind::barrier,
       "half_waits",
       kHalf,
       "thread (0, 0, 0) of block (0, 0, 0) waits",
       {"for thread (32, 0, 0), which has ended", "no return before it, and no branch around"}},
      [] { launch(half_waits, {1}, {64})(counting(64).data()); });
}

constexpr int kEarly = __LINE__ + 6;
__global__ void returns_early(float* x, unsigned n) {
  __shared__ float tile[64];
  const unsigned i = blockIdx.x * blockDim.x + threadIdx.x;
  if (i >= n) return;
  tile[threadIdx.x] = x[i];
  __syncthreads();
  x[i] = tile[threadIdx.x] + tile[0];
}

TEST(PlantedWaits, AReturnBeforeTheBarrier) {
  expect_fault({FaultKind::barrier,
                "returns_early",
                kEarly,
                "thread (0, 0, 0) of block (1, 0, 0) waits",
                {"for thread (36, 0, 0), which has ended", "no return before it"}},
               [] { launch(returns_early, {2}, {64})(counting(100).data(), 100); });
}

constexpr int kTwo = __LINE__ + 4;
__global__ void two_barriers(float* x) {
  if (threadIdx.x % 2 == 0) {
    x[threadIdx.x] = 0;
    __syncthreads();
  } else {
    x[threadIdx.x] = 1;
    __syncthreads();
  }
}

TEST(PlantedWaits, TwoBarriersOfTwoBranches) {
  expect_fault(
      {FaultKind::barrier,
       "two_barriers",
       kTwo,
       "thread (0, 0, 0) of block (0, 0, 0) waits",
       {"for thread (1, 0, 0), which waits at planted_waits_test.cpp:" + std::to_string(kTwo + 3),
        "same __syncthreads()"}},
      [] { launch(two_barriers, {1}, {64})(counting(64).data()); });
}

constexpr int kSameLine = __LINE__ + 1;
__global__ void two_on_a_line() { threadIdx.x < 16 ? __syncthreads() : __syncthreads(); }

TEST(PlantedWaits, TwoBarriersOnOneLine) {
  expect_fault({FaultKind::barrier,
                "two_on_a_line",
                kSameLine,
                "thread (0, 0, 0) of block (0, 0, 0) waits",
                {"thread (16, 0, 0), which waits at planted_waits_test.cpp"}},
               [] { launch(two_on_a_line, {1}, {64})(); });
}

constexpr int kRounds = __LINE__ + 4;
__global__ void own_rounds(float* x) {
  for (unsigned i = threadIdx.x; i < 100; i += blockDim.x) {
    x[i] += 1;
    __syncthreads();
  }
}

TEST(PlantedWaits, ABarrierInALoopOfUnequalLength) {
  expect_fault({FaultKind::barrier,
                "own_rounds",
                kRounds,
                "thread (0, 0, 0) of block (0, 0, 0) waits",
                {"for thread (36, 0, 0), which has ended"}},
               [] { launch(own_rounds, {1}, {64})(counting(100).data()); });
}

// ---- warp operations ----------------------------------------------------------------------------

constexpr int kBranch = __LINE__ + 3;
__global__ void shuffle_in_branch(float* x) {
  float v = x[threadIdx.x];
  if (threadIdx.x < 16) v += __shfl_down_sync(0xffffffff, v, 8);
  x[threadIdx.x] = v;
}

TEST(PlantedWaits, AShuffleInABranch) {
  expect_fault({FaultKind::warp,
                "shuffle_in_branch",
                kBranch,
                "thread (0, 0, 0) of block (0, 0, 0) waits",
                {"for thread (16, 0, 0), which has ended", "mask 0xffffffff"}},
               [] { launch(shuffle_in_branch, {1}, {32})(counting(32).data()); });
}

constexpr int kGuarded = __LINE__ + 4;
__global__ void sum_of_warp(const float* x, float* sums, unsigned n) {
  if (threadIdx.x >= n) return;
  float v = x[threadIdx.x];
  for (unsigned d = 16; d > 0; d /= 2) v += __shfl_down_sync(0xffffffff, v, d);
  if (threadIdx.x % 32 == 0) sums[threadIdx.x / 32] = v;
}

TEST(PlantedWaits, AReturnBeforeTheShuffle) {
  expect_fault({FaultKind::warp,
                "sum_of_warp",
                kGuarded,
                "thread (32, 0, 0) of block (0, 0, 0) waits",
                {"for thread (50, 0, 0), which has ended"}},
               [] { launch(sum_of_warp, {1}, {64})(counting(50).data(), counting(2).data(), 50); });
}

TEST(PlantedWaits, ABlockThatIsNoMultipleOfAWarp) {
  expect_fault({FaultKind::warp,
                "sum_of_warp",
                kGuarded,
                "thread (32, 0, 0) of block (0, 0, 0)",
                {"lane 16", "A block of 48 threads has 16 lanes in its last warp"}},
               [] { launch(sum_of_warp, {1}, {48})(counting(48).data(), counting(2).data(), 48); });
}

constexpr int kTwoShuffles = __LINE__ + 5;
__global__ void two_shuffles(float* x) {
  const float v = x[threadIdx.x];
  float other = 0;
  if (threadIdx.x % 2 == 0)
    other = __shfl_down_sync(0xffffffff, v, 1);
  else
    other = __shfl_up_sync(0xffffffff, v, 1);
  x[threadIdx.x] = other;
}

TEST(PlantedWaits, TwoShufflesOfTwoBranches) {
  expect_fault({FaultKind::warp,
                "two_shuffles",
                kTwoShuffles,
                "thread (0, 0, 0) of block (0, 0, 0) waits",
                {"thread (1, 0, 0), which waits at planted_waits_test.cpp:" +
                 std::to_string(kTwoShuffles + 2)}},
               [] { launch(two_shuffles, {1}, {32})(counting(32).data()); });
}

constexpr int kNotInMask = __LINE__ + 3;
__global__ void not_in_mask(float* x) {
  float v = x[threadIdx.x];
  v += __shfl_xor_sync(0x0000ffff, v, 1);
  x[threadIdx.x] = v;
}

TEST(PlantedWaits, ALaneThatIsNotInItsMask) {
  expect_fault({FaultKind::warp,
                "not_in_mask",
                kNotInMask,
                "thread (16, 0, 0) of block (0, 0, 0) is not in the mask 0x0000ffff",
                {"a bit for each lane"}},
               [] { launch(not_in_mask, {1}, {32})(counting(32).data()); });
}

constexpr int kAsleep = __LINE__ + 3;
__global__ void takes_of_absent(float* x) {
  float v = x[threadIdx.x];
  if (threadIdx.x < 16) v = __shfl_sync(0x0000ffff, v, 20);
  x[threadIdx.x] = v;
}

TEST(PlantedWaits, AShuffleFromALaneThatDoesNotTakePart) {
  expect_fault({FaultKind::warp,
                "takes_of_absent",
                kAsleep,
                "thread (0, 0, 0) of block (0, 0, 0) takes",
                {"lane 20, which does not take part", "0x0000ffff"}},
               [] { launch(takes_of_absent, {1}, {32})(counting(32).data()); });
}

constexpr int kVote = __LINE__ + 2;
__global__ void vote_in_loop(const float* x, float* y) {
  for (float i = 0; i < x[threadIdx.x]; ++i) y[threadIdx.x] = __ballot_sync(0xffffffff, i > 2);
}

TEST(PlantedWaits, AVoteInALoopOfUnequalLength) {
  expect_fault({FaultKind::warp,
                "vote_in_loop",
                kVote,
                "thread (1, 0, 0) of block (0, 0, 0) waits",
                {"for thread (0, 0, 0), which has ended"}},
               [] { launch(vote_in_loop, {1}, {32})(counting(32).data(), counting(32).data()); });
}

constexpr int kWarpAndBarrier = __LINE__ + 3;
__global__ void warp_and_barrier() {
  if (threadIdx.x < 16)
    __syncwarp();
  else
    __syncthreads();
}

TEST(PlantedWaits, HalfAWarpAtTheBarrierOfTheBlock) {
  expect_fault({FaultKind::warp,
                "warp_and_barrier",
                kWarpAndBarrier,
                "thread (0, 0, 0) of block (0, 0, 0) waits",
                {"thread (16, 0, 0), which waits at planted_waits_test.cpp:" +
                 std::to_string(kWarpAndBarrier + 2)}},
               [] { launch(warp_and_barrier, {1}, {32})(); });
}

constexpr int kWidth = __LINE__ + 2;
__global__ void odd_width(float* x) {
  x[threadIdx.x] = __shfl_sync(0xffffffff, x[threadIdx.x], 0, 12);
}

TEST(PlantedWaits, AWidthThatIsNoPowerOfTwo) {
  expect_fault(
      {FaultKind::warp, "odd_width", kWidth, "thread (0, 0, 0) of block (0, 0, 0)", {"12"}},
      [] { launch(odd_width, {1}, {32})(counting(32).data()); });
}

}  // namespace
}  // namespace gradbook
