#include <gtest/gtest.h>

namespace gradbook {

int train_shakespeare(int x);

namespace {

TEST(TrainShakespeare, SaysInItsNameWhatIsTrueWhenItPasses) { EXPECT_EQ(train_shakespeare(3), 3) << "and here what to think about when it does not"; }

}  // namespace
}  // namespace gradbook
