// Planted faults: tensor cores.
#include <gtest/gtest.h>

#include <cmath>

#include "planted.hpp"

namespace gradbook {
namespace {

namespace wmma = nvcuda::wmma;

using Left = wmma::fragment<wmma::matrix_a, 16, 16, 16, __half, wmma::row_major>;
using Right = wmma::fragment<wmma::matrix_b, 16, 16, 16, __half, wmma::col_major>;
using Sum = wmma::fragment<wmma::accumulator, 16, 16, 16, float>;

DeviceBuffer<__half> halves(std::size_t n) {
  return DeviceBuffer<__half>(std::vector<__half>(n, __half(1.0f)));
}

constexpr int kHalfAWarp = __LINE__ + 3;
__global__ void half_a_warp(const __half* a) {
  Left tile;
  if (threadIdx.x < 16) wmma::load_matrix_sync(tile, a, 16);
}

TEST(PlantedMatrices, NotAllLanesCome) {
  expect_fault({FaultKind::warp,
                "half_a_warp",
                kHalfAWarp,
                "thread (0, 0, 0) of block (0, 0, 0) waits in a warp operation",
                {"for thread (16, 0, 0), which has ended"}},
               [] { launch(half_a_warp, {1}, {32})(halves(256).data()); });
}

constexpr int kSmall = __LINE__ + 3;
__global__ void small_block(const __half* a) {
  Left tile;
  wmma::load_matrix_sync(tile, a, 16);
}

TEST(PlantedMatrices, ABlockOfLessThanAWarp) {
  expect_fault({FaultKind::warp,
                "small_block",
                kSmall,
                "thread (0, 0, 0) of block (0, 0, 0) calls an operation of whole warps",
                {"its warp has 16 lanes", "a multiple of 32 threads"}},
               [] { launch(small_block, {1}, {16})(halves(256).data()); });
}

constexpr int kOffset = __LINE__ + 3;
__global__ void between(const __half* a, int first) {
  Left tile;
  wmma::load_matrix_sync(tile, a + first, 16);
}

TEST(PlantedMatrices, ATileThatBeginsAnywhere) {
  expect_fault({FaultKind::misaligned,
                "between",
                kOffset,
                "thread (0, 0, 0) of block (0, 0, 0) gives a tile",
                {"begins 16 bytes past a multiple of 32"}},
               [] { launch(between, {1}, {32})(halves(512).data(), 8); });
}

constexpr int kLeading = __LINE__ + 3;
__global__ void odd_rows(const __half* a, unsigned leading) {
  Left tile;
  wmma::load_matrix_sync(tile, a, leading);
}

TEST(PlantedMatrices, RowsThatAreNoMultipleOf8) {
  for (const unsigned leading : {17u, 12u, 0u}) {
    expect_fault({FaultKind::misaligned,
                  "odd_rows",
                  kLeading,
                  "thread (0, 0, 0) of block (0, 0, 0) gives a tile",
                  {"the leading dimension " + std::to_string(leading), "a multiple of 8 numbers"}},
                 [=] { launch(odd_rows, {1}, {32})(halves(512).data(), leading); });
  }
}

TEST(PlantedMatrices, ATileThatReachesPastTheEnd) {
  expect_fault({FaultKind::out_of_bounds,
                "odd_rows",
                kLeading,
                "of block (0, 0, 0) reads",
                {"of device memory that has"}},
               [] { launch(odd_rows, {1}, {32})(halves(480).data(), 32u); });
}

constexpr int kEachItsOwn = __LINE__ + 3;
__global__ void each_its_own(const __half* a) {
  Left tile;
  wmma::load_matrix_sync(tile, a + threadIdx.x * 16, 16);
}

TEST(PlantedMatrices, EachLaneItsOwnTile) {
  expect_fault({FaultKind::warp,
                "each_its_own",
                kEachItsOwn,
                "thread (1, 0, 0) of block (0, 0, 0) gives another tile",
                {"from the warp's number, not from the thread's"}},
               [] { launch(each_its_own, {1}, {32})(halves(2048).data()); });
}

constexpr int kNoBarrier = __LINE__ + 5;
__global__ void no_barrier(const __half* a) {
  __shared__ __align__(32) __half tile[256];
  for (unsigned i = threadIdx.x; i < 256; i += 64) tile[i] = a[i];
  Left left;
  wmma::load_matrix_sync(left, tile, 16);
}

TEST(PlantedMatrices, NoBarrierBeforeATileInSharedMemory) {
  expect_fault({FaultKind::race,
                "no_barrier",
                kNoBarrier,
                "of block (0, 0, 0) reads a place in shared memory",
                {"has written"}},
               [] { launch(no_barrier, {1}, {64})(halves(256).data()); });
}

constexpr int kSameTile = __LINE__ + 4;
__global__ void same_tile(float* c) {
  Sum sum;
  wmma::fill_fragment(sum, 1.0f);
  wmma::store_matrix_sync(c, sum, 16, wmma::mem_row_major);
}

TEST(PlantedMatrices, TwoWarpsStoreOneTile) {
  expect_fault({FaultKind::race,
                "same_tile",
                kSameTile,
                "of block (0, 0, 0) writes a place in device memory",
                {"has written"}},
               [] { launch(same_tile, {1}, {64})(DeviceBuffer<float>(256).data()); });
}

__global__ void forgets_to_fill(const __half* a, float* c) {
  Left left;
  Right right;
  Sum sum;
  wmma::load_matrix_sync(left, a, 16);
  wmma::load_matrix_sync(right, a, 16);
  wmma::mma_sync(sum, left, right, sum);
  wmma::store_matrix_sync(c, sum, 16, wmma::mem_row_major);
}

TEST(PlantedMatrices, WhatWasNeverFilledIsNoNumber) {
  DeviceBuffer<float> c(256);
  launch(forgets_to_fill, {1}, {32})(halves(256).data(), c.data());
  for (const float number : c.to_host()) EXPECT_TRUE(std::isnan(number));
}

}  // namespace
}  // namespace gradbook
