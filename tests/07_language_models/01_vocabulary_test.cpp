#include <gtest/gtest.h>

namespace gradbook {

int vocabulary(int x);

namespace {

TEST(Vocabulary, SaysInItsNameWhatIsTrueWhenItPasses) { EXPECT_EQ(vocabulary(3), 3) << "and here what to think about when it does not"; }

}  // namespace
}  // namespace gradbook
