#include <gtest/gtest.h>

namespace gradbook {

int matmul_tiled(int x);

namespace {

TEST(MatmulTiled, SaysInItsNameWhatIsTrueWhenItPasses) {
  EXPECT_EQ(matmul_tiled(3), 3) << "and here what to think about when it does not";
}

}  // namespace
}  // namespace gradbook
