#include "instructor/report/feedback.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "instructor/report/plain_text.hpp"

namespace gradbook {
namespace {

constexpr std::size_t kMessage = 8000;  // characters of one message or value

SeenCase seen_case(const CaseResult& result, Release release) {
  SeenCase seen{one_line(result.name), case_state(result), one_line(result.says), {}};
  if (release != Release::everything) return seen;
  const auto add = [&](const char* what, const std::string& text) {
    if (!text.empty()) seen.hidden.emplace_back(what, cut(many_lines(text), kMessage));
  };
  add("detail", result.detail);
  add("called", result.call);
  add("with", result.inputs);
  add("observed", result.label);
  add("expected", result.expected);
  add("got", result.got);
  add("difference", result.difference);
  add("largest error", result.largest);
  for (const std::string& shape : result.shapes) add("shape", shape);
  add("printed", result.printed);
  return seen;
}

SeenExercise seen_exercise(const GradedExercise& exercise, const ExerciseGrade& grade,
                           Release release) {
  SeenExercise seen;
  seen.id = one_line(exercise.id);
  seen.title = one_line(exercise.title);
  seen.state = grade.state;
  seen.points = number(grade.points);
  seen.out_of = number(exercise.points);
  if (grade.override) {
    seen.reason = one_line(grade.override->reason);
    seen.computed = number(grade.share * grade.factor * exercise.points);
  }
  if (release == Release::state) return seen;

  seen.mistake = one_line(grade.mistake);
  seen.integration = one_line(grade.integration);
  for (const std::string& message : grade.messages)
    seen.messages.push_back(cut(many_lines(message), kMessage));
  for (const CaseResult& result : grade.cases) {
    if (!result.passed()) seen.failed.push_back(seen_case(result, release));
  }
  if (!grade.cases.empty())
    seen.count = fmt::format("{} of {} cases failed", seen.failed.size(), grade.cases.size());
  return seen;
}

std::string lateness(const StudentGrade& student) {
  if (student.days_late <= 0 && student.grace_days_used <= 0) return "";
  const auto days = [](int n) { return fmt::format("{} {}", n, n == 1 ? "day" : "days"); };
  std::string text = days(student.days_late) + " late";
  if (student.grace_days_used > 0)
    text += fmt::format(", {} of grace used", days(student.grace_days_used));
  return text;
}

}  // namespace

Feedback feedback_for(const ClassGrades& grades, const StudentGrade& student,
                      const ReportOptions& options) {
  Feedback feedback;
  feedback.student = label_of(student, options);
  feedback.submitted = student.submitted;
  feedback.points = number(student.points);
  feedback.lateness = lateness(student);

  double out_of = 0;
  for (const std::string& module : modules_of(grades)) {
    double earned = 0, possible = 0;
    for (std::size_t i = 0; i < grades.exercises.size(); ++i) {
      if (grades.exercises[i].module != module) continue;
      earned += grade_of(grades, student, i).points;
      possible += grades.exercises[i].points;
    }
    feedback.modules.push_back(
        {one_line(module_title(grades, module)), number(earned), number(possible)});
    out_of += possible;
  }
  feedback.out_of = number(out_of);
  if (options.release == Release::score) return feedback;

  for (const std::string& note : student.notes) feedback.notes.push_back(one_line(note));
  for (std::size_t i = 0; i < grades.exercises.size(); ++i) {
    feedback.exercises.push_back(
        seen_exercise(grades.exercises[i], grade_of(grades, student, i), options.release));
    feedback.exercises.back().index = i;
  }
  return feedback;
}

const ExerciseGrade& grade_of(const ClassGrades& grades, const StudentGrade& student,
                              std::size_t index) {
  static const ExerciseGrade kNone;
  const std::string& id = grades.exercises[index].id;
  if (index < student.exercises.size() && student.exercises[index].exercise == id)
    return student.exercises[index];
  const auto found = std::ranges::find(student.exercises, id, &ExerciseGrade::exercise);
  return found == student.exercises.end() ? kNone : *found;
}

std::string case_state(const CaseResult& result) {
  if (result.state == "flood") return std::string(name(State::too_much_output));
  if (result.state == "reference") return std::string(name(State::infrastructure));
  return one_line(result.state);
}

std::string meaning(State state) {
  switch (state) {
    case State::done:
      return "every case passed";
    case State::not_started:
      return "the file is still the one that was handed out";
    case State::missing:
      return "there was no file of it in the submission";
    case State::does_not_compile:
      return "the compiler refuses the file";
    case State::interface_changed:
      return "the file does not define the functions that it should";
    case State::refused:
      return "it calls what the exercise does not allow";
    case State::wrong:
      return "at least one case failed";
    case State::crashed:
      return "the program ended in the middle of a case";
    case State::timed_out:
      return "a case took longer than it may";
    case State::out_of_memory:
      return "a case needed more memory than it may";
    case State::too_much_output:
      return "a case printed more than it may";
    case State::infrastructure:
      return "grading itself failed: this is not the student's doing and does not count";
  }
  return "";
}

std::string label_of(const StudentGrade& student, const ReportOptions& options) {
  const std::string given = options.with_names && !student.name.empty() ? student.name
                            : options.with_names                        ? student.student
                                                                        : student.pseudonym;
  const std::string label = cut(one_line(given), 80);
  return label.find_first_not_of(' ') == std::string::npos ? "(no name)" : label;
}

std::string module_title(const ClassGrades& grades, const std::string& module) {
  const auto found = std::ranges::find(grades.exercises, module, &GradedExercise::module);
  return found == grades.exercises.end() || found->module_title.empty() ? module
                                                                        : found->module_title;
}

std::vector<std::string> modules_of(const ClassGrades& grades) {
  std::vector<std::string> modules;
  for (const GradedExercise& exercise : grades.exercises) {
    if (std::ranges::find(modules, exercise.module) == modules.end())
      modules.push_back(exercise.module);
  }
  return modules;
}

}  // namespace gradbook
