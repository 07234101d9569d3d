// Pictures in the terminal and as SVG, from what the student's code computes.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tools/workbook.hpp"

namespace gradbook {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

TEST(Show, TheGraphLayerByLayer) {
  const Workbook workbook;
  const Completion c = workbook.gradbook({"show", "graph", "2.11"});
  EXPECT_EQ(c.exit_status, 0) << c.output;
  EXPECT_THAT(c.output,
              AllOf(HasSubstr("leaves\n"), HasSubstr("x  value 2  grad 25.0684\n"),
                    HasSubstr("↓ step 5\n"), HasSubstr("f = +  value 50.3264  grad 1  ← n7, n9"),
                    HasSubstr("graph.svg\n"), Not(HasSubstr("epoch"))));
  EXPECT_THAT(read_file(build_folder().parent_path() / "run/02_scalar/graph.svg"),
              HasSubstr("</svg>"));
}

TEST(Show, TheGraphIsMadeByTheStudentsOwnCode) {
  const Workbook workbook;
  write_atomically(workbook.file("2.11"),
                   replaced(workbook.solution("2.11"), "\\nvalue ", "\\nworth "));
  EXPECT_THAT(workbook.gradbook({"show", "graph", "2.11"}).output, HasSubstr("worth 50.3264"));
}

TEST(Show, TheGraphOfAStepHasAShapeOnEachEdge) {
  const Workbook workbook;
  const Completion c = workbook.gradbook({"show", "graph", "4.11"});
  EXPECT_EQ(c.exit_status, 0) << c.output;
  EXPECT_THAT(c.output,
              AllOf(HasSubstr("n0  weights 1\n"), HasSubstr("matmul  ← n8 (10, 20), n2 (20, 20)\n"),
                    HasSubstr("step_graph.svg\n")));
}

TEST(Show, TheCurvesInLetters) {
  const Workbook workbook;
  const Completion c = workbook.gradbook({"show", "plot", "2.10"});
  EXPECT_EQ(c.exit_status, 0) << c.output;
  EXPECT_THAT(c.output, AllOf(HasSubstr("cos 2x"), HasSubstr("network"), HasSubstr("epoch"),
                              HasSubstr("fit.svg"), HasSubstr("loss.svg"), HasSubstr("***")));
}

TEST(Show, AModuleWithoutAGraphSaysWhatItHas) {
  const Workbook workbook;
  const Completion c = workbook.gradbook({"show", "graph", "1.5"});
  EXPECT_EQ(c.exit_status, 2) << c.output;
  EXPECT_THAT(c.output, HasSubstr("./gradbook show plot 1.5"));
}

TEST(Show, TestsWithTheirSentences) {
  const Workbook workbook;
  const Completion c = workbook.gradbook({"show", "tests", "2.2"});
  EXPECT_EQ(c.exit_status, 0) << c.output;
  EXPECT_THAT(c.output,
              AllOf(HasSubstr("TopologicalSort.ListsASharedNodeOnce\n  x feeds both sides of the "
                              "product, yet it is one node\n"),
                    HasSubstr("TopologicalSort.GoesDownAChainWithoutRecursion")));
}

TEST(Show, AnUnknownKindIsRefused) {
  EXPECT_EQ(gradbook_program({"show", "sound", "2.2"}).exit_status, 2);
}

}  // namespace
}  // namespace gradbook
