// The integrated run: one program for all of a student's files of a module, and a search only where
// it fails.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tools/grade_run.hpp"

namespace gradbook {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

// What Gradescope would show a student
std::string gradescope_of(const GradeRun& run, const std::string& student) {
  return run.reports().at("gradescope/" + student + ".json");
}

TEST(Integrated, OnlyWhatDoesNotGoTogetherIsSearched) {
  const GradeRun run({"perfect", "mistaken"});
  const std::vector<std::string> options = {"--seed", "5", "--no-mistakes"};
  const Completion c = run.grade(options);
  ASSERT_EQ(c.exit_status, 0) << c.output;
  // A program for each of two modules, and of each student
  EXPECT_THAT(c.output, AllOf(HasSubstr("4 of 4 programs run"), HasSubstr("looked at")));
  const std::string sentence = "passes alone, but not with the student's own 1.5";
  EXPECT_THAT(gradescope_of(run, "mistaken"), HasSubstr(sentence));
  EXPECT_THAT(gradescope_of(run, "perfect"), Not(HasSubstr("passes alone")));

  // What was known of the one stays when only the other is graded
  std::vector<std::string> only = options;
  only.insert(only.end(), {"--only", "perfect"});
  const auto journal = run.journal();
  ASSERT_EQ(run.grade(only).exit_status, 0);
  EXPECT_EQ(run.journal(), journal);
  EXPECT_THAT(gradescope_of(run, "mistaken"), HasSubstr(sentence));
}

TEST(Integrated, FilesThatGoTogetherAreOneProgramAModule) {
  const GradeRun run({"perfect"});
  const Completion c = run.grade({"--seed", "5", "--no-mistakes"});
  ASSERT_EQ(c.exit_status, 0) << c.output;
  EXPECT_EQ(run.journal().size(), run.students().front().expected.size() + 2);
}

}  // namespace
}  // namespace gradbook
