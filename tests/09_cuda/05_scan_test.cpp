#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "09_cuda/scan.hpp"

namespace gradbook {
namespace {

using testing::Each;
using testing::ElementsAre;

TEST(ScanBlock, CountsItsOwnNumberOrNot) {
  const DeviceBuffer<float> x(std::vector<float>{3, 1, 4, 1, 5});
  DeviceBuffer<float> y(5);
  expect_written_once(y.data());
  launch(scan_block_kernel, 1, 8)(Scan::inclusive, x.data(), y.data(), nullptr, 5);
  EXPECT_THAT(y.to_host(), ElementsAre(3, 4, 8, 9, 14));
  launch(scan_block_kernel, 1, 8)(Scan::exclusive, x.data(), y.data(), nullptr, 5);
  EXPECT_THAT(y.to_host(), ElementsAre(0, 3, 4, 8, 9)) << "what came before, one place further";
}

TEST(ScanBlock, ScansEachBlockOnItsOwn) {
  const DeviceBuffer<float> x(std::vector<float>{1, 2, 3, 4, 5, 6, 7});
  DeviceBuffer<float> y(7), totals(2);
  expect_written_once(totals.data());
  launch(scan_block_kernel, 2, 4)(Scan::exclusive, x.data(), y.data(), totals.data(), 7);
  EXPECT_THAT(y.to_host(), ElementsAre(0, 1, 3, 6, 0, 5, 11));
  EXPECT_THAT(totals.to_host(), ElementsAre(10, 18))
      << "a total has every number of its block in it, whatever the kind, and also where the last "
         "threads have none";
}

TEST(ScanBlock, WorksInPlaceAndInAnyBlock) {
  for (const unsigned threads : {33u, 50u, 64u}) {
    DeviceBuffer<float> x(std::vector<float>(threads, 2));
    launch(scan_block_kernel, 1, threads)(Scan::inclusive, x.data(), x.data(), nullptr,
                                          static_cast<int>(threads));
    const std::vector<float> y = x.to_host();
    for (unsigned i = 0; i < threads; ++i)
      ASSERT_EQ(y[i], 2.0f * static_cast<float>(i + 1)) << i << " of a block of " << threads;
  }
}

TEST(ScanBlock, TakesNothingAway) {
  const DeviceBuffer<float> x(std::vector<float>{1, INFINITY, 2});
  DeviceBuffer<float> y(3);
  launch(scan_block_kernel, 1, 4)(Scan::exclusive, x.data(), y.data(), nullptr, 3);
  EXPECT_THAT(y.to_host(), ElementsAre(0, 1, INFINITY))
      << "∞ − ∞ is no number: an exclusive sum is no inclusive one less its own number";
}

TEST(ScanBlock, TakesFewSteps) {
  const DeviceBuffer<float> x(std::vector<float>(256, 1));
  DeviceBuffer<float> y(256);
  count_warps(true);
  launch(scan_block_kernel, 1, 256)(Scan::inclusive, x.data(), y.data(), nullptr, 256);
  count_warps(false);
  EXPECT_EQ(y.to_host()[255], 256);
  EXPECT_LE(last_launch().counters.barriers, 18)
      << "256 threads: 8 steps, at most two barriers each";
  EXPECT_LE(last_launch().counters.shared_reads, 256 * 18)
      << "a thread reads two numbers a step; it does not walk over all that came before";
}

TEST(AddOffsets, AddsOneNumberToAllOfABlock) {
  DeviceBuffer<float> y(std::vector<float>{1, 2, 3, 4, 5});
  const DeviceBuffer<float> offsets(std::vector<float>{10, 20, 30});
  launch(add_offsets_kernel, 3, 2)(y.data(), offsets.data(), 5);
  EXPECT_THAT(y.to_host(), ElementsAre(11, 12, 23, 24, 35));
}

TEST(ScanOnDevice, ScansTheTotalsLikewise) {
  for (const int n : {1, 3, 4, 5, 16, 17, 65}) {
    DeviceBuffer<float> x(std::vector<float>(static_cast<std::size_t>(n), 1)), y(x.size());
    scan_on_device(Scan::inclusive, x.data(), y.data(), n, 4);
    std::vector<float> sums = y.to_host();
    for (int i = 0; i < n; ++i)
      ASSERT_EQ(sums[i], i + 1) << n << " numbers by blocks of 4: 17 of them have 5 totals, which "
                                << "are more than a block again";
    scan_on_device(Scan::exclusive, x.data(), x.data(), n, 4);
    sums = x.to_host();
    for (int i = 0; i < n; ++i) ASSERT_EQ(sums[i], i) << n << " numbers, exclusive, in place";
  }
}

TEST(ScanOnDevice, RefusesBlocksThatGetNowhere) {
  EXPECT_THROW(scan_on_device(Scan::inclusive, nullptr, nullptr, 0, 1), DeviceError)
      << "blocks of one thread have as many totals as there are numbers";
  scan_on_device(Scan::inclusive, nullptr, nullptr, 0, 2);
}

}  // namespace
}  // namespace gradbook
