#include <gtest/gtest.h>

namespace gradbook {

int ngram_counts(int x);

namespace {

TEST(NgramCounts, SaysInItsNameWhatIsTrueWhenItPasses) { EXPECT_EQ(ngram_counts(3), 3) << "and here what to think about when it does not"; }

}  // namespace
}  // namespace gradbook
