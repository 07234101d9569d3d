#include "grading/score/course.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "grading/submission/time_text.hpp"

namespace gradbook {

std::optional<std::chrono::sys_seconds> Course::due_for(const std::string& student,
                                                        const std::string& module) const {
  const auto found = due.find(module);
  if (found == due.end()) return std::nullopt;
  std::chrono::sys_seconds latest = found->second;
  for (const Extension& e : extensions) {
    if (e.student != student || (!e.module.empty() && e.module != module)) continue;
    latest = std::max(latest, e.until.value_or(found->second + std::chrono::days{e.days}));
  }
  return latest;
}

const CourseOverride* Course::override_of(const std::string& student,
                                          const std::string& exercise) const {
  const auto found = std::ranges::find_if(overrides, [&](const CourseOverride& o) {
    return o.student == student && o.exercise == exercise;
  });
  return found != overrides.end() ? &*found : nullptr;
}

std::vector<std::string> Course::unknown_students(const std::vector<std::string>& students) const {
  const std::set<std::string> known(students.begin(), students.end());
  std::vector<std::string> sentences;
  const auto look = [&](const std::string& student, const std::string& where) {
    if (!known.contains(student)) {
      sentences.push_back(
          fmt::format("{}: no student of this class is called \"{}\"", where, student));
    }
  };
  for (const Extension& e : extensions) look(e.student, e.where);
  for (const CourseOverride& o : overrides) look(o.student, o.where);
  return sentences;
}

Course whole_book(const Book& book) {
  Course course;
  for (const Module& module : book.modules()) {
    for (const Exercise& e : module.exercises)
      course.exercises.push_back(
          {.id = e.id,
           .name = e.name,
           .title = e.title,
           .module = e.module,
           .points = e.points,
           .stretch = e.stretch,
           .module_title = fmt::format("{} {}", e.module.substr(0, 2), module.title)});
  }
  return course;
}

}  // namespace gradbook
