#include <gtest/gtest.h>

namespace gradbook {

int roofline(int x);

namespace {

TEST(Roofline, SaysInItsNameWhatIsTrueWhenItPasses) {
  EXPECT_EQ(roofline(3), 3) << "and here what to think about when it does not";
}

}  // namespace
}  // namespace gradbook
