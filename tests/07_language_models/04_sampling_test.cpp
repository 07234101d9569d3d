#include <gtest/gtest.h>

namespace gradbook {

int sampling(int x);

namespace {

TEST(Sampling, SaysInItsNameWhatIsTrueWhenItPasses) { EXPECT_EQ(sampling(3), 3) << "and here what to think about when it does not"; }

}  // namespace
}  // namespace gradbook
