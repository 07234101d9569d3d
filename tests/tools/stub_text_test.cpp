#include "book/stub_text.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace gradbook {
namespace {

using testing::HasSubstr;

std::string stub(const std::string& solution) {
  return stub_from_solution(solution, "2.2", "s.cpp");
}

TEST(StubText, PutsTheRemarkAndNotStartedInPlaceOfTheSolution) {
  EXPECT_EQ(stub("int f() {\n  // SOLUTION BEGIN  add one\n  return 1;\n  // SOLUTION END\n}\n"),
            "int f() {\n  // TODO(2.2): add one\n  not_started(\"2.2\");\n}\n");
}

TEST(StubText, LetsStubLinesStandInstead) {
  EXPECT_EQ(stub("  // SOLUTION BEGIN  find the bug\n  return 1;\n  // STUB return 2;\n  // "
                 "SOLUTION END\n"),
            "  // TODO(2.2): find the bug\n  return 2;\n");
}

TEST(StubText, LeavesOnlyTheRemarkOutsideOfFunctions) {
  EXPECT_EQ(stub("// SOLUTION BEGIN  a helper\nint g();\n// SOLUTION END\n"),
            "// TODO(2.2): a helper\n");
}

TEST(StubText, HandlesSeveralRegions) {
  const std::string text = stub(
      "  // SOLUTION BEGIN  a\n  x\n  // SOLUTION END\nkept\n  // SOLUTION BEGIN  b\n  y\n  // "
      "SOLUTION END\n");
  EXPECT_EQ(text,
            "  // TODO(2.2): a\n  not_started(\"2.2\");\nkept\n  // TODO(2.2): b\n  "
            "not_started(\"2.2\");\n");
}

TEST(StubText, BreaksALongRemark) {
  const std::string text = stub("  // SOLUTION BEGIN  " + std::string(60, 'a') + " " +
                                std::string(60, 'b') + "\n  // SOLUTION END\n");
  EXPECT_THAT(text, HasSubstr("a\n  //   b"));
}

TEST(StubText, NamesTheLineOfARegionThatDoesNotEnd) {
  try {
    stub("int f() {\n  // SOLUTION BEGIN  x\n}\n");
    FAIL();
  } catch (const UserError& error) {
    EXPECT_STREQ(error.what(), "s.cpp:2: a solution begins and does not end");
  }
}

TEST(StubText, RefusesWhatHidesNothing) { EXPECT_THROW(stub("int f();\n"), UserError); }
TEST(StubText, RefusesAnEndWithoutABeginning) {
  EXPECT_THROW(stub("// SOLUTION END\n"), UserError);
}
TEST(StubText, RefusesARegionInsideOfAnother) {
  EXPECT_THROW(stub("// SOLUTION BEGIN a\n// SOLUTION BEGIN b\n// SOLUTION END\n"), UserError);
}

}  // namespace
}  // namespace gradbook
