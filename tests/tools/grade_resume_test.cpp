// A class that is graded in pieces: killed and resumed, in part, anew, and one file once more.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>

#include "tools/grade_run.hpp"

namespace gradbook {
namespace {

using testing::HasSubstr;
using testing::Not;
using namespace std::chrono_literals;

const std::vector<std::string> kStudents = {"perfect", "late", "crashing", "half", "mistaken"};
const std::vector<std::string> kSeed = {"--seed", "5", "--no-mistakes"};

TEST(GradeResume, AKilledRunLosesNothingAndDoesNothingTwice) {
  const GradeRun killed(kStudents);
  std::mt19937 random(std::random_device{}());
  std::map<std::string, std::string> kept;
  for (int time = 0; time < 2; ++time) {
    const std::chrono::milliseconds wall(1500 + random() % 6000);
    const Completion c = killed.grade(kSeed, wall);
    // What was in the journal is in it still, to the last digit of the seconds that it took
    const auto now = killed.journal();
    for (const auto& [key, text] : kept) {
      ASSERT_TRUE(now.count(key)) << "lost after " << wall.count() << " ms: " << text;
      EXPECT_EQ(now.at(key), text) << "graded twice, killed after " << wall.count() << " ms";
    }
    kept = now;
    if (!c.timed_out) break;  // a fast machine was ready before
  }
  const Completion last = killed.grade(kSeed);
  ASSERT_EQ(last.exit_status, 0) << last.output;
  const auto all = killed.journal();
  for (const auto& [key, text] : kept) EXPECT_EQ(all.at(key), text);

  // The same as if nobody had killed it
  const GradeRun whole(kStudents);
  const Completion c = whole.grade(kSeed);
  ASSERT_EQ(c.exit_status, 0) << c.output;
  const auto reports = killed.reports(), expected = whole.reports();
  EXPECT_EQ(reports.size(), expected.size());
  for (const auto& [name, text] : expected) {
    ASSERT_TRUE(reports.count(name)) << name;
    EXPECT_TRUE(reports.at(name) == text) << name << " differs";
  }

  // Nothing is done when nothing has changed, and other reports say the same
  const auto start = std::chrono::steady_clock::now();
  const Completion again = whole.grade(kSeed);
  EXPECT_EQ(again.exit_status, 0) << again.output;
  EXPECT_LT(std::chrono::steady_clock::now() - start, 10s);
  EXPECT_EQ(whole.journal(), whole.journal());
  EXPECT_TRUE(whole.reports() == expected);
}

TEST(GradeResume, OnlySomeStudentsAndExercises) {
  const GradeRun run({"perfect", "crashing"});
  const auto options = [](std::vector<std::string> more) {
    more.insert(more.end(), kSeed.begin(), kSeed.end());
    return more;
  };
  const Completion one = run.grade(options({"--only", "crashing", "--exercise", "2.8"}));
  ASSERT_EQ(one.exit_status, 0) << one.output;
  auto rows = run.rows();
  EXPECT_EQ(rows.at({"crashing", "2.8"}).at("state"), "crashed");
  EXPECT_EQ(rows.at({"perfect", "2.8"}).at("state"), "infrastructure");
  EXPECT_EQ(rows.at({"crashing", "1.5"}).at("state"), "infrastructure");
  EXPECT_EQ(run.journal().size(), 1u);

  const Completion more = run.grade(options({"--exercise", "2.8"}));
  ASSERT_EQ(more.exit_status, 0) << more.output;
  rows = run.rows();
  EXPECT_EQ(rows.at({"perfect", "2.8"}).at("state"), "done");
  EXPECT_EQ(rows.at({"crashing", "2.8"}).at("state"), "crashed");

  const Completion unknown = run.grade(options({"--only", "nobody"}));
  EXPECT_EQ(unknown.exit_status, 2);
  EXPECT_THAT(unknown.output, HasSubstr("nobody"));
}

TEST(GradeResume, FreshDrawsAnew) {
  const GradeRun run({"two_files"});
  ASSERT_EQ(run.grade({"--no-mistakes"}).exit_status, 0);
  const auto before = run.journal();
  const Completion c = run.grade({"--no-mistakes", "--fresh"});
  ASSERT_EQ(c.exit_status, 0) << c.output;
  const auto after = run.journal();
  EXPECT_FALSE(after.empty());
  for (const auto& [key, text] : after) EXPECT_FALSE(before.count(key));
  EXPECT_EQ(run.rows().at({"two_files", "2.2"}).at("state"), "done");
}

TEST(GradeResume, AReplayShowsTheSameObservations) {
  const GradeRun run({"crashing"});
  ASSERT_EQ(run.grade({"--no-mistakes", "--exercise", "2.2"}).exit_status, 0);
  const auto replay = [&](const std::string& student, const std::string& exercise) {
    return gradbook_program({"replay", student, exercise, "--out", run.out().string(), "--course",
                             run.course().string()});
  };
  const Completion c = replay("crashing", "2.2");
  EXPECT_EQ(c.exit_status, 0) << c.output;
  EXPECT_THAT(c.output, HasSubstr("the same observations"));
  EXPECT_THAT(c.output, Not(HasSubstr("OTHER observations")));

  const Completion nobody = replay("nobody", "2.2");
  EXPECT_EQ(nobody.exit_status, 2);
  EXPECT_THAT(nobody.output, HasSubstr("nobody"));
}

}  // namespace
}  // namespace gradbook
