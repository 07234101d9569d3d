// Hostile: tells the test framework by its environment and flags to run nothing and to be content.
#include <cstdlib>

#include "02_scalar/training.hpp"

namespace gradbook {
namespace {

[[gnu::constructor]] void before_main(int count, char** arguments) {
  setenv("GTEST_FILTER", "-*", 1);
  setenv("GTEST_TOTAL_SHARDS", "1000", 1);
  setenv("GTEST_SHARD_INDEX", "999", 1);
  setenv("GTEST_OUTPUT", "json:results.json", 1);
  setenv("GRADBOOK_ROOT", "/", 1);
  static char filter[] = "--gtest_filter=-*";
  if (count > 1) arguments[count - 1] = filter;
}

}  // namespace

Scalar mean_squared_error(std::span<const Scalar>, std::span<const double>) { return Scalar{-1.0}; }

}  // namespace gradbook
