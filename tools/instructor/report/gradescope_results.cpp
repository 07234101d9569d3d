#include "instructor/report/gradescope_results.hpp"

#include <fmt/format.h>

#include <cmath>
#include <nlohmann/json.hpp>

#include "instructor/report/feedback_text.hpp"
#include "instructor/report/plain_text.hpp"

namespace gradbook {
namespace {

using Json = nlohmann::ordered_json;

// Numbers as they stand in the other tables: whole ones without a point
Json json_number(double value) {
  const double rounded = std::isfinite(value) ? std::round(value * 1e4) / 1e4 : 0;
  if (rounded == std::trunc(rounded) && std::abs(rounded) < 1e9) return static_cast<long>(rounded);
  return rounded;
}

}  // namespace

std::string gradescope_results(const ClassGrades& grades, const StudentGrade& student,
                               const ReportOptions& options) {
  const Feedback feedback = feedback_for(grades, student, options);
  const bool states = options.release != Release::score;
  Json tests = Json::array();
  for (std::size_t i = 0; i < grades.exercises.size(); ++i) {
    const GradedExercise& exercise = grades.exercises[i];
    const ExerciseGrade& grade = grade_of(grades, student, i);
    Json test = {{"number", one_line(exercise.id)},
                 {"name", fmt::format("{} {}", one_line(exercise.id), one_line(exercise.title))}};
    // What could not be graded has no score: it counts neither for nor against
    if (grade.state != State::infrastructure || grade.override) {
      test["score"] = json_number(grade.points);
      test["max_score"] = json_number(exercise.points);
    }
    if (states) {
      if (grade.state != State::infrastructure)
        test["status"] = grade.state == State::done ? "passed" : "failed";
      test["output"] = exercise_text(feedback.exercises[i]);
      test["output_format"] = "text";
    }
    test["visibility"] = states ? "visible" : "hidden";
    tests.push_back(std::move(test));
  }
  const Json results = {
      {"score", json_number(student.points)},
      {"output", heading_text(feedback) + grading_text(grades)},
      {"output_format", "text"},
      {"visibility", "visible"},
      {"stdout_visibility", "hidden"},
      {"extra_data",
       {{"sandbox_level", one_line(grades.sandbox_level)}, {"seed", std::to_string(grades.seed)}}},
      {"tests", std::move(tests)}};
  return results.dump(1, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace gradbook
