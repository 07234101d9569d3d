#include <gtest/gtest.h>

namespace gradbook {

int scan(int x);

namespace {

TEST(Scan, SaysInItsNameWhatIsTrueWhenItPasses) {
  EXPECT_EQ(scan(3), 3) << "and here what to think about when it does not";
}

}  // namespace
}  // namespace gradbook
