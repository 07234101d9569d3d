// Course files: what may stand in one, and that anything else is an error with a line.
#include "grading/score/course.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "grading/submission/time_text.hpp"
#include "tools/program.hpp"

namespace gradbook {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

class Courses : public testing::Test {
 protected:
  Course read(const std::string& text) const {
    write_atomically(folder_.path() / "course.toml", text);
    return read_course(book_, folder_.path() / "course.toml");
  }
  std::string error(const std::string& text) const {
    try {
      read(text);
    } catch (const UserError& error) {
      return error.what();
    }
    return "nothing was thrown";
  }
  static std::string due(const Course& course, const std::string& student,
                         const std::string& module) {
    const auto due = course.due_for(student, module);
    return due ? time_text(*due, course.timezone) : "never";
  }
  static std::vector<std::string> ids(const Course& course) {
    std::vector<std::string> result;
    for (const GradedExercise& e : course.exercises) result.push_back(e.id);
    return result;
  }
  static double total(const Course& course, bool bonus) {
    double sum = 0;
    for (const GradedExercise& e : course.exercises) sum += e.bonus == bonus ? e.points : 0;
    return sum;
  }

  const Book book_{root_folder()};
  Folder folder_;
};

TEST_F(Courses, WithoutAFileGradeTheWholeBookAndNothingIsLate) {
  const Course course = whole_book(book_);
  EXPECT_EQ(course.exercises.size(), exercises_in_the_book());
  EXPECT_EQ(due(course, "jdoe", "02_scalar"), "never");
  EXPECT_FALSE(course.late.on);
  EXPECT_EQ(total(course, true), 0);
}

TEST_F(Courses, OfAnEmptyFileAreTheWholeBook) {
  const Course course = read("");
  EXPECT_EQ(ids(course), ids(whole_book(book_)));
  EXPECT_EQ(course.limits.cpu_seconds, 10);
  EXPECT_EQ(course.limits.memory_mib, 1024);
}

TEST_F(Courses, MayBeGivenInFull) {
  const Course course = read(R"(
title = "Deep learning, spring"
timezone = "+01:00"
exercises = ["2.2", "01", "2.5"]
require_level = "full"

[[module]]
module = "01"
due = 2026-03-01T23:59:00

[[module]]
module = "02_scalar"
due = 2026-03-29T23:59:00+02:00

[late]
factors = [0.75, 0.5, 0.25]
grace_days = 6

[[extension]]
student = "jdoe"
module = "1"
days = 2
reason = "illness"

[[extension]]
student = "asmith"
until = 2026-05-01T12:00:00

[limits]
cpu_seconds = 20
processes = 1

[[override]]
student = "jdoe"
exercise = "2.2"
points = 2.5
reason = "right but for a comma"
)");
  EXPECT_EQ(course.title, "Deep learning, spring");
  EXPECT_EQ(course.require_level, "full");
  EXPECT_THAT(ids(course),
              ElementsAre("1.1", "1.2", "1.3", "1.4", "1.5", "1.6", "1.7", "2.2", "2.5"));
  EXPECT_EQ(due(course, "other", "01_foundations"), "2026-03-01 23:59");
  EXPECT_EQ(time_text(*course.due_for("other", "01_foundations")), "2026-03-01 22:59");
  EXPECT_EQ(due(course, "other", "02_scalar"), "2026-03-29 22:59");
  EXPECT_EQ(due(course, "jdoe", "01_foundations"), "2026-03-03 23:59");
  EXPECT_EQ(due(course, "jdoe", "02_scalar"), "2026-03-29 22:59");
  EXPECT_EQ(due(course, "asmith", "01_foundations"), "2026-05-01 12:00");
  EXPECT_EQ(due(course, "asmith", "02_scalar"), "2026-05-01 12:00");
  EXPECT_THAT(course.late.factors, ElementsAre(0.75, 0.5, 0.25));
  EXPECT_EQ(course.late.grace_days, 6);
  EXPECT_EQ(course.limits.cpu_seconds, 20);
  EXPECT_EQ(course.limits.processes, 1);
  EXPECT_EQ(course.limits.wall_seconds, 30);
  ASSERT_NE(course.override_of("jdoe", "2.2"), nullptr);
  EXPECT_EQ(course.override_of("jdoe", "2.2")->override.points, 2.5);
  EXPECT_EQ(course.override_of("jdoe", "2.5"), nullptr);
  EXPECT_EQ(course.override_of("asmith", "2.2"), nullptr);
  EXPECT_THAT(course.unknown_students({"jdoe", "other"}),
              ElementsAre(AllOf(HasSubstr("course.toml:26:"), HasSubstr("\"asmith\""))));
  EXPECT_THAT(course.unknown_students({"jdoe", "asmith"}), IsEmpty());
}

TEST_F(Courses, ReadLocalTimesInTheirTimeZone) {
  for (const auto& [zone, utc] : {std::pair("+01:00", "22:59"), std::pair("-08:00", "07:59"),
                                  std::pair("UTC", "23:59"), std::pair("+05:30", "18:29")}) {
    const Course course = read(std::string("timezone = \"") + zone +
                               "\"\n[[module]]\nmodule = \"01\"\ndue = 2026-03-01T23:59:59\n");
    EXPECT_THAT(time_text(*course.due_for("x", "01_foundations")), HasSubstr(utc)) << zone;
  }
}

TEST_F(Courses, AnExtensionNeverComesBeforeTheDueTime) {
  const Course course = read(
      "[[module]]\nmodule = \"01\"\ndue = 2026-03-01T23:59:00\n"
      "[[extension]]\nstudent = \"a\"\nuntil = 2026-02-01T00:00:00\n");
  EXPECT_EQ(due(course, "a", "01_foundations"), "2026-03-01 23:59");
}

TEST_F(Courses, SayWhatStretchExercisesAreWorth) {
  double stretch = 0, all = 0;
  for (const GradedExercise& e : whole_book(book_).exercises) {
    all += e.points;
    stretch += e.stretch ? e.points : 0;
  }
  ASSERT_GT(stretch, 0);
  EXPECT_EQ(total(read("stretch = \"counts\""), false), all);
  const Course bonus = read("stretch = \"bonus\"\noptional = [\"1.7\"]");
  const double optional = book_.find("1.7")->points;
  EXPECT_EQ(total(bonus, true), stretch + optional);
  EXPECT_EQ(total(bonus, false), all - stretch - optional);
  const Course ignored = read("stretch = \"ignored\"");
  EXPECT_EQ(total(ignored, false), all - stretch);
  EXPECT_EQ(total(ignored, true), 0);
}

TEST_F(Courses, SayWhatIsWrongAndWhere) {
  const std::string due = "[[module]]\nmodule = \"01\"\ndue = 2026-03-01T23:59:00\n";
  const std::string override_of =
      "[[override]]\nstudent = \"a\"\nexercise = \"2.2\"\npoints = 1\nreason = \"r\"\n";
  const std::string extension = "[[extension]]\nstudent = \"a\"\n";
  const struct {
    std::string text, says;
  } rows[] = {
      {"title = ", "course.toml:1:"},
      {"title = 7", "course.toml:1: \"title\" must be a text"},
      {"\ntitel = \"x\"", "course.toml:2: nothing reads the key \"titel\""},
      {"timezone = \"CET\"", "course.toml:1: \"CET\" is no offset from UTC"},
      {"exercises = []", "course.toml:1: \"exercises\" is empty"},
      {"exercises = [\"99.9\"]", "course.toml:1: there is no exercise or module \"99.9\""},
      {"exercises = [\"\"]", "course.toml:1: \"exercises\" has an empty name"},
      {"exercises = \"01\"", "course.toml:1: \"exercises\" must be a list"},
      {"stretch = \"maybe\"", "course.toml:1: \"maybe\" is none of counts, bonus and ignored"},
      {"module = \"01\"", "course.toml:1: \"module\" must be written as [[module]]"},
      {"[[module]]\nmodule = \"99\"\ndue = 2026-03-01T23:59:00",
       "course.toml:2: there is no module \"99\""},
      {"[[module]]\nmodule = 1\ndue = 2026-03-01T23:59:00",
       "course.toml:2: \"module\" must be a text"},
      {"[[module]]\nmodule = \"01\"", "course.toml:1: \"due\" is missing"},
      {"[[module]]\nmodule = \"01\"\ndue = 2026-03-01",
       "course.toml:3: \"due\" must be a date and"},
      {"[[module]]\nmodule = \"01\"\ndue = 2026-02-30T00:00:00", "course.toml:3:"},
      {"[[module]]\nmodule = \"01\"\ndue = \"soon\"", "course.toml:3: \"due\" must be a date and"},
      {due + due, "course.toml:5: 01_foundations stands here twice"},
      {"[late]\n", "course.toml:1: \"factors\" must be a list of numbers"},
      {"[late]\nfactors = [\"x\"]", "course.toml:2: \"factors\" must be a list of numbers"},
      {"[late]\nfactors = [75, 50]", "course.toml:2: \"factors\" has 75 after 1"},
      {"[late]\nfactors = [0.5, 0.75]", "course.toml:2: \"factors\" has 0.75 after 0.5"},
      {"[late]\nfactors = [-0.5]", "course.toml:2: \"factors\" has -0.5"},
      {"[late]\nfactors = [nan]", "course.toml:2: \"factors\" has nan"},
      {"[late]\nfactors = []\ngrace_days = -1", "course.toml:3: \"grace_days\" is -1: it must be"},
      {"[late]\nfactors = []\ngrace_days = 1.5", "course.toml:3: \"grace_days\" must be a whole"},
      {"[late]\nfactors = []\ngrace = 1", "course.toml:3: nothing reads the key \"grace\""},
      {"late = 1", "course.toml:1: \"late\" must be written as [late]"},
      {due + extension, "either \"days\" or \"until\""},
      {due + extension + "days = 1\nuntil = 2026-03-01T00:00:00", "either \"days\" or \"until\""},
      {due + extension + "days = 0", "course.toml:6: \"days\" is 0: it must be 1 to 1000"},
      {due + extension + "module = \"02\"\ndays = 1",
       "course.toml:6: 02_scalar has no due time that could be extended"},
      {due + extension + "days = 1\n" + extension + "days = 2", "\"a\" has two extensions"},
      {"[limits]\ncpu_seconds = 0", "course.toml:2: \"cpu_seconds\" is 0: it must be 1 to 3600"},
      {"[limits]\nmemory_mib = 99999999999", "course.toml:2: \"memory_mib\" is 99999999999"},
      {"[limits]\nwall = 1", "course.toml:2: nothing reads the key \"wall\""},
      {"[[override]]\nstudent = \"a\"\nexercise = \"2.2\"\npoints = 99\nreason = \"r\"",
       "course.toml:4: 99 points are out of range: 2.2 has 0 to 4"},
      {"[[override]]\nstudent = \"a\"\nexercise = \"2.2\"\npoints = -1\nreason = \"r\"",
       "course.toml:4: -1 points are out of range"},
      {"[[override]]\nstudent = \"a\"\nexercise = \"2.2\"\npoints = nan\nreason = \"r\"",
       "course.toml:4: nan points are out of range"},
      {"[[override]]\nstudent = \"a\"\nexercise = \"2.2\"\npoints = 1\nreason = \"\"",
       "course.toml:5: an override needs a reason"},
      {"[[override]]\nstudent = \"a\"\nexercise = \"2.2\"\npoints = 1", "\"reason\" is missing"},
      {override_of + override_of, "\"a\" has two overrides for 2.2"},
      {"exercises = [\"01\"]\n[[override]]\nstudent = \"a\"\nexercise = \"2.2\"\npoints = "
       "1\nreason "
       "= \"r\"",
       "course.toml:4: \"2.2\" is no exercise that is graded"},
  };
  for (const auto& [text, says] : rows) EXPECT_THAT(error(text), HasSubstr(says)) << text;
}

TEST_F(Courses, ThatAreNotThereAreAnError) {
  EXPECT_THROW(read_course(book_, folder_.path() / "nowhere.toml"), UserError);
}

}  // namespace
}  // namespace gradbook
