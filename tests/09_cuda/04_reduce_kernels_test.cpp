#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <numeric>

#include "09_cuda/reduce.hpp"

namespace gradbook {
namespace {

using testing::ElementsAre;

// 1, 2, …, n
std::vector<float> counted(int n) {
  std::vector<float> numbers(static_cast<std::size_t>(n));
  std::iota(numbers.begin(), numbers.end(), 1.0f);
  return numbers;
}

TEST(ReduceBlock, FoldsHalfOntoHalf) {
  const DeviceBuffer<float> x(counted(64));
  DeviceBuffer<float> partial(1);
  launch(reduce_block_kernel, 1, 64)(ReduceOp::sum, x.data(), partial.data(), 64);
  EXPECT_EQ(partial.to_host()[0], 2080) << "64 · 65 / 2";
  EXPECT_LE(last_launch().counters.barriers, 7)
      << "64 numbers take six steps, and a barrier after each; one more after loading";
}

TEST(ReduceBlock, StridesOverTheGrid) {
  const DeviceBuffer<float> x(counted(20));
  DeviceBuffer<float> partial(2);
  expect_written_once(partial.data());
  launch(reduce_block_kernel, 2, 4)(ReduceOp::sum, x.data(), partial.data(), 20);
  EXPECT_THAT(partial.to_host(), ElementsAre(1 + 2 + 3 + 4 + 9 + 10 + 11 + 12 + 17 + 18 + 19 + 20,
                                             5 + 6 + 7 + 8 + 13 + 14 + 15 + 16))
      << "8 threads, 20 numbers: each thread takes every 8th, and then the blocks fold theirs";
}

TEST(ReduceBlock, BeginsWithWhatChangesNothing) {
  const DeviceBuffer<float> x(std::vector<float>{-3, -1, -2});
  DeviceBuffer<float> partial(2);
  launch(reduce_block_kernel, 2, 32)(ReduceOp::max_of, x.data(), partial.data(), 3);
  EXPECT_THAT(partial.to_host(), ElementsAre(-1, -INFINITY))
      << "29 threads of the first block and all of the second have no number: what do they bring?";
  launch(reduce_block_kernel, 2, 32)(ReduceOp::prod, x.data(), partial.data(), 3);
  EXPECT_THAT(partial.to_host(), ElementsAre(-6, 1));
}

TEST(ReduceBlock, KeepsItsLanesTogether) {
  const DeviceBuffer<float> x(counted(512));
  DeviceBuffer<float> partial(1);
  count_warps(true);
  launch(reduce_block_kernel, 1, 512)(ReduceOp::sum, x.data(), partial.data(), 512);
  count_warps(false);
  EXPECT_EQ(last_launch().counters.bank_conflicts, 0)
      << "lanes that read every second or fourth number wait for each other's banks";
  EXPECT_LE(last_launch().counters.divergent, 64)
      << "if the threads that still work are the first ones, most warps are idle as a whole; if "
         "they are every second and every fourth one, all warps go on with a few lanes each";
}

TEST(ReduceWarp, FoldsARowABlock) {
  const DeviceBuffer<float> x(counted(300));
  DeviceBuffer<float> y(3);
  expect_written_once(y.data());
  launch(reduce_warp_kernel, 3, 64)(ReduceOp::sum, x.data(), y.data(), 100);
  EXPECT_THAT(y.to_host(), ElementsAre(5050, 15050, 25050))
      << "row r begins at r · columns, and its 100 numbers are for 64 threads";
}

TEST(ReduceWarp, TakesWarpsThatAreNotFull) {
  const DeviceBuffer<float> x(counted(70));
  DeviceBuffer<float> y(1);
  for (const unsigned threads : {1u, 8u, 33u, 40u, 50u}) {
    launch(reduce_warp_kernel, 1, threads)(ReduceOp::sum, x.data(), y.data(), 70);
    EXPECT_EQ(y.to_host()[0], 2485)
        << threads << " threads: the last warp has fewer than 32 lanes, and there is nothing to "
        << "get from a lane that does not exist";
  }
}

TEST(ReduceWarp, BeginsWithWhatChangesNothing) {
  const DeviceBuffer<float> x(std::vector<float>{-4, -5, -6});
  DeviceBuffer<float> y(1);
  launch(reduce_warp_kernel, 1, 64)(ReduceOp::max_of, x.data(), y.data(), 3);
  EXPECT_EQ(y.to_host()[0], -4);
  launch(reduce_warp_kernel, 1, 64)(ReduceOp::prod, x.data(), y.data(), 0);
  EXPECT_EQ(y.to_host()[0], 1) << "a row of no columns";
}

TEST(ReduceWarp, HandsNumbersOnInRegisters) {
  const DeviceBuffer<float> x(counted(256));
  DeviceBuffer<float> y(1);
  launch(reduce_warp_kernel, 1, 256)(ReduceOp::sum, x.data(), y.data(), 256);
  EXPECT_LE(last_launch().counters.shared_writes, 8) << "eight warps leave one number each";
  EXPECT_LE(last_launch().counters.barriers, 2) << "within a warp a shuffle needs no barrier";
}

TEST(ReduceOnDevice, LaunchesTwice) {
  const DeviceBuffer<float> x(std::vector<float>(70000, 1));
  EXPECT_EQ(reduce_on_device(ReduceOp::sum, x.data(), 70000), 70000);
  EXPECT_LE(last_launch().counters.global_reads, 1024)
      << "the second launch folds what the blocks of the first have left, and no more";
  EXPECT_EQ(last_launch().grid.x, 1u);
}

TEST(ReduceOnDevice, KnowsWhatNothingComesTo) {
  EXPECT_EQ(reduce_on_device(ReduceOp::sum, nullptr, 0), 0);
  EXPECT_EQ(reduce_on_device(ReduceOp::max_of, nullptr, 0), -INFINITY);
}

TEST(ReduceOnDevice, LetsNothingHideANumberThatIsNone) {
  std::vector<float> numbers = counted(300);
  numbers[137] = NAN;
  const DeviceBuffer<float> x(numbers);
  EXPECT_TRUE(std::isnan(reduce_on_device(ReduceOp::max_of, x.data(), 300)))
      << "every comparison with NaN is false: fold by apply(op, a, b), which knows";
}

}  // namespace
}  // namespace gradbook
