#include <gtest/gtest.h>

namespace gradbook {

int fused_rows(int x);

namespace {

TEST(FusedRows, SaysInItsNameWhatIsTrueWhenItPasses) {
  EXPECT_EQ(fused_rows(3), 3) << "and here what to think about when it does not";
}

}  // namespace
}  // namespace gradbook
