// What an instructor may give by mistake, and what a machine may run out of: a clear sentence each,
// and the rest of the class is graded.
#include <SQLiteCpp/Database.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include "tools/class/pack.hpp"
#include "tools/grade_run.hpp"

namespace gradbook {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using namespace std::chrono_literals;

const std::vector<std::string> kQuick = {"--no-mistakes", "--exercise", "2.8"};

void expect_refused(const Completion& c, const testing::Matcher<std::string>& says) {
  EXPECT_EQ(c.exit_status, 2) << c.output;
  EXPECT_THAT(c.output, says);
}

std::vector<std::string> quick(std::vector<std::string> more) {
  more.insert(more.end(), kQuick.begin(), kQuick.end());
  return more;
}

// The class still has one who is graded
void expect_perfect_is_done(const GradeRun& run) {
  EXPECT_EQ(run.rows().at({"perfect", "2.8"}).at("state"), "done");
}

TEST(GradeBadInput, AnEmptyFolder) {
  const GradeRun run({"absent"});
  expect_refused(run.grade(), HasSubstr(run.submissions().string()));
}

TEST(GradeBadInput, AFolderThatIsNotThere) {
  const Folder folder;
  expect_refused(gradbook_program({"grade", (folder.path() / "typo").string(), "--out",
                                   (folder.path() / "out").string()}),
                 HasSubstr("typo"));
}

TEST(GradeBadInput, BrokenArchivesAndStrangersCostTheOthersNothing) {
  const GradeRun run({"perfect", "corrupt", "encrypted", "nothing_known"});
  const Completion c = run.grade(kQuick);
  ASSERT_EQ(c.exit_status, 0) << c.output;
  expect_perfect_is_done(run);
  for (const char* student : {"corrupt", "encrypted", "nothing_known"})
    EXPECT_EQ(run.rows().at({student, "2.8"}).at("state"), "not submitted") << student;
}

TEST(GradeBadInput, AMillionEntries) {
  const GradeRun run({"perfect"});
  {
    Pack pack(run.submissions() / "million.tar.gz");
    for (int i = 0; i < 1'000'000; ++i) pack.add("f" + std::to_string(i), "");
  }
  const auto start = std::chrono::steady_clock::now();
  const Completion c = run.grade(kQuick);
  ASSERT_EQ(c.exit_status, 0) << c.output;
  EXPECT_LT(std::chrono::steady_clock::now() - start, 2min);
  expect_perfect_is_done(run);
  EXPECT_EQ(run.rows().at({"million", "2.8"}).at("state"), "not submitted");
}

TEST(GradeBadInput, TwoSubmissionsOfOneStudent) {
  const GradeRun run({"perfect", "typo"});
  fs::copy(run.submissions() / "typo", run.submissions() / "Perfect", fs::copy_options::recursive);
  Pack(run.submissions() / "perfect.zip").add("08_loss.cpp", "#error \"an older one\"\n");
  const Completion c = run.grade(quick({"--roster", sample_roster(run.book()).string()}));
  EXPECT_THAT(c.output, HasSubstr("perfect"));
  EXPECT_EQ(run.rows().at({"typo", "2.8"}).at("state"), "done");
}

TEST(GradeBadInput, ARosterThatNamesSomebodyTwice) {
  const GradeRun run({"perfect"});
  const fs::path roster = run.folder() / "roster.csv";
  write_atomically(roster, "student id,name\nperfect,Ada\nother,Bo\nperfect,Cy\n");
  expect_refused(
      run.grade({"--roster", roster.string()}),
      AllOf(HasSubstr("roster.csv"), HasSubstr("perfect"), HasSubstr("2"), HasSubstr("4")));
}

TEST(GradeBadInput, AJournalOfANewerVersion) {
  const GradeRun run({"perfect"});
  fs::create_directories(run.out());
  {
    SQLite::Database database((run.out() / "journal.sqlite").string(),
                              SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
    database.exec("CREATE TABLE class (seed TEXT); PRAGMA user_version = 99;");
  }
  expect_refused(run.grade(kQuick), AllOf(HasSubstr("99"), HasSubstr("newer")));
}

TEST(GradeBadInput, AJournalThatIsNone) {
  const GradeRun run({"perfect"});
  fs::create_directories(run.out());
  write_atomically(run.out() / "journal.sqlite", std::string(5000, 'x'));
  expect_refused(run.grade(kQuick), HasSubstr("journal.sqlite"));
}

TEST(GradeBadInput, AFolderForReportsThatCannotBeWritten) {
  const GradeRun run({"perfect"});
  expect_refused(gradbook_program({"grade", run.submissions().string(), "--out", "/proc/grades"}),
                 HasSubstr("/proc/grades"));
}

TEST(GradeBadInput, AFileWhereTheFolderForReportsShouldBe) {
  const GradeRun run({"perfect"});
  write_atomically(run.out(), "a file\n");
  expect_refused(run.grade(kQuick), HasSubstr(run.out().string()));
}

TEST(GradeBadInput, AFullDisk) {
  const GradeRun run({"perfect", "mistaken"});
  fs::create_directories(run.out());
  const std::string command = "mount -t tmpfs -o size=40k none \"$0\" && exec \"$@\"";
  if (!gradbook::run({.arguments = {"unshare", "-m", "true"}}).ok())
    GTEST_SKIP() << "no right to mount a small disk";
  const Completion c = gradbook::run(
      {.arguments = {"unshare", "-m", "sh", "-c", command, run.out().string(),
                     (build_folder() / "gradbook").string(), "grade", run.submissions().string(),
                     "--out", run.out().string(), "--no-mistakes", "--exercise", "2.8"},
       .directory = root_folder(),
       .environment = {"GRADBOOK_ROOT=" + root_folder().string()},
       .wall = 5min});
  expect_refused(c, HasSubstr("room"));
  ASSERT_EQ(run.grade(kQuick).exit_status, 0);
  expect_perfect_is_done(run);
}

TEST(GradeBadInput, AnInterruptSaysThatItGoesOn) {
  const GradeRun run({"perfect", "half"});
  const Completion c = gradbook::run(
      {.arguments = {"timeout", "--signal=INT", "4", (build_folder() / "gradbook").string(),
                     "grade", run.submissions().string(), "--out", run.out().string(),
                     "--no-mistakes"},
       .directory = root_folder(),
       .environment = {"GRADBOOK_ROOT=" + root_folder().string()},
       .wall = 2min});
  if (c.exit_status == 0) GTEST_SKIP() << "it was ready before the interrupt";
  EXPECT_THAT(c.output, HasSubstr("interrupted"));
  ASSERT_EQ(run.grade({"--no-mistakes"}).exit_status, 0);
  expect_perfect_is_done(run);
}

}  // namespace
}  // namespace gradbook
