#include "instructor/report/report.hpp"

#include <algorithm>

#include "instructor/report/class_page.hpp"
#include "instructor/report/feedback.hpp"
#include "instructor/report/feedback_page.hpp"
#include "instructor/report/feedback_text.hpp"
#include "instructor/report/file_names.hpp"
#include "instructor/report/gradescope_results.hpp"
#include "instructor/report/junit.hpp"
#include "instructor/report/marks.hpp"
#include "system/folder.hpp"

namespace gradbook {
namespace {

// Old files of students who are no longer in the class, out of the way of whoever sends what is in
// the folder
void move_to_former(const fs::path& out, const fs::path& folder,
                    const std::vector<std::string>& kinds, const std::vector<std::string>& names) {
  for (const std::string& kind : kinds) {
    for (const fs::path& file : files_with(out / folder, kind)) {
      if (std::ranges::find(names, file.stem().string()) != names.end()) continue;
      fs::create_directories(out / "former" / folder);
      fs::rename(file, out / "former" / folder / file.filename());
    }
  }
}

}  // namespace

void write_reports(const ClassGrades& grades, const fs::path& out, const ReportOptions& options) {
  std::vector<std::string> students, labels;
  for (const StudentGrade& student : grades.students) {
    students.push_back(student.student);
    labels.push_back(options.with_names ? student.student : student.pseudonym);
  }
  const std::vector<std::string> by_student = file_names(students), by_label = file_names(labels);

  move_to_former(out, "feedback", {".html", ".txt"}, by_label);
  move_to_former(out, "gradescope", {".json"}, by_student);
  for (std::size_t i = 0; i < grades.students.size(); ++i) {
    const StudentGrade& student = grades.students[i];
    const Feedback feedback = feedback_for(grades, student, options);
    write_atomically(out / "feedback" / (by_label[i] + ".html"), feedback_page(grades, feedback));
    write_atomically(out / "feedback" / (by_label[i] + ".txt"), feedback_text(grades, feedback));
    write_atomically(out / "gradescope" / (by_student[i] + ".json"),
                     gradescope_results(grades, student, options));
  }
  write_atomically(out / "grades.csv", grades_csv(grades));
  write_atomically(out / "canvas.csv", canvas_csv(grades));
  write_atomically(out / "names.csv", names_csv(grades, by_label, by_student));
  write_atomically(out / "junit.xml", junit_xml(grades, options));
  write_atomically(out / "report.html", class_page(grades, options, by_label));
}

}  // namespace gradbook
