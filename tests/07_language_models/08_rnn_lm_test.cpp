#include <gtest/gtest.h>

namespace gradbook {

int rnn_lm(int x);

namespace {

TEST(RnnLm, SaysInItsNameWhatIsTrueWhenItPasses) { EXPECT_EQ(rnn_lm(3), 3) << "and here what to think about when it does not"; }

}  // namespace
}  // namespace gradbook
