#include "00_course/error.hpp"

#include <gtest/gtest.h>

#include <string>

namespace gradbook {
namespace {

TEST(Error, PutsItsMessageTogether) {
  const std::size_t three = 3;
  EXPECT_STREQ(ShapeError("lengths ", three, " and ", 4, ", ", -5L, " of ", 0.5).what(),
               "lengths 3 and 4, -5 of 0.5");
}

TEST(Error, TakesAString) { EXPECT_STREQ(RangeError(std::string("index 3")).what(), "index 3"); }

TEST(Error, CutsAMessageThatIsTooLong) {
  EXPECT_EQ(std::string(ShapeError(std::string(1000, 'x')).what()), std::string(255, 'x'));
}

}  // namespace
}  // namespace gradbook
