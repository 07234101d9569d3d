#include <gtest/gtest.h>

namespace gradbook {

int backend_switch(int x);

namespace {

TEST(BackendSwitch, SaysInItsNameWhatIsTrueWhenItPasses) {
  EXPECT_EQ(backend_switch(3), 3) << "and here what to think about when it does not";
}

}  // namespace
}  // namespace gradbook
