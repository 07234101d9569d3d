// What the report says about exercises, by numbers that were worked out by hand.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <set>

#include "instructor/report/csv.hpp"
#include "instructor/report/file_names.hpp"
#include "instructor/report/plain_text.hpp"
#include "instructor/report/statistics.hpp"

namespace gradbook {
namespace {

using testing::ElementsAre;

// Shares of four students in three exercises of one point each
ClassGrades four_students() {
  const double shares[4][3] = {{1, 1, 1}, {1, 0.5, 1}, {1, 0.5, 0}, {0, 0, 0}};
  ClassGrades grades;
  grades.exercises = {
      {"1.1", "a", "A", "01", 1}, {"1.2", "b", "B", "01", 1}, {"1.3", "c", "C", "01", 1}};
  for (const auto& row : shares) {
    StudentGrade student;
    student.submitted = true;
    for (std::size_t i = 0; i < 3; ++i) {
      ExerciseGrade grade;
      grade.exercise = grades.exercises[i].id;
      grade.share = grade.points = row[i];
      grade.state = row[i] == 1 ? State::done : row[i] > 0 ? State::wrong : State::not_started;
      student.points += row[i];
      student.exercises.push_back(grade);
    }
    grades.students.push_back(student);
  }
  return grades;
}

TEST(ReportStatistics, AreThoseWorkedOutByHand) {
  const ClassStatistics s = statistics(four_students());
  EXPECT_EQ(s.submitted, 4u);
  EXPECT_EQ(s.finished, 1u);
  EXPECT_DOUBLE_EQ(s.mean, 1.75);  // 3, 2.5, 1.5, 0
  EXPECT_DOUBLE_EQ(s.median, 2.0);
  EXPECT_EQ(s.exercises[0].stopped, 1u);
  EXPECT_EQ(s.exercises[1].stopped, 2u);
  EXPECT_EQ(s.exercises[2].stopped, 0u);
  EXPECT_DOUBLE_EQ(s.exercises[1].mean_share, 0.5);
  // 1, .5, .5, 0 against the rest 1, 1, .5, 0: .5 / sqrt(.5 * .6875)
  ASSERT_TRUE(s.exercises[1].discrimination.has_value());
  EXPECT_NEAR(*s.exercises[1].discrimination, 0.5 / std::sqrt(0.5 * 0.6875), 1e-12);
}

TEST(ReportStatistics, DiscriminationIsNotDefinedWhereNothingVaries) {
  EXPECT_FALSE(correlation({1, 1, 1, 1}, {1, 2, 3, 4}).has_value());
  EXPECT_FALSE(correlation({1, 2}, {1, 2}).has_value());
}

TEST(ReportStatistics, AMistakeIsCountedByItsSentence) {
  ClassGrades grades = four_students();
  for (const std::size_t student : {1u, 2u})
    grades.students[student].exercises[1].mistake = "the sign is turned round";
  const auto kinds = statistics(grades).exercises[1].kinds;
  ASSERT_EQ(kinds.size(), 1u);
  EXPECT_EQ(kinds[0].sentence, "the sign is turned round");
  EXPECT_EQ(kinds[0].students, 2u);
}

TEST(ReportStatistics, LineNumbersDoNotTellCompilerMessagesApart) {
  ExerciseGrade grade;
  grade.state = State::does_not_compile;
  grade.messages = {"a.cpp:3:1: error: expected ';'\n  3 | x"};
  EXPECT_EQ(failure_sentence(grade), "expected ';'");
}

TEST(FileNames, AreSafeAndNeverClash) {
  const auto names =
      file_names({"ada", "Ada", "../ada", "a/b", "a?b", "", ".", "CON", "bob@x.org"});
  std::set<std::string> folded;
  for (std::string name : names) {
    EXPECT_EQ(name.find('/'), std::string::npos);
    EXPECT_NE(name[0], '.');
    for (char& c : name) c = static_cast<char>(std::tolower(c));
    EXPECT_TRUE(folded.insert(name).second) << name;
  }
  EXPECT_EQ(names.back(), "bob_x.org");
}

TEST(PlainText, NumbersAndBrokenText) {
  EXPECT_EQ(number(2.50), "2.5");
  EXPECT_EQ(number(-0.0001), "0");
  EXPECT_EQ(one_line("a\xff\x1b"
                     "b\r\nc\u202E"),
            "a\uFFFDb c");
  EXPECT_EQ(cut("äöü", 2), "äö…");
  EXPECT_EQ(csv_text("=1,2"), "\"'=1,2\"");
}

}  // namespace
}  // namespace gradbook
