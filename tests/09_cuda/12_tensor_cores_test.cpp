#include <gtest/gtest.h>

namespace gradbook {

int tensor_cores(int x);

namespace {

TEST(TensorCores, SaysInItsNameWhatIsTrueWhenItPasses) {
  EXPECT_EQ(tensor_cores(3), 3) << "and here what to think about when it does not";
}

}  // namespace
}  // namespace gradbook
