// Planted faults: asynchronous copies into shared memory.
#include <gtest/gtest.h>

#include "planted.hpp"

namespace gradbook {
namespace {

std::string line(int number) { return "planted_copies_test.cpp:" + std::to_string(number); }

constexpr int kNoWait = __LINE__ + 3;
__global__ void no_wait(const float* x, float* out) {
  __shared__ float tile[64];
  __pipeline_memcpy_async(&tile[threadIdx.x], &x[threadIdx.x], 4);
  __pipeline_commit();
  __syncthreads();
  out[threadIdx.x] = tile[63 - threadIdx.x];
}

TEST(PlantedCopies, NobodyWaits) {
  expect_fault(
      {FaultKind::uninitialised,
       "no_wait",
       kNoWait + 3,
       "thread (0, 0, 0) of block (0, 0, 0) reads",
       {"a copy is on its way that thread (63, 0, 0) has begun at " + line(kNoWait),
        "after a __pipeline_wait_prior(0) of that thread and a __syncthreads() after it"}},
      [] { launch(no_wait, {1}, {64})(counting(64).data(), DeviceBuffer<float>(64).data()); });
}

constexpr int kNoCommit = __LINE__ + 3;
__global__ void no_commit(const float* x, float* out) {
  __shared__ float tile[64];
  __pipeline_memcpy_async(&tile[threadIdx.x], &x[threadIdx.x], 4);
  __pipeline_wait_prior(0);
  out[threadIdx.x] = tile[threadIdx.x];
}

TEST(PlantedCopies, NobodyCommits) {
  expect_fault(
      {FaultKind::uninitialised,
       "no_commit",
       kNoCommit + 2,
       "thread (0, 0, 0) of block (0, 0, 0) reads",
       {"that it has begun at " + line(kNoCommit), "a __pipeline_commit(), which is"}},
      [] { launch(no_commit, {1}, {64})(counting(64).data(), DeviceBuffer<float>(64).data()); });
}

// The second tile takes the place of the first one, and is read before it has come
constexpr int kStale = __LINE__ + 9;
__global__ void stale(const float* x, float* out) {
  __shared__ float tile[64];
  float sum = 0;
  for (unsigned i = 0; i < 2; ++i) {
    __pipeline_memcpy_async(&tile[threadIdx.x], &x[64 * i + threadIdx.x], 4);
    __pipeline_commit();
    __pipeline_wait_prior(i);
    __syncthreads();
    sum += tile[63 - threadIdx.x];
    __syncthreads();
  }
  out[threadIdx.x] = sum;
}

TEST(PlantedCopies, OldNumbersAreReadInPlaceOfNewOnes) {
  expect_fault(
      {FaultKind::uninitialised,
       "stale",
       kStale,
       "thread (0, 0, 0) of block (0, 0, 0) reads",
       {"a copy is on its way that thread (63, 0, 0)"}},
      [] { launch(stale, {1}, {64})(counting(128).data(), DeviceBuffer<float>(64).data()); });
}

constexpr int kNoBarrier = __LINE__ + 6;
__global__ void no_barrier(const float* x, float* out) {
  __shared__ float tile[64];
  __pipeline_memcpy_async(&tile[threadIdx.x], &x[threadIdx.x], 4);
  __pipeline_commit();
  __pipeline_wait_prior(0);
  out[threadIdx.x] = tile[63 - threadIdx.x];
}

TEST(PlantedCopies, NoBarrierBehindTheWait) {
  expect_fault(
      {FaultKind::race,
       "no_barrier",
       kNoBarrier,
       "thread (32, 0, 0) of block (0, 0, 0) reads a place in shared memory",
       {"that thread (31, 0, 0) of the same block has written",
        "A __syncthreads() between the two"}},
      [] { launch(no_barrier, {1}, {64})(counting(64).data(), DeviceBuffer<float>(64).data()); });
}

constexpr int kOverwrites = __LINE__ + 7;
__global__ void overwrites(const float* x, float* out) {
  __shared__ float tile[64];
  float sum = 0;
  for (unsigned i = 0; i < 2; ++i) {
    if (i == 0) tile[threadIdx.x] = 1;
    if (i == 0) __syncthreads();
    sum += tile[63 - threadIdx.x];
    if (i == 1) break;
    __pipeline_memcpy_async(&tile[threadIdx.x], &x[threadIdx.x], 4);
    __pipeline_commit();
    __pipeline_wait_prior(0);
    __syncthreads();
  }
  out[threadIdx.x] = sum;
}

TEST(PlantedCopies, ACopyIntoWhatAnotherStillReads) {
  expect_fault(
      {FaultKind::race,
       "overwrites",
       kOverwrites,
       "thread (32, 0, 0) of block (0, 0, 0) reads a place in shared memory",
       {"that thread (31, 0, 0) of the same block has written"}},
      [] { launch(overwrites, {1}, {64})(counting(64).data(), DeviceBuffer<float>(64).data()); });
}

constexpr int kCopy = __LINE__ + 3;
__global__ void copy_from(const float* x, int first, std::size_t size) {
  __shared__ __align__(16) float tile[64];
  __pipeline_memcpy_async(&tile[4 * threadIdx.x], &x[first + 4 * int(threadIdx.x)], size);
  __pipeline_commit();
  __pipeline_wait_prior(0);
}

TEST(PlantedCopies, BetweenTwoPlacesOrPastTheEnd) {
  expect_fault({FaultKind::misaligned,
                "copy_from",
                kCopy,
                "thread (0, 0, 0) of block (0, 0, 0) reads 16 bytes",
                {"4 bytes past a multiple of 16"}},
               [] { launch(copy_from, {1}, {8})(counting(64).data(), 1, 16); });
  expect_fault({FaultKind::out_of_bounds,
                "copy_from",
                kCopy,
                "thread (4, 0, 0) of block (0, 0, 0) reads element 4",
                {"has 4 of 16 bytes each"}},
               [] { launch(copy_from, {1}, {8})(counting(16).data(), 0, 16); });
  expect_fault({FaultKind::misaligned,
                "copy_from",
                kCopy,
                "thread (0, 0, 0) of block (0, 0, 0) copies 12 bytes",
                {"4, 8 or 16 bytes"}},
               [] { launch(copy_from, {1}, {8})(counting(64).data(), 0, 12); });
}

constexpr int kTurned = __LINE__ + 3;
__global__ void turned(float* x) {
  __shared__ float tile[64];
  __pipeline_memcpy_async(&x[threadIdx.x], &tile[threadIdx.x], 4);
  __pipeline_commit();
  __pipeline_wait_prior(0);
}

TEST(PlantedCopies, TheOtherWayRound) {
  expect_fault({FaultKind::foreign,
                "turned",
                kTurned,
                "thread (0, 0, 0) of block (0, 0, 0) begins a copy",
                {"The first argument is the shared memory"}},
               [] { launch(turned, {1}, {64})(counting(64).data()); });
}

}  // namespace
}  // namespace gradbook
