#include "instructor/class_grades.hpp"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <algorithm>
#include <ctime>

#include "grading/score/credit.hpp"
#include "grading/score/pseudonyms.hpp"
#include "instructor/mistakes.hpp"

namespace gradbook {
namespace {

// Where kernels are among what is graded
std::string kernels_ran_on(const ClassWork& work) {
  const Book& book = work.book();
  const bool any = std::ranges::any_of(work.course().exercises, [&](const GradedExercise& e) {
    return book.module(book.find(e.id)->module).kernels;
  });
  return any ? work.workshop().recipe().kernels.ran_on : "";
}

ExerciseGrade grade_of(const ClassWork& work, const Submission& s, const std::string& exercise,
                       const Integration& integration, const KnownMistakes& mistakes) {
  ExerciseGrade grade{.exercise = exercise};
  const auto file = s.files.find(exercise);
  if (file == s.files.end()) return grade;
  const std::string key = work.key_of(exercise, file->second);
  const UnitResult* result = work.result(key);
  if (result == nullptr) {
    grade.state = State::infrastructure;
    grade.messages = {"not graded yet: --only or --exercise left it out"};
    return grade;
  }
  grade.state = result->state;
  grade.share = result->share;
  grade.messages = result->messages;
  grade.cases = result->cases;
  grade.seconds = result->seconds;
  grade.set_aside = result->set_aside;
  if (const auto mistake = mistakes.find(key); mistake != mistakes.end())
    grade.mistake = mistake->second;
  if (const auto broken = integration.find({s.student, exercise}); broken != integration.end())
    grade.integration = broken->second;
  return grade;
}

}  // namespace

KnownMistakes known_mistakes(const ClassWork& work) {
  std::map<std::string, std::map<std::string, const UnitResult*>> failed;  // by exercise and key
  for (const Submission& s : work.submissions()) {
    for (const auto& [id, bytes] : s.files) {
      const std::string key = work.key_of(id, bytes);
      const UnitResult* result = work.result(key);
      if (result != nullptr && !result->cases.empty() && result->state != State::done &&
          result->state != State::not_started)
        failed[id][key] = result;
    }
  }
  KnownMistakes says;
  for (const auto& [id, results] : failed) {
    const Mistakes mistakes(work.workshop(), *work.book().find(id));
    for (const auto& [key, result] : results) says[key] = mistakes.of(result->cases);
  }
  return says;
}

ClassGrades grades_of(const ClassWork& work, const Integration& integration,
                      const KnownMistakes& mistakes) {
  const Course& course = work.course();
  ClassGrades all{.title = course.title,
                  .graded_at = fmt::format("{:%Y-%m-%d %H:%M}", fmt::localtime(std::time(nullptr))),
                  .seed = work.seed(),
                  .sandbox_level = std::string(level_name(work.sandbox().level())),
                  .sandbox_parts = work.sandbox().parts(),
                  .kernels_ran_on = kernels_ran_on(work),
                  .exercises = course.exercises,
                  .students = {}};
  std::vector<std::string> students;
  for (const Submission& s : work.submissions()) students.push_back(s.student);
  const auto names = pseudonyms(students, work.journal().name_seed());
  for (const Submission& s : work.submissions()) {
    std::vector<ExerciseGrade> one;
    for (const GradedExercise& e : course.exercises)
      one.push_back(grade_of(work, s, e.id, integration, mistakes));
    all.students.push_back(grade_student(course, s, names.at(s.student), std::move(one)));
  }
  return all;
}

}  // namespace gradbook
