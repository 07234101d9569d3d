#include <gtest/gtest.h>

namespace gradbook {

int gru_lstm(int x);

namespace {

TEST(GruLstm, SaysInItsNameWhatIsTrueWhenItPasses) { EXPECT_EQ(gru_lstm(3), 3) << "and here what to think about when it does not"; }

}  // namespace
}  // namespace gradbook
