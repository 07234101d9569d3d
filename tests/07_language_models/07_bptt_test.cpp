#include <gtest/gtest.h>

namespace gradbook {

int bptt(int x);

namespace {

TEST(Bptt, SaysInItsNameWhatIsTrueWhenItPasses) { EXPECT_EQ(bptt(3), 3) << "and here what to think about when it does not"; }

}  // namespace
}  // namespace gradbook
