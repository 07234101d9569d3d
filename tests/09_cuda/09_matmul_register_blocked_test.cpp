#include <gtest/gtest.h>

namespace gradbook {

int matmul_register_blocked(int x);

namespace {

TEST(MatmulRegisterBlocked, SaysInItsNameWhatIsTrueWhenItPasses) {
  EXPECT_EQ(matmul_register_blocked(3), 3) << "and here what to think about when it does not";
}

}  // namespace
}  // namespace gradbook
