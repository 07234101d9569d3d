#include <gtest/gtest.h>

namespace gradbook {

int benchmark_harness(int x);

namespace {

TEST(BenchmarkHarness, SaysInItsNameWhatIsTrueWhenItPasses) {
  EXPECT_EQ(benchmark_harness(3), 3) << "and here what to think about when it does not";
}

}  // namespace
}  // namespace gradbook
