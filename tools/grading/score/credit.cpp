#include "grading/score/credit.hpp"

#include <algorithm>
#include <cmath>
#include <map>

#include "grading/score/late.hpp"
#include "grading/submission/time_text.hpp"

namespace gradbook {
namespace {

// How late one module is, and what of it is taken off
struct ModuleLateness {
  std::string module;
  std::chrono::sys_seconds due;
  int days = 0;   // late
  int grace = 0;  // days that are forgiven
  bool worth = false;
};

// All modules with a due time, in the order of their due times
std::vector<ModuleLateness> lateness(const Course& course, const Submission& submission,
                                     const std::vector<ExerciseGrade>& grades) {
  std::vector<ModuleLateness> modules;
  for (std::size_t i = 0; i < grades.size(); ++i) {
    const std::string& module = course.exercises[i].module;
    const auto due = course.due_for(submission.student, module);
    if (!due || !submission.submitted_at) continue;
    auto found = std::ranges::find(modules, module, &ModuleLateness::module);
    if (found == modules.end()) {
      modules.push_back({module, *due, days_late(*submission.submitted_at, *due)});
      found = modules.end() - 1;
    }
    if (grades[i].share > 0 && course.exercises[i].points > 0) found->worth = true;
  }
  std::ranges::stable_sort(modules, {}, &ModuleLateness::due);

  std::vector<int> days;
  for (const ModuleLateness& module : modules) days.push_back(module.worth ? module.days : 0);
  const std::vector<int> grace = grace_days(course.late, days);
  for (std::size_t i = 0; i < modules.size(); ++i) modules[i].grace = grace[i];
  return modules;
}

}  // namespace

double share_of(State state, const std::vector<CaseResult>& cases) {
  if (!comes_to_the_cases(state)) return 0;
  double earned = 0, weight = 0;
  for (const CaseResult& result : cases) {
    if (result.state == "reference" || !(result.weight > 0)) continue;
    weight += result.weight;
    if (result.share > 0) earned += result.weight * std::min(result.share, 1.0);
  }
  if (weight == 0) return state == State::done ? 1 : 0;
  return earned / weight;
}

StudentGrade grade_student(const Course& course, const Submission& submission,
                           const std::string& pseudonym, std::vector<ExerciseGrade> results) {
  StudentGrade student;
  student.student = submission.student;
  student.name = submission.name;
  student.email = submission.email;
  student.platform_id = submission.platform_id;
  student.section = submission.section;
  student.pseudonym = pseudonym;
  student.submitted = submission.submitted;
  if (submission.submitted_at)
    student.submitted_at = time_text(*submission.submitted_at, course.timezone);
  if (!submission.fault.empty()) student.notes.push_back(submission.fault);
  student.notes.insert(student.notes.end(), submission.notes.begin(), submission.notes.end());

  // One grade for each exercise of the course, in its order
  for (const GradedExercise& exercise : course.exercises) {
    const auto result = std::ranges::find(results, exercise.id, &ExerciseGrade::exercise);
    ExerciseGrade grade;
    if (result != results.end()) grade = std::move(*result);
    grade.exercise = exercise.id;
    grade.share = share_of(grade.state, grade.cases);
    student.exercises.push_back(std::move(grade));
  }

  const auto modules = lateness(course, submission, student.exercises);
  for (const ModuleLateness& module : modules) student.grace_days_used += module.grace;

  for (std::size_t i = 0; i < course.exercises.size(); ++i) {
    const GradedExercise& exercise = course.exercises[i];
    ExerciseGrade& grade = student.exercises[i];
    grade.factor = 1;
    const auto late = std::ranges::find(modules, exercise.module, &ModuleLateness::module);
    if (late != modules.end() && grade.state != State::missing) {
      grade.days_late = late->days;
      grade.factor = late_factor(course.late, late->days - late->grace);
      student.days_late = std::max(student.days_late, late->days);
    }
    grade.points = grade.share * grade.factor * exercise.points;
    const CourseOverride* by_hand = course.override_of(submission.student, exercise.id);
    if (by_hand != nullptr) {
      grade.override = by_hand->override;
      grade.points = by_hand->override.points;
    }
    student.points += grade.points;
    const bool could_be_had = grade.state != State::infrastructure || by_hand != nullptr;
    if (could_be_had && !exercise.bonus) student.possible += exercise.points;
  }
  return student;
}

}  // namespace gradbook
