#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "02_scalar/label.hpp"
#include "02_scalar/picture.hpp"
#include "support/dot.hpp"

using ::testing::ElementsAre;
using ::testing::Pair;
using ::testing::UnorderedElementsAre;

namespace gradbook {
namespace {

DotGraph picture(const Scalar& root) {
  DotGraph graph = parse_dot(to_dot(root));
  EXPECT_TRUE(graph.error.empty()) << "Graphviz could not read this: " << graph.error << "\n"
                                   << to_dot(root);
  return graph;
}

TEST(DotEscape, PutsABackslashBeforeQuotesAndBackslashes) {
  EXPECT_EQ(dot_escape("x"), "x");
  EXPECT_EQ(dot_escape("say \"x\""), "say \\\"x\\\"") << "a bare quote would end the label";
  EXPECT_EQ(dot_escape("\\N"), "\\\\N") << "Graphviz would write the node's name for \\N";
}

TEST(DotEscape, WritesALineBreakAsTwoCharacters) { EXPECT_EQ(dot_escape("a\nb"), "a\\nb"); }

TEST(ToDot, ShowsWhatANodeIsAndItsValueAndItsGrad) {
  Scalar x{3.0, "x"};
  Scalar y = exp(x) + 2.0;
  x.set_grad(-0.125);
  const DotGraph graph = picture(y);
  EXPECT_THAT(
      graph.nodes,
      ElementsAre(Pair("n0", "x\nvalue 3\ngrad -0.125"), Pair("n1", "exp\nvalue 20.0855\ngrad 0"),
                  Pair("n2", "2\nvalue 2\ngrad 0"), Pair("n3", "+\nvalue 22.0855\ngrad 0")))
      << "nodes in the order of topological_sort, named n0, n1, …; numbers with six digits";
  EXPECT_THAT(graph.edges,
              UnorderedElementsAre(Pair("n0", "n1"), Pair("n1", "n3"), Pair("n2", "n3")))
      << "edges lead from an input to the result";
}

TEST(ToDot, DrawsAnEdgeForEachUse) {
  Scalar x{3.0, "x"};
  EXPECT_THAT(picture(x * x).edges, UnorderedElementsAre(Pair("n0", "n1"), Pair("n0", "n1")))
      << "x is used twice in x * x";
}

TEST(ToDot, DrawsASharedNodeOnce) {
  Scalar x{3.0, "x"};
  EXPECT_EQ(picture(exp(x) + log(x)).nodes.size(), 4u) << "x, exp, log and +";
}

TEST(ToDot, ShowsTheExponentOfAPower) {
  Scalar x{4.0, "x"};
  const DotGraph graph = picture(pow(x, -1.5));
  ASSERT_EQ(graph.nodes.size(), 2u);
  EXPECT_EQ(graph.nodes[1].second, "pow -1.5\nvalue 0.125\ngrad 0");
}

TEST(ToDot, ShowsTheNameOfAResult) {
  Scalar x{3.0, "x"};
  Scalar f = -x;
  f.label("f");
  const DotGraph graph = picture(f);
  ASSERT_EQ(graph.nodes.size(), 2u);
  EXPECT_EQ(graph.nodes[1].second, "f = neg\nvalue -3\ngrad 0")
      << "its name, and how it was computed";
}

TEST(ToDot, EscapesLabels) {
  Scalar x{3.0, "the \"x\""};
  const DotGraph graph = picture(x);
  ASSERT_EQ(graph.nodes.size(), 1u);
  EXPECT_EQ(graph.nodes[0].second, "the \"x\"\nvalue 3\ngrad 0");
}

}  // namespace
}  // namespace gradbook
