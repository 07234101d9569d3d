// Back to the stub without losing a byte.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "student/progress.hpp"
#include "tools/workbook.hpp"

namespace gradbook {
namespace {

using testing::AllOf;
using testing::HasSubstr;

class Reset : public testing::Test {
 protected:
  std::string stub() { return read_file(workbook_.book().stub(*workbook_.book().find("2.2"))); }
  Workbook workbook_;
};

TEST_F(Reset, PutsTheStubBackAndUndoBringsTheWorkBack) {
  write_atomically(workbook_.file("2.2"), "my work\r\n\xff");
  const Completion c = workbook_.gradbook({"reset", "2.2"});
  EXPECT_EQ(c.exit_status, 0) << c.output;
  EXPECT_THAT(c.output, AllOf(HasSubstr(".gradbook/backup/2.2/0001_topological_sort.cpp"),
                              HasSubstr("undo: ./gradbook reset --undo 2.2")));
  EXPECT_EQ(read_file(workbook_.file("2.2")), stub());

  EXPECT_EQ(workbook_.gradbook({"reset", "--undo", "2.2"}).exit_status, 0);
  EXPECT_EQ(read_file(workbook_.file("2.2")), "my work\r\n\xff");
}

TEST_F(Reset, UndoKeepsWhatItReplaces) {
  write_atomically(workbook_.file("2.2"), "first");
  workbook_.gradbook({"reset", "2.2"});
  write_atomically(workbook_.file("2.2"), "second");
  workbook_.gradbook({"reset", "--undo", "2.2"});
  EXPECT_EQ(read_file(workbook_.file("2.2")), "first");
  workbook_.gradbook({"reset", "--undo", "2.2"});
  EXPECT_EQ(read_file(workbook_.file("2.2")), "second");
}

TEST_F(Reset, AStubIsLeftAlone) {
  EXPECT_THAT(workbook_.gradbook({"reset", "2.2"}).output, HasSubstr("is the stub already"));
  EXPECT_FALSE(fs::exists(workbook_.path() / ".gradbook" / "backup"));
}

TEST_F(Reset, ADeletedFileComesBack) {
  fs::remove(workbook_.file("2.2"));
  EXPECT_EQ(workbook_.gradbook({"reset", "2.2"}).exit_status, 0);
  EXPECT_EQ(read_file(workbook_.file("2.2")), stub());
}

TEST_F(Reset, ADirectoryInItsPlaceIsRefused) {
  fs::remove(workbook_.file("2.2"));
  fs::create_directory(workbook_.file("2.2"));
  const Completion c = workbook_.gradbook({"reset", "2.2"});
  EXPECT_EQ(c.exit_status, 2);
  EXPECT_THAT(c.output, HasSubstr("a directory stands where a file should be"));
}

TEST_F(Reset, NothingToUndoIsSaid) {
  const Completion c = workbook_.gradbook({"reset", "--undo", "2.2"});
  EXPECT_EQ(c.exit_status, 2);
  EXPECT_THAT(c.output, HasSubstr("2.2 was never reset"));
}

TEST_F(Reset, WhatWasDoneIsToDoAgain) {
  workbook_.solve("2.2");
  workbook_.gradbook({"check", "2.2"});
  ASSERT_TRUE(Progress(workbook_.book(), workbook_.path()).of("2.2").done);
  workbook_.gradbook({"reset", "2.2"});
  EXPECT_FALSE(Progress(workbook_.book(), workbook_.path()).of("2.2").done);
}

}  // namespace
}  // namespace gradbook
