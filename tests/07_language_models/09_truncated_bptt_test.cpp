#include <gtest/gtest.h>

namespace gradbook {

int truncated_bptt(int x);

namespace {

TEST(TruncatedBptt, SaysInItsNameWhatIsTrueWhenItPasses) { EXPECT_EQ(truncated_bptt(3), 3) << "and here what to think about when it does not"; }

}  // namespace
}  // namespace gradbook
