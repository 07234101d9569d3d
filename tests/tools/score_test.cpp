// Credit: shares of cases, lateness module by module, and what an instructor set by hand.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "grading/score/credit.hpp"
#include "grading/submission/time_text.hpp"
#include "tools/program.hpp"

namespace gradbook {
namespace {

using testing::ElementsAre;

std::vector<CaseResult> cases(const std::vector<std::pair<std::string, double>>& states) {
  std::vector<CaseResult> result;
  for (const auto& [state, weight] : states) {
    CaseResult one;
    one.state = state;
    one.weight = weight;
    one.share = state == "passed" ? 1 : 0;
    result.push_back(one);
  }
  return result;
}

TEST(Shares, AreTheWeightOfTheCasesThatPassed) {
  const auto some = cases({{"passed", 2}, {"wrong", 1}, {"crashed", 1}});
  for (const State state : {State::wrong, State::crashed, State::timed_out, State::out_of_memory,
                            State::too_much_output})
    EXPECT_EQ(share_of(state, some), 0.5) << name(state);
  EXPECT_EQ(share_of(State::done, cases({{"passed", 1}, {"passed", 3}})), 1);
  EXPECT_EQ(share_of(State::done, {}), 1);
}

TEST(Shares, AreNothingWhereItDidNotComeToTheCases) {
  const auto all = cases({{"passed", 1}});
  for (const State state : {State::missing, State::not_started, State::does_not_compile,
                            State::interface_changed, State::refused, State::infrastructure})
    EXPECT_EQ(share_of(state, all), 0) << name(state);
  EXPECT_EQ(share_of(State::wrong, {}), 0);
}

TEST(Shares, LeaveOutCasesThatTheReferenceFailed) {
  EXPECT_EQ(share_of(State::wrong, cases({{"passed", 1}, {"reference", 8}, {"wrong", 1}})), 0.5);
}

TEST(Shares, CountPartsAndNeverMoreThanAll) {
  auto partly = cases({{"wrong", 1}, {"wrong", 1}, {"passed", 1}, {"passed", -5}});
  partly[0].share = 0.25;
  partly[1].share = std::nan("");
  partly[2].share = 7;
  EXPECT_DOUBLE_EQ(share_of(State::wrong, partly), 1.25 / 3);
}

class Grades : public testing::Test {
 protected:
  Course course(const std::string& text) const {
    write_atomically(folder_.path() / "course.toml", text);
    return read_course(book_, folder_.path() / "course.toml");
  }
  static Submission submitted(const std::string& when = "") {
    Submission s;
    s.student = "jdoe";
    s.name = "Jane Doe";
    s.submitted_at = time_of(when);
    return s;
  }
  static ExerciseGrade result(const std::string& id, State state) {
    ExerciseGrade grade;
    grade.exercise = id;
    grade.state = state;
    return grade;
  }
  double points(const std::string& id) const { return book_.find(id)->points; }

  const Book book_{root_folder()};
  Folder folder_;
};

const std::string kCourse = R"(
exercises = ["1.1", "1.2", "2.2", "2.14"]
stretch = "bonus"
[[module]]
module = "02"
due = 2026-03-08T12:00:00
[[module]]
module = "01"
due = 2026-03-01T12:00:00
[late]
factors = [0.75, 0.5, 0.25]
)";

TEST_F(Grades, AreInTheOrderOfTheCourseWithWhatWasNotSubmitted) {
  const StudentGrade grade =
      grade_student(course(kCourse), submitted(), "S001",
                    {result("2.2", State::done), result("1.1", State::does_not_compile)});
  std::vector<std::string> ids;
  for (const ExerciseGrade& e : grade.exercises) ids.push_back(e.exercise);
  EXPECT_THAT(ids, ElementsAre("1.1", "1.2", "2.2", "2.14"));
  EXPECT_EQ(grade.exercises[0].state, State::does_not_compile);
  EXPECT_EQ(grade.exercises[1].state, State::missing);
  EXPECT_EQ(grade.points, points("2.2"));
  EXPECT_EQ(grade.pseudonym, "S001");
  EXPECT_EQ(grade.submitted_at, "");
}

TEST_F(Grades, TakeOffWhatIsLateModuleByModule) {
  const StudentGrade grade = grade_student(
      course(kCourse), submitted("2026-03-03 12:00:00"), "S001",
      {result("1.1", State::done), result("2.2", State::done), result("1.2", State::not_started)});
  EXPECT_EQ(grade.exercises[0].factor, 0.5);
  EXPECT_EQ(grade.exercises[0].days_late, 2);
  EXPECT_EQ(grade.exercises[0].points, 0.5 * points("1.1"));
  EXPECT_EQ(grade.exercises[2].factor, 1);
  EXPECT_EQ(grade.exercises[2].days_late, 0);
  EXPECT_EQ(grade.points, 0.5 * points("1.1") + points("2.2"));
  EXPECT_EQ(grade.days_late, 2);
  EXPECT_EQ(grade.grace_days_used, 0);
  EXPECT_EQ(grade.submitted_at, "2026-03-03 12:00");
}

TEST_F(Grades, UseGraceDaysOnTheModuleThatWasDueFirst) {
  const StudentGrade grade =
      grade_student(course(kCourse + "grace_days = 8\n"), submitted("2026-03-09 12:00:00"), "S001",
                    {result("1.1", State::done), result("2.2", State::done)});
  EXPECT_EQ(grade.exercises[0].factor, 1);
  EXPECT_EQ(grade.exercises[0].days_late, 8);
  EXPECT_EQ(grade.exercises[2].factor, 0.75);
  EXPECT_EQ(grade.grace_days_used, 8);
  EXPECT_EQ(grade.days_late, 8);
}

TEST_F(Grades, SpendNoGraceDayOnWhatIsWorthNothing) {
  const StudentGrade grade =
      grade_student(course(kCourse + "grace_days = 8\n"), submitted("2026-03-09 12:00:00"), "S001",
                    {result("1.1", State::does_not_compile), result("2.2", State::done)});
  EXPECT_EQ(grade.exercises[2].factor, 1);
  EXPECT_EQ(grade.grace_days_used, 1);
}

TEST_F(Grades, KnowExtensions) {
  const std::string extension = "[[extension]]\nstudent = \"jdoe\"\nmodule = \"01\"\ndays = 1\n";
  const StudentGrade grade =
      grade_student(course(kCourse + extension), submitted("2026-03-02 12:00:00"), "S001",
                    {result("1.1", State::done)});
  EXPECT_EQ(grade.exercises[0].days_late, 0);
  EXPECT_EQ(grade.exercises[0].factor, 1);
}

TEST_F(Grades, WithoutATimeAreOnTime) {
  const StudentGrade grade =
      grade_student(course(kCourse), submitted(), "S001", {result("1.1", State::done)});
  EXPECT_EQ(grade.exercises[0].factor, 1);
  EXPECT_EQ(grade.days_late, 0);
}

TEST_F(Grades, NeverCountInfrastructureAndAddABonus) {
  const StudentGrade grade =
      grade_student(course(kCourse), submitted(), "S001",
                    {result("1.1", State::infrastructure), result("1.2", State::wrong),
                     result("2.14", State::done)});
  EXPECT_EQ(grade.exercises[0].state, State::infrastructure);
  EXPECT_EQ(grade.exercises[0].points, 0);
  EXPECT_EQ(grade.points, points("2.14"));
  EXPECT_EQ(grade.possible, points("1.2") + points("2.2"));
}

TEST_F(Grades, KeepBothWhatWasComputedAndWhatWasSetByHand) {
  const std::string by_hand =
      "[[override]]\nstudent = \"jdoe\"\nexercise = \"1.1\"\npoints = 1.5\nreason = \"oral\"\n"
      "[[override]]\nstudent = \"other\"\nexercise = \"1.2\"\npoints = 1\nreason = \"oral\"\n"
      "[[override]]\nstudent = \"jdoe\"\nexercise = \"1.2\"\npoints = 0\nreason = \"copied\"\n";
  const StudentGrade grade =
      grade_student(course(kCourse + by_hand), submitted("2026-03-02 12:00:00"), "S001",
                    {result("1.1", State::infrastructure), result("1.2", State::done)});
  EXPECT_EQ(grade.exercises[0].points, 1.5);
  EXPECT_EQ(grade.exercises[0].override->reason, "oral");
  EXPECT_EQ(grade.exercises[0].state, State::infrastructure);
  EXPECT_EQ(grade.exercises[1].points, 0);
  EXPECT_EQ(grade.exercises[1].share, 1);
  EXPECT_EQ(grade.exercises[1].factor, 0.75);
  EXPECT_EQ(grade.points, 1.5);
  EXPECT_EQ(grade.possible, points("1.1") + points("1.2") + points("2.2"));
}

TEST_F(Grades, OfNobodyAreAllNotSubmitted) {
  Submission nobody = submitted();
  nobody.submitted = false;
  const StudentGrade grade = grade_student(course(kCourse), nobody, "S001", {});
  EXPECT_FALSE(grade.submitted);
  EXPECT_EQ(grade.points, 0);
  for (const ExerciseGrade& e : grade.exercises) EXPECT_EQ(e.state, State::missing);
}

TEST_F(Grades, CarryWhatWasOdd) {
  Submission s = submitted();
  s.fault = "is encrypted";
  s.notes = {"a link was refused"};
  EXPECT_THAT(grade_student(course(kCourse), s, "S001", {}).notes,
              ElementsAre("is encrypted", "a link was refused"));
}

}  // namespace
}  // namespace gradbook
