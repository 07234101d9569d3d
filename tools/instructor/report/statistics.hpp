/// @file
/// What the grades of a class say about its exercises.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "grading/score/grades.hpp"

namespace gradbook {

/// Students who fail an exercise alike.
struct FailureKind {
  State state = State::wrong;
  std::string sentence;  // the known mistake; else what the first failed case says; else the first
                         // message or the signal; harmless text
  std::size_t students = 0;
};

/// How many students fail a case.
struct CaseCount {
  std::string name, says;  // harmless text
  std::size_t failed = 0;
};

struct ExerciseStatistics {
  std::size_t counted = 0;    // students who submitted, infrastructure failures aside
  std::size_t done = 0;       // passed every case
  std::size_t not_begun = 0;  // not started, or no such file in the submission
  std::size_t stopped = 0;    // for whom it is the first required exercise that is not done
  double mean_share = 0;
  std::optional<double> discrimination;  // corrected item–total correlation, where it is defined
  std::vector<FailureKind> kinds;        // the commonest first
  std::vector<CaseCount> cases;          // in the order in which they are judged
};

struct ClassStatistics {
  std::size_t submitted = 0, finished = 0;  // finished: every required exercise is done
  double mean = 0, median = 0;              // of the points of those who submitted
  double possible = 0;                      // points in all
  std::vector<ExerciseStatistics> exercises;
};

/// All of it, for the students who submitted.
ClassStatistics statistics(const ClassGrades& grades);

/// Pearson's correlation of equally many numbers; none for fewer than three, or where one side does
/// not vary.
std::optional<double> correlation(const std::vector<double>& x, const std::vector<double>& y);

/// How a grade fails: its sentence in a FailureKind.
std::string failure_sentence(const ExerciseGrade& grade);

}  // namespace gradbook
