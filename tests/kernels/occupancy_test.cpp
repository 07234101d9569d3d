// How full a multiprocessor is, against what one counts by hand.
#include "kernels/occupancy.hpp"

#include <gtest/gtest.h>

#include <stdexcept>

namespace gradbook {
namespace {

void expect(const Occupancy& is, int blocks, int warps, const char* limited_by) {
  EXPECT_EQ(is.blocks, blocks);
  EXPECT_EQ(is.warps, warps);
  EXPECT_DOUBLE_EQ(is.share, warps / 64.0);
  EXPECT_STREQ(is.limited_by, limited_by);
}

TEST(Occupancy, IsLimitedByWhateverRunsOutFirst) {
  expect(occupancy(sm_80, 256, 32, 0), 8, 64, "warps");
  expect(occupancy(sm_80, 32, 16, 0), 32, 32, "blocks");
  // 65 registers × 32 are 2080, given out as 2304: 28 warps fit, three blocks of 8
  expect(occupancy(sm_80, 256, 65, 0), 3, 24, "registers");
  expect(occupancy(sm_80, 256, 255, 0), 1, 8, "registers");
  // 48 KiB and the 1 KiB of the system: three of them in 164 KiB, four in 228 KiB
  expect(occupancy(sm_80, 256, 32, 48 * 1024), 3, 24, "shared memory");
  expect(occupancy(sm_90, 256, 32, 48 * 1024), 4, 32, "shared memory");
  expect(occupancy(sm_100, 1024, 255, 0), 0, 0, "registers");
}

TEST(Occupancy, RefusesWhatNoKernelHas) {
  EXPECT_THROW(occupancy(sm_80, 0, 32, 0), std::invalid_argument);
  EXPECT_THROW(occupancy(sm_80, 1025, 32, 0), std::invalid_argument);
  EXPECT_THROW(occupancy(sm_80, 256, 256, 0), std::invalid_argument);
}

}  // namespace
}  // namespace gradbook
