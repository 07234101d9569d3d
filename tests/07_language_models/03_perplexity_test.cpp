#include <gtest/gtest.h>

namespace gradbook {

int perplexity(int x);

namespace {

TEST(Perplexity, SaysInItsNameWhatIsTrueWhenItPasses) { EXPECT_EQ(perplexity(3), 3) << "and here what to think about when it does not"; }

}  // namespace
}  // namespace gradbook
