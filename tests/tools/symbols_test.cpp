// What symbols are called in messages for students.
#include "grading/build/symbols.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace gradbook {
namespace {

TEST(Symbols, AreCalledAsTheyAreWritten) {
  EXPECT_EQ(demangle("_ZN8gradbook16topological_sortEPNS_4NodeE"), "topological_sort(Node*)");
  EXPECT_EQ(demangle("not_mangled"), "not_mangled");
}

TEST(Symbols, ASpanHasNoExtentUnlessItIsKnown) {
  EXPECT_EQ(demangle("_Z4meanSt4spanIdLm18446744073709551615EE"), "mean(std::span<double>)");
  EXPECT_EQ(demangle("_Z4meanSt4spanIdLm3EE"), "mean(std::span<double, 3ul>)");
}

}  // namespace
}  // namespace gradbook
