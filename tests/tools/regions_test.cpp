// A program to be mended: which lines of it are the student's, in the parts and end to end with
// exercise 6.9.
#include "book/regions.hpp"

#include <fmt/format.h>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "book/stub_text.hpp"
#include "tools/program.hpp"

namespace gradbook {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

const std::string kOurs =
    "int f() {\n  // EDIT BEGIN 1\n  return 1;\n  // EDIT END 1\n}\nint g() {\n"
    "  // EDIT BEGIN 2\n  return 2;\n  // EDIT END 2\n}\n";

Exercise mended() {
  Exercise e;
  e.id = "2.2";
  e.regions = true;
  return e;
}

Rebuilt of(const std::string& students) { return rebuilt(mended(), kOurs, students, "s.cpp"); }

TEST(Regions, ComeFromTheStudentAndNothingElse) {
  std::string students = replaced(kOurs, "return 1;", "return 10;");
  students = replaced(students, "int g()", "int another_name()");
  const Rebuilt made = of("// mine\n" + students);
  EXPECT_THAT(made.errors, IsEmpty());
  EXPECT_EQ(made.text,
            "#line 1 \"s.cpp\"\nint f() {\n  // EDIT BEGIN 1\n#line 4 \"s.cpp\"\n  return 10;\n"
            "#line 5 \"s.cpp\"\n  // EDIT END 1\n}\nint g() {\n  // EDIT BEGIN 2\n"
            "#line 9 \"s.cpp\"\n  return 2;\n#line 10 \"s.cpp\"\n  // EDIT END 2\n}\n");
}

TEST(Regions, MayBeEmptyOrLongAndHaveAnotherIndentation) {
  std::string students = replaced(kOurs, "  return 1;\n", "");
  students = replaced(students, "  // EDIT END 2\n", "a\nb\n\t// EDIT END 2 \r\n");
  const Rebuilt made = of(students);
  EXPECT_THAT(made.errors, IsEmpty());
  EXPECT_THAT(made.text, AllOf(HasSubstr("EDIT BEGIN 1\n#line 3 \"s.cpp\"\n#line 3 \"s.cpp\"\n"),
                               HasSubstr("  return 2;\na\nb\n#line")));
}

TEST(Regions, SayWhichMarkIsMissingDoubledOrMoved) {
  EXPECT_THAT(of(replaced(kOurs, "  // EDIT END 1\n", "")).errors,
              ElementsAre(AllOf(HasSubstr("s.cpp:1:1: error: "),
                                HasSubstr("`// EDIT END 1` is "
                                          "missing"),
                                HasSubstr("./gradbook reset 2.2"))));
  EXPECT_THAT(of(replaced(kOurs, "  return 2;\n", "  // EDIT BEGIN 1\n")).errors,
              ElementsAre(AllOf(HasSubstr("s.cpp:8:1: error: "), HasSubstr("line 2"))));
  std::string swapped = replaced(kOurs, "EDIT BEGIN 1", "EDIT BEGIN X");
  swapped = replaced(replaced(swapped, "EDIT BEGIN 2", "EDIT BEGIN 1"), "BEGIN X", "BEGIN 2");
  EXPECT_THAT(of(swapped).errors, Not(IsEmpty()));
  EXPECT_THAT(
      of(kOurs + "// EDIT BEGIN 3\n").errors,
      ElementsAre(AllOf(HasSubstr("s.cpp:11:1: error: "), HasSubstr("none of the stub's"))));
  EXPECT_THAT(of("").errors, testing::SizeIs(4)) << "one for each mark";
}

TEST(Regions, AreDemandedOfASolution) {
  EXPECT_THROW(rebuilt(mended(), "int f() { return 1; }\n", kOurs, "s.cpp"), UserError);
  EXPECT_THROW(rebuilt(mended(), replaced(kOurs, "END 2", "END 3"), kOurs, "s.cpp"), UserError);
}

TEST(Regions, OfAStubShowTheFaultAndNotWhereItIs) {
  EXPECT_EQ(stub_from_solution("  // EDIT BEGIN 1\n  a();\n  // SOLUTION BEGIN\n  b();\n"
                               "  // SOLUTION END\n  // SOLUTION BEGIN\n  // STUB c(1);\n  c(0);\n"
                               "  // SOLUTION END\n  // EDIT END 1\n",
                               "2.2", "s.cpp"),
            "  // EDIT BEGIN 1\n  a();\n  c(1);\n  // EDIT END 1\n");
}

// ---- end to end

const fs::path kFile = "modules/06_training/exercises/09_find_the_bug.cpp";

class FindTheBug : public testing::Test {
 protected:
  Completion check(const std::string& text) {
    write_atomically(folder_.path() / kFile, text);
    return gradbook_program({"check", "6.9", "--workbook", folder_.path().string()});
  }
  Folder folder_;
  const std::string stub_ = read_file(root_folder() / kFile);
};

TEST_F(FindTheBug, IsNotStartedAsItIsHandedOutAndShowsASymptom) {
  const Completion c = check(stub_);
  EXPECT_EQ(c.exit_status, 1);
  EXPECT_THAT(c.output,
              AllOf(HasSubstr("6.9 find_the_bug: not started"), HasSubstr("still to mend"),
                    HasSubstr("Program1"), Not(HasSubstr("TODO"))));
  EXPECT_THAT(check(stub_ + "// a remark outside of the marks\n").output, HasSubstr("not started"));
  EXPECT_THAT(gradbook_program({"list", "6.9", "--workbook", folder_.path().string()}).output,
              HasSubstr("not started"));
}

TEST_F(FindTheBug, TakesOnlyWhatStandsBetweenTheMarks) {
  // Everything outside is broken, and it does not matter
  const std::string solution =
      read_file(root_folder() / "solutions/06_training/09_find_the_bug.cpp");
  const Completion c =
      check(replaced(replaced(solution, "namespace gradbook {", "namespace mine {"), "#include",
                     "#error\n#include"));
  EXPECT_EQ(c.exit_status, 0) << c.output;
  EXPECT_THAT(c.output, HasSubstr("6.9 find_the_bug: done"));
}

TEST_F(FindTheBug, NamesTheStudentsLineInAMessage) {
  const std::string text =
      "// a line more\n" + replaced(stub_, "  return means;", "  return meanz;");
  const auto line = std::ranges::count(text.substr(0, text.find("meanz")), '\n') + 1;
  EXPECT_THAT(check(text).output, AllOf(HasSubstr("does not compile"),
                                        HasSubstr(fmt::format("09_find_the_bug.cpp:{}:", line))));
}

TEST_F(FindTheBug, SaysThatAMarkIsMissing) {
  EXPECT_THAT(check(replaced(stub_, "  // EDIT END 3\n", "")).output,
              AllOf(HasSubstr("does not compile"), HasSubstr("`// EDIT END 3` is missing")));
}

}  // namespace
}  // namespace gradbook
