#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "02_scalar/label.hpp"
#include "02_scalar/scalar.hpp"

using ::testing::ElementsAre;

namespace gradbook {
namespace {

TEST(TopologicalSort, ListsALeafAlone) {
  Scalar x{3.0, "x"};
  EXPECT_THAT(labels(topological_sort(x.node())), ElementsAre("x"))
      << "a leaf depends on nothing but itself";
}

TEST(TopologicalSort, ListsInputsBeforeTheirSum) {
  Scalar x{3.0, "x"}, y{4.0, "y"};
  Scalar sum = x + y;
  EXPECT_THAT(labels(topological_sort(sum.node())), ElementsAre("x", "y", "x+y"))
      << "inputs come first, in the order in which they were written; the root comes last";
}

TEST(TopologicalSort, ListsASharedNodeOnce) {
  Scalar x{3.0, "x"};
  Scalar y = x * x;
  EXPECT_THAT(labels(topological_sort(y.node())), ElementsAre("x", "x*x"))
      << "x feeds both sides of the product, yet it is one node";
}

TEST(TopologicalSort, WaitsForBothBranchesOfADiamond) {
  Scalar x{3.0, "x"};
  Scalar left = exp(x), right = log(x);
  Scalar top = left + right;
  EXPECT_THAT(labels(topological_sort(top.node())),
              ElementsAre("x", "exp(x)", "log(x)", "exp(x)+log(x)"))
      << "x is reached through both branches and must stand before either";
}

TEST(TopologicalSort, StartsAgainEveryTime) {
  Scalar x{3.0, "x"};
  Scalar y = exp(x);
  topological_sort(y.node());
  EXPECT_THAT(labels(topological_sort(y.node())), ElementsAre("x", "exp(x)"))
      << "the second sort of a graph must not remember what the first one saw";
}

TEST(TopologicalSort, GoesDownAChainWithoutRecursion) {
  Scalar x{0.0};
  for (int i = 0; i < 1'000'000; ++i) x = x + 1.0;
  EXPECT_EQ(topological_sort(x.node()).size(), 2'000'001u)
      << "a million sums and a million ones, and the leaf";
}

}  // namespace
}  // namespace gradbook
