#include <gtest/gtest.h>

#include "01_sample/sample.hpp"

namespace gradbook {

TEST(Fourth, OfANegativeNumberIsPositive) { EXPECT_EQ(fourth(-3), 81); }
TEST(Fourth, OfAHalfIsASixteenth) { EXPECT_EQ(fourth(0.5), 0.0625); }

}  // namespace gradbook
