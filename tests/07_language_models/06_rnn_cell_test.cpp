#include <gtest/gtest.h>

namespace gradbook {

int rnn_cell(int x);

namespace {

TEST(RnnCell, SaysInItsNameWhatIsTrueWhenItPasses) { EXPECT_EQ(rnn_cell(3), 3) << "and here what to think about when it does not"; }

}  // namespace
}  // namespace gradbook
