#include <gtest/gtest.h>

namespace gradbook {

int matmul_vectorised(int x);

namespace {

TEST(MatmulVectorised, SaysInItsNameWhatIsTrueWhenItPasses) {
  EXPECT_EQ(matmul_vectorised(3), 3) << "and here what to think about when it does not";
}

}  // namespace
}  // namespace gradbook
