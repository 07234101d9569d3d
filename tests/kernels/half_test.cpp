// Numbers of 16 bits: all of them, and how others are rounded to them.
#include <gtest/gtest.h>

#include <cmath>

#include "kernels/cuda.hpp"

namespace gradbook {
namespace {

__half of_bits(unsigned bits) {
  __half number;
  number.bits = static_cast<std::uint16_t>(bits);
  return number;
}

TEST(Half, IsWhatItsBitsSay) {
  EXPECT_EQ(float(of_bits(0x0000)), 0);
  EXPECT_EQ(float(of_bits(0x3c00)), 1);
  EXPECT_EQ(float(of_bits(0xc000)), -2);
  EXPECT_EQ(float(of_bits(0x3555)), 0x1.554p-2f) << "about a third";
  EXPECT_EQ(float(of_bits(0x7bff)), 65504) << "the largest";
  EXPECT_EQ(float(of_bits(0x0001)), 0x1p-24f) << "the smallest above 0";
  EXPECT_EQ(float(of_bits(0x0400)), 0x1p-14f);
  EXPECT_EQ(float(of_bits(0xfc00)), -INFINITY);
  EXPECT_TRUE(std::isnan(float(of_bits(0x7e00))));
}

TEST(Half, ComesBackAsItWas) {
  for (unsigned bits = 0; bits < 0x10000; ++bits) {
    const float wide = of_bits(bits);
    if (std::isnan(wide)) continue;
    ASSERT_EQ(__float2half(wide).bits, bits);
  }
}

TEST(Half, IsTheNearestAndOfTwoTheEvenOne) {
  for (unsigned bits = 0; bits < 0x7bff; ++bits) {
    const float low = of_bits(bits), high = of_bits(bits + 1), middle = (low + high) / 2;
    ASSERT_EQ(__float2half(std::nextafter(middle, 0.0f)).bits, bits);
    ASSERT_EQ(__float2half(middle).bits, bits + bits % 2);
    ASSERT_EQ(__float2half(std::nextafter(middle, INFINITY)).bits, bits + 1);
  }
  EXPECT_EQ(__float2half(65519.9f).bits, 0x7bff);
  EXPECT_EQ(__float2half(65520.0f).bits, 0x7c00) << "infinite";
  EXPECT_EQ(__float2half(-1e9f).bits, 0xfc00);
  EXPECT_TRUE(std::isnan(__half2float(__float2half(NAN))));
}

TEST(Half, RoundsWhatItComputes) {
  const __half large = 2048.0f, one = 1.0f;
  EXPECT_EQ(float(large + one), 2048) << "2049 has one bit too many";
  EXPECT_EQ(float(one / __half(3.0f)), 0x1.554p-2f);
  EXPECT_EQ(float(large * large), INFINITY);
  EXPECT_EQ(float(one - large), -2047);
}

}  // namespace
}  // namespace gradbook
