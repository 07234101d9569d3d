// check --mine: exercises that pass alone, linked with what else the student wrote.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <future>

#include "tools/workbook.hpp"

namespace gradbook {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

TEST(Mine, GoodFilesPassTogether) {
  const Workbook workbook;
  for (const char* id : {"2.1", "2.2", "2.5"}) workbook.solve(id);
  const Completion c = workbook.gradbook({"check", "2.5", "--mine"});
  EXPECT_EQ(c.exit_status, 0) << c.output;
  EXPECT_THAT(c.output, AllOf(HasSubstr("1 of 1 done with your own files"),
                              HasSubstr("linked together, yours: 2.1, 2.2, 2.5\n"),
                              HasSubstr("from the reference: 1.1, ")));
}

TEST(Mine, TheExerciseThatBreaksAnotherIsNamed) {
  const Workbook workbook;
  for (const char* id : {"2.1", "2.5"}) workbook.solve(id);
  write_atomically(workbook.file("2.2"),
                   replaced(workbook.solution("2.2"), "return order;",
                            "if (order.size() > 2) std::swap(order.front(), order.back());\n"
                            "  return order;"));
  EXPECT_EQ(workbook.gradbook({"check", "2.5"}).exit_status, 0) << "alone it passes";
  const Completion c = workbook.gradbook({"check", "2.5", "--mine"});
  EXPECT_EQ(c.exit_status, 1) << c.output;
  EXPECT_THAT(c.output, AllOf(HasSubstr("2.5 passes alone, but not with your 2.2"),
                              HasSubstr("again: ./gradbook check 2.5 --mine")));
}

TEST(Mine, TwoFilesThatDefineTheSameNameAreFoundOut) {
  const Workbook workbook;
  for (const char* id : {"2.2", "2.5"}) {
    write_atomically(workbook.file(id),
                     replaced(workbook.solution(id), "namespace gradbook {",
                              "namespace gradbook {\nint my_helper() { return 1; }"));
  }
  EXPECT_EQ(workbook.gradbook({"check", "2.2"}).exit_status, 0) << "alone it passes";
  const Completion c = workbook.gradbook({"check", "2.5", "--mine"});
  EXPECT_EQ(c.exit_status, 1) << c.output;
  EXPECT_THAT(c.output, AllOf(HasSubstr("2.5 passes alone, but not with your 2.2"),
                              HasSubstr("`my_helper()` is defined in your 2.2 and in your 2.5")));
}

TEST(Mine, AModuleIsCheckedWithAllThatIsWritten) {
  const Workbook workbook;
  for (const char* id : {"1.2", "1.3"}) workbook.solve(id);
  write_atomically(workbook.file("1.1"), "this is no C++\n");
  const Completion c = workbook.gradbook({"check", "01", "--mine"});
  EXPECT_EQ(c.exit_status, 1) << c.output;
  EXPECT_THAT(c.output, AllOf(HasSubstr("2 of 7 done with your own files"),
                              HasSubstr("yours do not compile: 1.1"), HasSubstr("✓ 1.3"),
                              Not(HasSubstr("only together"))));
}

TEST(Mine, TwoWorkbooksAtOnceDoNotMix) {
  const Workbook good, bad;
  for (const char* id : {"2.2", "2.5"}) good.solve(id);
  bad.solve("2.5");
  write_atomically(bad.file("2.2"), replaced(bad.solution("2.2"), "return order;", "return {};"));
  for (int i = 0; i < 3; ++i) {
    auto other = std::async(std::launch::async, [&] {
      return bad.gradbook({"check", "2.5", "--mine"});
    });
    auto plain = std::async(std::launch::async, [&] { return good.gradbook({"check", "2.2"}); });
    EXPECT_EQ(good.gradbook({"check", "2.5", "--mine"}).exit_status, 0);
    EXPECT_THAT(other.get().output, HasSubstr("not with your 2.2"));
    EXPECT_EQ(plain.get().exit_status, 0);
  }
}

TEST(Mine, TakesNoSingleCase) {
  EXPECT_EQ(gradbook_program({"check", "2.5", "--mine", "--case", "x"}).exit_status, 2);
}

}  // namespace
}  // namespace gradbook
