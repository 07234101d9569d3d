#include <gtest/gtest.h>

#include "01_sample/sample.hpp"

namespace gradbook {

TEST(Square, OfANegativeNumberIsPositive) { EXPECT_EQ(square(-3), 9); }
TEST(Square, OfAHalfIsAQuarter) { EXPECT_EQ(square(0.5), 0.25); }

}  // namespace gradbook
