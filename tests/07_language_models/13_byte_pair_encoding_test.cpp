#include <gtest/gtest.h>

namespace gradbook {

int byte_pair_encoding(int x);

namespace {

TEST(BytePairEncoding, SaysInItsNameWhatIsTrueWhenItPasses) { EXPECT_EQ(byte_pair_encoding(3), 3) << "and here what to think about when it does not"; }

}  // namespace
}  // namespace gradbook
