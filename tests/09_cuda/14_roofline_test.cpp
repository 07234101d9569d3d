#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <ostream>

#include "09_cuda/elementwise.hpp"
#include "09_cuda/roofline.hpp"
#include "support/messages.hpp"

namespace gradbook {

// How a failing test prints it
inline void PrintTo(Bound bound, std::ostream* out) {
  *out << (bound == Bound::memory ? "memory" : "compute");
}

namespace {

// A card that computes 100 FLOP/s and moves 20 bytes/s
constexpr Peak kToy{100, 20};
constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

TEST(Positive, HandsBackWhatItChecked) {
  EXPECT_EQ(positive("the clock", 1.5), 1.5);
  EXPECT_TRUE(names(message_of<RangeError>([] { positive("the clock", -3); }), "the clock", "-3"))
      << "a message names the number and its value";
  EXPECT_THROW(positive("the clock", 0), RangeError);
  EXPECT_THROW(positive("the clock", kNaN), RangeError)
      << "every comparison with NaN is false: ask whether x is right, not whether it is wrong";
}

TEST(PeakOf, IsWhatTheDataSheetSays) {
  EXPECT_NEAR(peak_of(kCards[0]).flops, 19.5e12, 0.05e12)
      << "A100: 108 × 64 cores, 1.41 · 10⁹ cycles, and in each a multiplication and an addition";
  EXPECT_NEAR(peak_of(kCards[0]).bytes, 1555e9, 1e9) << "5120 wires, and a byte has 8 bits";
  EXPECT_NEAR(peak_of(kCards[1]).flops, 66.9e12, 0.05e12) << "H100 SXM";
  EXPECT_NEAR(peak_of(kCards[2]).bytes, 936e9, 1e9) << "RTX 3090";
  Card broken = kCards[2];
  broken.bus_bits = 0;
  EXPECT_THROW(peak_of(broken), RangeError) << "a card without wires to its memory";
}

TEST(Intensity, IsFlopForEachByte) {
  EXPECT_EQ(intensity({6, 12}), 0.5);
  EXPECT_EQ(intensity({0, 8}), 0) << "a copy computes nothing, and is work all the same";
  EXPECT_THROW(intensity({6, 0}), RangeError) << "FLOP for each byte of none";
}

TEST(Roof, SlopesUpToTheRidge) {
  EXPECT_EQ(ridge_point(kToy), 5) << "100 FLOP/s need 5 FLOP for each of 20 bytes/s";
  EXPECT_EQ(attainable_flops(kToy, 2), 40) << "left of the ridge: 20 bytes/s with 2 FLOP each";
  EXPECT_EQ(attainable_flops(kToy, 8), 100) << "right of it the cores are the limit";
  EXPECT_EQ(bound_of(kToy, 2), Bound::memory);
  EXPECT_EQ(bound_of(kToy, 5), Bound::compute) << "at the ridge both take the same time";
  EXPECT_THROW(attainable_flops(kToy, -1), RangeError);
  EXPECT_THROW(bound_of({100, 0}, 1), RangeError) << "a card that moves no bytes";
}

TEST(GemmWork, ReadsLessWithLargerTiles) {
  const Work naive = gemm_work(4, 6, 10, 1), ideal = gemm_work(4, 6, 10, 100);
  EXPECT_EQ(naive.flops, 480) << "2mnk";
  EXPECT_EQ(naive.bytes, 4 * (2 * 240 + 24))
      << "each of 24 outputs reads 10 and 10, and is written";
  EXPECT_EQ(ideal.bytes, 4 * (40 + 60 + 24)) << "one tile holds all of C: everything once";
  EXPECT_EQ(gemm_work(4, 6, 10, 4).bytes, 4 * (2 * 40 + 60 + 24))
      << "1 × 2 tiles, the second narrower: A is read for each of the two, B once";
  EXPECT_EQ(gemm_work(8192, 8192, 8192, 1).flops, 1099511627776.)
      << "2 · 8192³ is 2⁴⁰: more than an int holds";
  EXPECT_THROW(gemm_work(4, 6, 10, 0), RangeError);
}

TEST(CountedWork, TakesWhatALaunchDid) {
  const DeviceBuffer<float> a(std::vector<float>(64, 1)), b(std::vector<float>(64, 2));
  DeviceBuffer<float> c(64);
  launch(vector_add_kernel, 2, 32)(a.data(), b.data(), c.data(), 64);
  const Work work = counted_work(64, last_launch().counters);
  EXPECT_EQ(work.bytes, 3 * 64 * 4) << "two numbers are read, and one is written, for each sum";
  EXPECT_EQ(intensity(work), 1. / 12) << "one addition for 12 bytes";
  EXPECT_THROW(counted_work(64, KernelCounters{}), RangeError)
      << "no bytes: nothing was launched, or checks were off";
}

TEST(CountedWork, CountsSectorsWhereItCan) {
  KernelCounters counters;
  counters.global_read_bytes = 128;
  counters.global_sectors = 32;
  EXPECT_EQ(counted_work(1, counters).bytes, 1024)
      << "32 numbers that lie far apart are in 32 sectors, and each sector comes whole";
}

TEST(PredictedSeconds, IsTheLongerOfTwoTimes) {
  EXPECT_EQ(predicted_seconds(kToy, {200, 20}), 2) << "2 s of computing, 1 s of memory, at once";
  EXPECT_EQ(predicted_seconds(kToy, {200, 60}), 3) << "2 s of computing, 3 s of memory";
  EXPECT_EQ(predicted_seconds(kToy, {0, 20}), 1) << "a copy";
  EXPECT_THROW(predicted_seconds(kToy, {-1, 20}), RangeError);
}

TEST(ShareOfRoof, ComparesWithTheMeasuredTime) {
  EXPECT_EQ(share_of_roof(kToy, {200, 60}, 6), 0.5) << "3 s would have been enough, it took 6";
  EXPECT_THROW(share_of_roof(kToy, {200, 60}, 0), RangeError)
      << "a time of 0 says that nothing was measured";
}

}  // namespace
}  // namespace gradbook
