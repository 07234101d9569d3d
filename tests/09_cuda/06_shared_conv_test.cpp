#include <gtest/gtest.h>

namespace gradbook {

int shared_conv(int x);

namespace {

TEST(SharedConv, SaysInItsNameWhatIsTrueWhenItPasses) {
  EXPECT_EQ(shared_conv(3), 3) << "and here what to think about when it does not";
}

}  // namespace
}  // namespace gradbook
