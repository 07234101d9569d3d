#include "instructor/report/marks.hpp"

#include "instructor/report/csv.hpp"
#include "instructor/report/feedback.hpp"
#include "instructor/report/plain_text.hpp"

namespace gradbook {
namespace {

constexpr int kPlaces = 4;  // of a mark

// The student's points of a module; "" where they must not count as zero
std::string module_points(const ClassGrades& grades, const StudentGrade& student,
                          const std::string& module) {
  double points = 0;
  bool submitted = false;
  for (std::size_t i = 0; i < grades.exercises.size(); ++i) {
    if (grades.exercises[i].module != module) continue;
    const ExerciseGrade& grade = grade_of(grades, student, i);
    if (grade.state == State::infrastructure && !grade.override) return "";
    submitted |= grade.state != State::missing || grade.override;
    points += grade.points;
  }
  return submitted ? number(points, kPlaces) : "";
}

}  // namespace

std::string grades_csv(const ClassGrades& grades) {
  std::string text =
      csv_line({"student", "name", "email", "section", "exercise", "state", "share", "factor",
                "points", "max_points", "override", "reason", "days_late"});
  for (const StudentGrade& student : grades.students) {
    for (std::size_t i = 0; i < grades.exercises.size(); ++i) {
      const ExerciseGrade& grade = grade_of(grades, student, i);
      const auto& changed = grade.override;
      text +=
          csv_line({csv_text(student.student), csv_text(student.name), csv_text(student.email),
                    csv_text(student.section), csv_text(grades.exercises[i].id),
                    std::string(name(grade.state)), number(grade.share, 6), number(grade.factor, 6),
                    number(grade.points, kPlaces), number(grades.exercises[i].points, kPlaces),
                    changed ? number(changed->points, kPlaces) : "",
                    changed ? csv_text(changed->reason) : "", std::to_string(student.days_late)});
    }
  }
  return text;
}

std::string canvas_csv(const ClassGrades& grades) {
  std::vector<std::string> header = {"Student", "ID", "SIS User ID", "SIS Login ID", "Section"};
  std::vector<std::string> possible = {"    Points Possible", "", "", "", ""};
  const std::vector<std::string> modules = modules_of(grades);
  for (const std::string& module : modules) {
    double points = 0;
    for (const GradedExercise& exercise : grades.exercises)
      points += exercise.module == module ? exercise.points : 0;
    header.push_back(csv_text(module_title(grades, module)));
    possible.push_back(number(points, kPlaces));
  }

  std::string text = csv_line(header) + csv_line(possible);
  for (const StudentGrade& student : grades.students) {
    std::vector<std::string> cells = {
        csv_text(student.name.empty() ? student.student : student.name),
        csv_text(student.platform_id), "", csv_text(student.student), csv_text(student.section)};
    for (const std::string& module : modules)
      cells.push_back(module_points(grades, student, module));
    text += csv_line(cells);
  }
  return text;
}

std::string names_csv(const ClassGrades& grades, const std::vector<std::string>& feedback,
                      const std::vector<std::string>& gradescope) {
  std::string text = csv_line({"pseudonym", "student", "name", "email", "section", "submitted_at",
                               "feedback", "gradescope"});
  for (std::size_t i = 0; i < grades.students.size(); ++i) {
    const StudentGrade& student = grades.students[i];
    text += csv_line({csv_text(student.pseudonym), csv_text(student.student),
                      csv_text(student.name), csv_text(student.email), csv_text(student.section),
                      csv_text(student.submitted_at), csv_text("feedback/" + feedback[i] + ".html"),
                      csv_text("gradescope/" + gradescope[i] + ".json")});
  }
  return text;
}

}  // namespace gradbook
