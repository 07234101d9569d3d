#include <gtest/gtest.h>

namespace gradbook {

int strided_map_zip(int x);

namespace {

TEST(StridedMapZip, SaysInItsNameWhatIsTrueWhenItPasses) {
  EXPECT_EQ(strided_map_zip(3), 3) << "and here what to think about when it does not";
}

}  // namespace
}  // namespace gradbook
