// The state of a workbook: what it remembers, and what cannot take it away.
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <nlohmann/json.hpp>

#include "student/progress.hpp"
#include "tools/program.hpp"
#include "tools/workbook.hpp"

namespace gradbook {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

class ProgressTest : public testing::Test {
 protected:
  Verdict verdict(const std::string& id, State state, double share = 0) {
    return {.exercise = workbook_.book().find(id), .state = state, .share = share};
  }
  Progress open() { return Progress(workbook_.book(), workbook_.path()); }
  Workbook workbook_;
};

TEST_F(ProgressTest, ANewStudentStandsAtTheFirstExercise) {
  const Progress progress = open();
  EXPECT_TRUE(progress.is_new());
  EXPECT_EQ(progress.warning(), "");
  EXPECT_EQ(progress.current().id, "1.1");
  EXPECT_FALSE(fs::exists(workbook_.state())) << "looking changes nothing";
}

TEST_F(ProgressTest, WhatIsNotedIsThereAfterARestart) {
  Progress progress = open();
  progress.note(verdict("1.1", State::done, 1));
  progress.note(verdict("2.2", State::wrong, 0.25));
  progress.take_hint("2.2");
  EXPECT_EQ(progress.take_hint("2.2"), 2);

  const Progress again = open();
  EXPECT_FALSE(again.is_new());
  EXPECT_TRUE(again.of("1.1").done);
  EXPECT_EQ(again.of("2.2").share, 0.25);
  EXPECT_TRUE(again.of("2.2").started);
  EXPECT_EQ(again.of("2.2").hints, 2);
  EXPECT_EQ(again.current().id, "1.2") << "the first that is not done";
  EXPECT_EQ(again.points(), 2);
  EXPECT_EQ(again.points_in_all(), points_of_the_book());
}

TEST_F(ProgressTest, TheChosenExerciseIsTheCurrentOne) {
  open().set_current("2.5");
  EXPECT_EQ(open().current().id, "2.5");
  open().set_current("");
  EXPECT_EQ(open().current().id, "1.1");
}

TEST_F(ProgressTest, AHintIsNeverTheFourth) {
  Progress progress = open();
  for (int i = 0; i < 5; ++i) progress.take_hint("1.1");
  EXPECT_EQ(open().of("1.1").hints, 3);
}

TEST_F(ProgressTest, WhatCouldNotBeCheckedTakesNothingAway) {
  open().note(verdict("1.1", State::done, 1));
  open().note(verdict("1.1", State::infrastructure));
  EXPECT_TRUE(open().of("1.1").done);
}

TEST_F(ProgressTest, TwoGradbooksLoseNothingOfEachOthers) {
  Progress first = open(), second = open();
  first.note(verdict("1.1", State::done, 1));
  second.note(verdict("1.2", State::done, 1));
  EXPECT_TRUE(open().of("1.1").done);
  EXPECT_TRUE(open().of("1.2").done);
}

TEST_F(ProgressTest, ExercisesThatThisBookLacksAreKept) {
  write_atomically(workbook_.state(),
                   R"({"version": 1, "exercises": {"9.9": {"done": true, "hints": 2}}})");
  open().note(verdict("1.1", State::done, 1));
  const auto json = nlohmann::json::parse(read_file(workbook_.state()));
  EXPECT_TRUE(json.at("exercises").at("9.9").at("done"));
  EXPECT_EQ(json.at("exercises").at("9.9").at("hints"), 2);
}

TEST_F(ProgressTest, ADamagedStateIsKeptAside) {
  for (const char* damaged :
       {"{\"version\": 1, \"exerc", "", "[1, 2]", R"({"version": 1, "exercises": {"1.1": 3}})",
        R"({"version": 1, "exercises": {"1.1": {"done": "yes"}}})"}) {
    write_atomically(workbook_.state(), damaged);
    const fs::path kept = workbook_.state().string() + ".damaged";
    const Progress progress = open();
    EXPECT_TRUE(progress.is_damaged()) << damaged;
    EXPECT_FALSE(progress.is_new()) << damaged;
    EXPECT_THAT(progress.warning(), HasSubstr("kept as progress.json.damaged")) << damaged;
    EXPECT_EQ(read_file(kept), damaged);
    fs::remove(kept);
  }
}

TEST_F(ProgressTest, ASecondDamagedStateDoesNotReplaceTheFirst) {
  write_atomically(workbook_.state(), "first");
  open();
  write_atomically(workbook_.state(), "second");
  open();
  EXPECT_EQ(read_file(workbook_.state().string() + ".damaged"), "first");
  EXPECT_EQ(read_file(workbook_.state().string() + ".damaged.2"), "second");
}

TEST_F(ProgressTest, ANewerGradbooksStateIsLeftAlone) {
  const std::string newer = R"({"version": 2, "exercises": []})";
  write_atomically(workbook_.state(), newer);
  EXPECT_THROW(open(), UserError);
  EXPECT_EQ(read_file(workbook_.state()), newer);
}

TEST_F(ProgressTest, IsRebuiltFromWhatPasses) {
  workbook_.solve("1.1");
  write_atomically(workbook_.file("1.2"),
                   replaced(workbook_.solution("1.2"), "return", "return 1 +"));
  write_atomically(workbook_.state(), "{ damaged");
  const Completion c = workbook_.gradbook({"list"});
  EXPECT_EQ(c.exit_status, 0) << c.output;
  EXPECT_THAT(c.output,
              AllOf(HasSubstr("is damaged"),
                    HasSubstr(fmt::format("1 of {} exercises pass", exercises_in_the_book())),
                    HasSubstr("✓ 1.1  done"), Not(HasSubstr("✓ 1.2"))));
  EXPECT_TRUE(open().of("1.1").done);
  EXPECT_THAT(workbook_.gradbook({"list"}).output, Not(HasSubstr("damaged"))) << "said once";
}

// A child writes without end and is killed at a moment of chance: what it had reported as written
// is there
TEST_F(ProgressTest, AHundredKillsInTheMiddleOfAWriteLoseNothing) {
  const auto all = workbook_.book().select("");
  open().note(verdict("2.14", State::done, 1));
  for (int kill_number = 0; kill_number < 100; ++kill_number) {
    int ends[2];
    ASSERT_EQ(pipe(ends), 0);
    const pid_t child = fork();
    ASSERT_GE(child, 0);
    if (child == 0) {
      Progress progress = open();
      for (unsigned i = 0;; ++i) {
        const unsigned char written = static_cast<unsigned char>(i % 20);
        progress.note({.exercise = all[written],
                       .state = i / 20 % 2 == 0 ? State::done : State::wrong,
                       .share = i / 20 % 2 == 0 ? 1.0 : 0.5});
        if (write(ends[1], &written, 1) != 1) _exit(1);
      }
    }
    close(ends[1]);
    unsigned char last = 0;
    std::size_t reports = 0;
    for (unsigned char report; read(ends[0], &report, 1) == 1;) {
      last = report;
      if (++reports == 1) {
        usleep(static_cast<useconds_t>(kill_number * 37 % 1000));
        kill(child, SIGKILL);
      }
    }
    close(ends[0]);
    int status = 0;
    waitpid(child, &status, 0);
    ASSERT_TRUE(WIFSIGNALED(status)) << "the child left by itself";

    const Progress progress = open();
    ASSERT_EQ(progress.warning(), "") << "after kill " << kill_number;
    ASSERT_TRUE(progress.of("2.14").done) << "after kill " << kill_number;
    ASSERT_TRUE(progress.of(all[last]->id).started) << all[last]->id << " was reported as written";
  }
  open().take_hint("1.1");
  std::vector<std::string> files;
  for (const auto& entry : fs::directory_iterator(workbook_.state().parent_path()))
    files.push_back(entry.path().filename());
  EXPECT_THAT(files, testing::UnorderedElementsAre(".lock", "progress.json"))
      << "nothing half written stays behind";
}

// A disk that is full, which only root can mount, where the state is kept
TEST_F(ProgressTest, AFullDiskLeavesTheOldStateAndTheVerdict) {
  const fs::path small = workbook_.path() / ".gradbook";
  fs::create_directories(small);
  if (run({.arguments = {"mount", "-t", "tmpfs", "-o", "size=8k", "tmpfs", small.string()}})
          .exit_status != 0) {
    GTEST_SKIP() << "only root can mount a small disk";
  }
  open().note(verdict("1.2", State::done, 1));
  const std::string old = read_file(workbook_.state());
  try {
    write_atomically(small / "filler", std::string(4096, 'x'));
  } catch (const UserError&) {
    // so it is full already
  }
  workbook_.solve("1.1");
  const Completion c = workbook_.gradbook({"check", "1.1"});
  EXPECT_EQ(c.exit_status, 0) << c.output;
  EXPECT_THAT(c.output, AllOf(HasSubstr("1.1 operators: done"), HasSubstr("could not be noted"),
                              HasSubstr("the disk is full")));
  EXPECT_EQ(read_file(workbook_.state()), old);
  const Completion hint = workbook_.gradbook({"hint", "1.1"});
  EXPECT_EQ(hint.exit_status, 0);
  EXPECT_THAT(hint.output, AllOf(HasSubstr("hint 1 of 3"), HasSubstr("could not be noted")));
  run({.arguments = {"umount", small.string()}});
}

}  // namespace
}  // namespace gradbook
