#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "09_cuda/reduce.hpp"

namespace gradbook {
namespace {

using testing::ElementsAre;

// 1, 2, …, n
std::vector<float> counted(int n) {
  std::vector<float> numbers;
  for (int i = 1; i <= n; ++i) numbers.push_back(static_cast<float>(i));
  return numbers;
}

TEST(ReduceBlock, FoldsTheHalvesOntoEachOther) {
  const DeviceBuffer<float> x(counted(64));
  DeviceBuffer<float> partial(1);
  launch(reduce_block_kernel, 1, 64)(ReduceOp::sum, x.data(), partial.data(), 64);
  EXPECT_EQ(partial.to_host()[0], 2080) << "64 · 65 / 2";
  EXPECT_EQ(last_launch().counters.barriers, 7)
      << "after each step a thread reads what another has written: 64 threads take six steps, and "
         "the numbers must be there before the first";
}

}  // namespace
}  // namespace gradbook
