// Several exercises at once, what is noted of them, and what comes from the reference.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "student/progress.hpp"
#include "tools/workbook.hpp"

namespace gradbook {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

TEST(SideBySide, InTheBooksOrderWithTheSumFirst) {
  const Workbook workbook;
  for (const char* id : {"1.2", "1.7"}) workbook.solve(id);
  const Completion c = workbook.gradbook({"check", "01"});
  EXPECT_EQ(c.exit_status, 1) << c.output;
  EXPECT_THAT(c.output,
              AllOf(StartsWith("2 of 7 done, 7 of 19 points\n· 1.1"), Not(HasSubstr("\x1b"))));
  std::size_t before = 0;
  for (const char* id : {" 1.1 ", " 1.2 ", " 1.3 ", " 1.4 ", " 1.5 ", " 1.6 ", " 1.7 "}) {
    const std::size_t at = c.output.find(id);
    ASSERT_NE(at, std::string::npos) << id;
    EXPECT_GT(at, before) << id;
    before = at;
  }
  const Progress progress(workbook.book(), workbook.path());
  EXPECT_TRUE(progress.of("1.2").done);
  EXPECT_TRUE(progress.of("1.7").done);
  EXPECT_EQ(progress.points(), 7);
}

TEST(SideBySide, ATerminalGetsAGridThatGoesAway) {
  const Workbook workbook;
  const std::string command =
      (build_folder() / "gradbook").string() + " check 01 --workbook " + workbook.path().string();
  const Completion c =
      run({.arguments = {"script", "-qec", "stty cols 60 rows 20; " + command, "/dev/null"},
           .directory = root_folder(),
           .environment = {"GRADBOOK_ROOT=" + root_folder().string()},
           .wall = std::chrono::minutes(2)});
  if (!c.started) GTEST_SKIP() << "script is not installed";
  EXPECT_EQ(c.exit_status, 1) << c.output;
  EXPECT_THAT(c.output, AllOf(HasSubstr("checking: 0 of 7"), HasSubstr("checking: 7 of 7"),
                              HasSubstr("\x1b[A\r\x1b[K"), HasSubstr("· 1.7   property_tests")));
}

TEST(SideBySide, OnePartOfAnExerciseIsNoVerdict) {
  const Workbook workbook;
  workbook.solve("2.2");
  workbook.gradbook({"check", "2.2", "--case", "topological_sort.diamond"});
  EXPECT_FALSE(fs::exists(workbook.state()));
}

TEST(FromTheReference, NamesWhatIsNotDoneButNothingBeneath) {
  const Workbook workbook;
  EXPECT_THAT(workbook.gradbook({"check", "2.5"}).output,
              HasSubstr("from the reference: 2.1, 2.2\n"));
  workbook.solve("2.1");
  workbook.gradbook({"check", "2.1"});
  EXPECT_THAT(workbook.gradbook({"check", "2.5"}).output, HasSubstr("from the reference: 2.2\n"));
  EXPECT_THAT(workbook.gradbook({"check", "2.14"}).output, Not(HasSubstr("2.3"))) << "beneath";
}

TEST(StillToWrite, NamesTheFileOnce) {
  const Workbook workbook;
  EXPECT_THAT(workbook.gradbook({"check", "2.3"}).output,
              HasSubstr("03_product_rules.cpp, lines 9, 14, 19, 24 and 29\n"));
}

}  // namespace
}  // namespace gradbook
