#include <gtest/gtest.h>

namespace gradbook {

int generate(int x);

namespace {

TEST(Generate, SaysInItsNameWhatIsTrueWhenItPasses) { EXPECT_EQ(generate(3), 3) << "and here what to think about when it does not"; }

}  // namespace
}  // namespace gradbook
