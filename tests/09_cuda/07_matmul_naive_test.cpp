#include <gtest/gtest.h>

namespace gradbook {

int matmul_naive(int x);

namespace {

TEST(MatmulNaive, SaysInItsNameWhatIsTrueWhenItPasses) {
  EXPECT_EQ(matmul_naive(3), 3) << "and here what to think about when it does not";
}

}  // namespace
}  // namespace gradbook
