#include <gtest/gtest.h>

namespace gradbook {

int bigram_network(int x);

namespace {

TEST(BigramNetwork, SaysInItsNameWhatIsTrueWhenItPasses) { EXPECT_EQ(bigram_network(3), 3) << "and here what to think about when it does not"; }

}  // namespace
}  // namespace gradbook
