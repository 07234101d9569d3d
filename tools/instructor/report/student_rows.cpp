#include "instructor/report/student_rows.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>

#include "instructor/report/plain_text.hpp"
#include "instructor/report/signs.hpp"

namespace gradbook {
namespace {

constexpr std::size_t kMessage = 240;  // characters; the feedback file has the rest

// "diamond" of "topological_sort.diamond"
std::string short_name(const std::string& name) {
  const std::size_t dot = name.rfind('.');
  return dot == std::string::npos ? name : name.substr(dot + 1);
}

mstch::array linked_cases(const SeenExercise& exercise, const ExerciseStatistics& statistics) {
  mstch::array cases;
  for (const SeenCase& seen : exercise.failed) {
    const auto found = std::ranges::find(statistics.cases, seen.name, &CaseCount::name);
    cases.push_back(mstch::map{
        {"case_index", std::to_string(found - statistics.cases.begin())},
        {"case", short_name(seen.name)},
        {"case_state", seen.state == name(State::wrong) ? "" : " (" + seen.state + ")"}});
  }
  return cases;
}

mstch::node unfinished(const SeenExercise& exercise, const ExerciseStatistics& statistics) {
  mstch::array cases = linked_cases(exercise, statistics);
  const bool has_cases = !cases.empty();
  return mstch::map{
      {"e", std::to_string(exercise.index)},
      {"id", exercise.id},
      {"state", std::string(name(exercise.state))},
      {"points", exercise.points},
      {"out_of", exercise.out_of},
      {"changed", !exercise.computed.empty()},
      {"computed", exercise.computed},
      {"reason", cut(exercise.reason, kMessage)},
      {"mistake", exercise.mistake},
      {"integration", cut(exercise.integration, kMessage)},
      {"message",
       exercise.messages.empty() ? "" : cut(one_line(exercise.messages.front()), kMessage)},
      {"has_cases", has_cases},
      {"cases", std::move(cases)}};
}

bool worth_a_line(const SeenExercise& exercise) {
  return !exercise.computed.empty() || !exercise.integration.empty() ||
         (exercise.state != State::done && exercise.state != State::not_started &&
          exercise.state != State::missing);
}

void list_ids(std::string& list, const std::string& id) { list += (list.empty() ? "" : ", ") + id; }

mstch::node cell(std::size_t student, std::size_t exercise, const ExerciseGrade& grade,
                 bool has_line) {
  std::string mark = grade.override ? "*" : "";
  if (!grade.integration.empty()) mark += "!";
  return mstch::map{
      {"class", std::string(style_class(grade.state))},
      {"target", has_line ? fmt::format("s{}e{}", student, exercise) : fmt::format("s{}", student)},
      {"state", std::string(name(grade.state))},
      {"sign", std::string(sign(grade.state)) + mark}};
}

}  // namespace

mstch::array heat_map_rows(const ClassGrades& grades, const ReportOptions& options) {
  std::vector<std::size_t> order(grades.students.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::stable_sort(order, [&](std::size_t a, std::size_t b) {
    return grades.students[a].points > grades.students[b].points;
  });
  mstch::array rows;
  for (const std::size_t s : order) {
    const StudentGrade& student = grades.students[s];
    const Feedback feedback = feedback_for(grades, student, options);
    mstch::array cells;
    for (std::size_t i = 0; i < grades.exercises.size(); ++i)
      cells.push_back(cell(s, i, grade_of(grades, student, i),
                           i < feedback.exercises.size() && worth_a_line(feedback.exercises[i])));
    rows.push_back(mstch::map{{"s", std::to_string(s)},
                              {"student", feedback.student},
                              {"points", feedback.points},
                              {"cells", std::move(cells)}});
  }
  return rows;
}

mstch::array student_sections(const ClassGrades& grades, const ClassStatistics& statistics,
                              const ReportOptions& options,
                              const std::vector<std::string>& feedback_files, bool brief) {
  mstch::array sections;
  for (std::size_t s = 0; s < grades.students.size(); ++s) {
    const Feedback feedback = feedback_for(grades, grades.students[s], options);
    mstch::map section = {{"s", std::to_string(s)},        {"student", feedback.student},
                          {"points", feedback.points},     {"out_of", feedback.out_of},
                          {"lateness", feedback.lateness}, {"nothing", !feedback.submitted},
                          {"file", feedback_files[s]}};
    std::string done, not_started, missing;
    mstch::array lines, notes, modules;
    for (const SeenExercise& exercise : feedback.exercises) {
      if (exercise.state == State::done) list_ids(done, exercise.id);
      if (exercise.state == State::not_started) list_ids(not_started, exercise.id);
      if (exercise.state == State::missing) list_ids(missing, exercise.id);
      if (worth_a_line(exercise) && !brief)
        lines.push_back(unfinished(exercise, statistics.exercises[exercise.index]));
    }
    for (const SeenModule& module : feedback.modules)
      modules.push_back(mstch::map{
          {"module", module.name}, {"points", module.points}, {"out_of", module.out_of}});
    for (const std::string& note : feedback.notes)
      notes.push_back(mstch::map{{"note", cut(note, kMessage)}});
    const bool has_lines = !lines.empty();
    section["details"] = !brief;
    section["done"] = done;
    section["not_started"] = not_started;
    section["missing"] = feedback.submitted ? missing : "";
    section["modules"] = std::move(modules);
    section["notes"] = std::move(notes);
    section["has_lines"] = has_lines;
    section["lines"] = std::move(lines);
    sections.push_back(std::move(section));
  }
  return sections;
}

}  // namespace gradbook
