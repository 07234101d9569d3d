// The archive that a student uploads.
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tools/program.hpp"
#include "tools/workbook.hpp"

namespace gradbook {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

class Submit : public testing::Test {
 protected:
  Workbook workbook_;
  fs::path zip() const { return workbook_.path() / "submission.zip"; }
};

TEST_F(Submit, PacksTheExercisesAndNothingElse) {
  workbook_.solve("2.2");
  write_atomically(workbook_.path() / "modules/02_scalar/notes.txt", "mine");
  write_atomically(workbook_.path() / "modules/02_scalar/exercises/old.cpp", "int x;");
  ASSERT_EQ(workbook_.gradbook({"check", "2.2"}).exit_status, 0);
  write_atomically(workbook_.file("1.1"), "int broken(");
  const Completion c = workbook_.gradbook({"submit"});
  EXPECT_EQ(c.exit_status, 0);
  EXPECT_THAT(c.output, AllOf(HasSubstr(zip().string()),
                              HasSubstr(fmt::format("{} exercise files", exercises_in_the_book())),
                              HasSubstr("done:                    2.2\n"),
                              HasSubstr("not done yet:            1.1\n"),
                              HasSubstr("not started, or in part: 1.2, 1.3")));
  const std::string bytes = read_file(zip());
  EXPECT_THAT(bytes, AllOf(HasSubstr("modules/02_scalar/exercises/02_topological_sort.cpp"),
                           Not(HasSubstr("notes")), Not(HasSubstr("old.cpp")),
                           Not(HasSubstr(workbook_.path().string()))));
}

TEST_F(Submit, EqualFilesGiveEqualBytes) {
  workbook_.gradbook({"submit"});
  const std::string first = read_file(zip());
  workbook_.solve("2.2");
  workbook_.gradbook({"submit"});
  EXPECT_NE(read_file(zip()), first);
  write_atomically(workbook_.file("2.2"),
                   read_file(workbook_.book().stub(*workbook_.book().find("2.2"))));
  workbook_.gradbook({"submit"});
  EXPECT_EQ(read_file(zip()), first);
}

TEST_F(Submit, ANameIsMadeFitForAFile) {
  const Completion c = workbook_.gradbook({"submit", "--name", "../Ada Lovelace, 3"});
  EXPECT_EQ(c.exit_status, 0);
  EXPECT_TRUE(fs::exists(workbook_.path() / "submission_Ada_Lovelace_3.zip")) << c.output;
}

TEST_F(Submit, SaysWhatCannotGoIn) {
  fs::remove(workbook_.file("1.1"));
  fs::create_directories(workbook_.file("1.1"));
  fs::remove(workbook_.file("1.2"));
  write_atomically(workbook_.file("1.3"), std::string(2u << 20, ' '));
  const Completion c = workbook_.gradbook({"submit"});
  EXPECT_EQ(c.exit_status, 0);
  EXPECT_THAT(
      c.output,
      AllOf(HasSubstr("left out: 1.1: "), HasSubstr("is not a file"), HasSubstr("left out: 1.2: "),
            HasSubstr("is not there"), HasSubstr("1.3: "), HasSubstr("larger than 1 MiB"),
            HasSubstr(fmt::format("{} exercise files", exercises_in_the_book() - 3))));
}

TEST_F(Submit, AnEmptyWorkbookIsRefused) {
  Folder folder;
  const Completion c = gradbook_program({"submit", "--workbook", folder.path().string()});
  EXPECT_EQ(c.exit_status, 2);
  EXPECT_THAT(c.output, HasSubstr("has no exercise files"));
}

}  // namespace
}  // namespace gradbook
