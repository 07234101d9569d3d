#include <gtest/gtest.h>

namespace gradbook {

int reduce_kernels(int x);

namespace {

TEST(ReduceKernels, SaysInItsNameWhatIsTrueWhenItPasses) {
  EXPECT_EQ(reduce_kernels(3), 3) << "and here what to think about when it does not";
}

}  // namespace
}  // namespace gradbook
