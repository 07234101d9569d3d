#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "09_cuda/elementwise.hpp"

namespace gradbook {
namespace {

using testing::Each;
using testing::ElementsAre;

TEST(Blocks, AreRoundedUp) {
  EXPECT_EQ(blocks_for(64, 32), 2u);
  EXPECT_EQ(blocks_for(65, 32), 3u) << "the one that is left over wants a block too";
  EXPECT_EQ(blocks_for(1, 256), 1u);
  EXPECT_EQ(blocks_for(0, 256), 0u) << "for nothing nothing is launched";
}

TEST(VectorAdd, AddsOneElementAThread) {
  const DeviceBuffer<float> a(std::vector<float>{1, 2, 3}), b(std::vector<float>{10, 20, 30});
  DeviceBuffer<float> c(3);
  expect_written_once(c.data());
  launch(vector_add_kernel, 1, 3)(a.data(), b.data(), c.data(), 3);
  EXPECT_THAT(c.to_host(), ElementsAre(11, 22, 33));
}

TEST(VectorAdd, LeavesThreadsBeyondTheEndIdle) {
  const DeviceBuffer<float> a(std::vector<float>(50, 1)), b(std::vector<float>(50, 2));
  DeviceBuffer<float> c(50);
  launch(vector_add_kernel, 2, 32)(a.data(), b.data(), c.data(), 50);
  EXPECT_THAT(c.to_host(), Each(3)) << "64 threads, 50 elements: the guard keeps 14 threads still";
}

TEST(VectorAdd, UsesTheBlocksNumber) {
  const DeviceBuffer<float> a(std::vector<float>{1, 2, 3, 4}), b(std::vector<float>{0, 0, 0, 0});
  DeviceBuffer<float> c(4);
  expect_written_once(c.data());
  launch(vector_add_kernel, 2, 2)(a.data(), b.data(), c.data(), 4);
  EXPECT_THAT(c.to_host(), ElementsAre(1, 2, 3, 4))
      << "thread 0 of block 1 is number 1 · 2 + 0 of all";
}

TEST(Map, StridesOverTheGrid) {
  std::vector<float> numbers(100);
  for (int i = 0; i < 100; ++i) numbers[i] = static_cast<float>(i);
  const DeviceBuffer<float> x(numbers);
  DeviceBuffer<float> y(100);
  expect_written_once(y.data());
  launch(map_kernel, 2, 8)(MapOp::neg, x.data(), y.data(), 100);
  const std::vector<float> negated = y.to_host();
  for (int i = 0; i < 100; ++i)
    ASSERT_EQ(negated[i], -i) << "16 threads, 100 elements: each takes every 16th";
}

TEST(Map, HasNothingToDoBeyondTheEnd) {
  DeviceBuffer<float> x(std::vector<float>{4, 9});
  launch(map_kernel, 1, 32)(MapOp::sqrt, x.data(), x.data(), 2);
  EXPECT_THAT(x.to_host(), ElementsAre(2, 3));
}

TEST(Zip, GoesAlongRowsByX) {
  const DeviceBuffer<float> a(std::vector<float>{1, 2, 3, 4, 5, 6}),
      b(std::vector<float>{10, 20, 30, 40, 50, 60});
  DeviceBuffer<float> c(6);
  expect_written_once(c.data());
  launch(zip_kernel, dim3{2, 1}, dim3{2, 4})(ZipOp::sub, b.data(), a.data(), c.data(), 2, 3);
  EXPECT_THAT(c.to_host(), ElementsAre(9, 18, 27, 36, 45, 54))
      << "a grid of 4 × 4 threads over 2 rows of 3: both axes need a guard, and a row has 3 "
         "numbers";
}

TEST(Zip, TouchesNeighboursTogether) {
  const DeviceBuffer<float> a(std::vector<float>(1024, 1)), b(std::vector<float>(1024, 2));
  DeviceBuffer<float> c(1024);
  count_warps(true);
  launch(zip_kernel, dim3{1, 4}, dim3{32, 8})(ZipOp::add, a.data(), b.data(), c.data(), 32, 32);
  EXPECT_EQ(last_launch().counters.global_sectors, 3 * 32 * 4)
      << "a warp of 32 neighbours reads 128 bytes, which are 4 sectors of 32: is x along the row?";
}

}  // namespace
}  // namespace gradbook
