#include <gtest/gtest.h>

namespace gradbook {

int device_memory(int x);

namespace {

TEST(DeviceMemory, SaysInItsNameWhatIsTrueWhenItPasses) {
  EXPECT_EQ(device_memory(3), 3) << "and here what to think about when it does not";
}

}  // namespace
}  // namespace gradbook
