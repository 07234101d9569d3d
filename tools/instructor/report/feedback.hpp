/// @file
/// What one student may see: the only place that decides it, for pages, texts and other programs.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "grading/score/grades.hpp"
#include "instructor/report/report.hpp"

namespace gradbook {

/// A case that failed. All text of a Feedback is harmless: see plain_text.hpp.
struct SeenCase {
  std::string name, state, says;
  std::vector<std::pair<std::string, std::string>>
      hidden;  // what and its text: Release::everything
};

struct SeenExercise {
  std::size_t index = 0;  // in ClassGrades::exercises
  std::string id, title, points, out_of;
  State state = State::missing;
  std::string count;     // "3 of 11 cases failed"; from Release::cases on
  std::string reason;    // of an override
  std::string computed;  // points without the override; "" where there is none
  std::string mistake, integration;
  std::vector<std::string> messages;
  std::vector<SeenCase> failed;
};

struct SeenModule {
  std::string name, points, out_of;
};

struct Feedback {
  std::string student;  // the pseudonym or the name
  std::string points, out_of, lateness;
  bool submitted = false;
  std::vector<SeenModule> modules;
  std::vector<SeenExercise> exercises;  // empty at Release::score
  std::vector<std::string> notes;
};

/// What `student` may see of their grades.
Feedback feedback_for(const ClassGrades& grades, const StudentGrade& student,
                      const ReportOptions& options);

/// The student's grade of the exercise at `index`; one that was not submitted where there is none.
const ExerciseGrade& grade_of(const ClassGrades& grades, const StudentGrade& student,
                              std::size_t index);

/// The state of a case in the words that exercises have.
std::string case_state(const CaseResult& result);

/// One line on the state, for who has it.
std::string meaning(State state);

/// Pseudonym, or name with `with_names` (the student where they have no name).
std::string label_of(const StudentGrade& student, const ReportOptions& options);

/// What a teacher calls a module: "02 Scalar autograd"; its folder where no title is known.
std::string module_title(const ClassGrades& grades, const std::string& module);

/// The modules of the class in order, as their folders are called.
std::vector<std::string> modules_of(const ClassGrades& grades);

}  // namespace gradbook
