#include "instructor/report/class_page.hpp"

#include <fmt/format.h>
#include <openssl/evp.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <mstch/mstch.hpp>

#include "instructor/report/embedded.hpp"
#include "instructor/report/plain_text.hpp"
#include "instructor/report/signs.hpp"
#include "instructor/report/statistics.hpp"
#include "instructor/report/student_rows.hpp"

namespace gradbook {
namespace {

constexpr std::size_t kLargest = 2'000'000;  // bytes of a page
constexpr std::size_t kListed = 5;           // entries of a list on the first screen
constexpr std::size_t kBins = 10;            // of the histogram

std::string students(std::size_t n) { return fmt::format("{} student{}", n, n == 1 ? "" : "s"); }

std::string share_of(std::size_t part, std::size_t whole) {
  return whole == 0 ? "–" : percent(static_cast<double>(part) / static_cast<double>(whole));
}

// The only script that a browser may run in the page is the one with this hash
std::string script_hash(const std::string& script) {
  unsigned char hash[EVP_MAX_MD_SIZE];
  unsigned length = 0;
  EVP_Digest(script.data(), script.size(), hash, &length, EVP_sha256(), nullptr);
  unsigned char text[2 * EVP_MAX_MD_SIZE];
  const int size = EVP_EncodeBlock(text, hash, static_cast<int>(length));
  return std::string(text, text + size);
}

std::vector<std::size_t> most_stopping(const ClassStatistics& statistics) {
  std::vector<std::size_t> order;
  for (std::size_t i = 0; i < statistics.exercises.size(); ++i) {
    if (statistics.exercises[i].stopped > 0) order.push_back(i);
  }
  std::ranges::stable_sort(order, [&](std::size_t a, std::size_t b) {
    return statistics.exercises[a].stopped > statistics.exercises[b].stopped;
  });
  order.resize(std::min(order.size(), kListed));
  return order;
}

mstch::map kind_node(const FailureKind& kind) {
  return {{"class", std::string(style_class(kind.state))},
          {"sign", std::string(sign(kind.state))},
          {"state", std::string(name(kind.state))},
          {"sentence", kind.sentence},
          {"who", students(kind.students)}};
}

// Where students stop, and what most of those who try get wrong there
mstch::array stops(const ClassGrades& grades, const ClassStatistics& statistics) {
  mstch::array list;
  for (const std::size_t i : most_stopping(statistics)) {
    const ExerciseStatistics& exercise = statistics.exercises[i];
    mstch::map node = {{"e", std::to_string(i)},
                       {"id", one_line(grades.exercises[i].id)},
                       {"exercise", one_line(grades.exercises[i].title)},
                       {"who", students(exercise.stopped)},
                       {"stopped_share", share_of(exercise.stopped, statistics.submitted)},
                       {"kind", exercise.kinds.size() > 0}};
    if (!exercise.kinds.empty()) {
      const mstch::map kind = kind_node(exercise.kinds.front());
      node["state"] = kind.at("state");
      node["sentence"] = kind.at("sentence");
      node["kind_who"] = kind.at("who");
    }
    list.push_back(std::move(node));
  }
  return list;
}

// The commonest kinds of failure of the whole class
mstch::array mistakes(const ClassGrades& grades, const ClassStatistics& statistics) {
  std::vector<std::pair<std::size_t, const FailureKind*>> all;
  for (std::size_t i = 0; i < statistics.exercises.size(); ++i) {
    for (const FailureKind& kind : statistics.exercises[i].kinds) all.emplace_back(i, &kind);
  }
  std::ranges::stable_sort(
      all, [](const auto& a, const auto& b) { return a.second->students > b.second->students; });
  all.resize(std::min(all.size(), kListed));
  mstch::array list;
  for (const auto& [i, kind] : all) {
    mstch::map node = kind_node(*kind);
    node["e"] = std::to_string(i);
    node["id"] = one_line(grades.exercises[i].id);
    list.push_back(std::move(node));
  }
  return list;
}

// Grades that a person should look at before they go out
mstch::array to_look_at(const ClassGrades& grades, const ReportOptions& options) {
  struct Group {
    const char* what;
    bool (*holds)(const ExerciseGrade&);
    mstch::array where = {};
  };
  std::array<Group, 4> groups = {
      {{"set aside, for it killed the grader twice: replay it by hand",
        [](const ExerciseGrade& g) { return g.set_aside; }},
       {"could not be graded (infrastructure) and does not count: grade again",
        [](const ExerciseGrade& g) { return g.state == State::infrastructure && !g.set_aside; }},
       {"points set by hand", [](const ExerciseGrade& g) { return g.override.has_value(); }},
       {"done alone, but not among the student's other files",
        [](const ExerciseGrade& g) { return !g.integration.empty(); }}}};
  for (std::size_t s = 0; s < grades.students.size(); ++s) {
    for (std::size_t i = 0; i < grades.exercises.size(); ++i) {
      const ExerciseGrade& grade = grade_of(grades, grades.students[s], i);
      for (Group& group : groups) {
        if (!group.holds(grade)) continue;
        group.where.push_back(mstch::map{{"s", std::to_string(s)},
                                         {"student", label_of(grades.students[s], options)},
                                         {"id", one_line(grades.exercises[i].id)}});
      }
    }
  }
  mstch::array list;
  for (Group& group : groups) {
    if (group.where.empty()) continue;
    const std::size_t count = group.where.size();
    group.where.resize(std::min(count, 2 * kListed));
    const std::size_t rest = count - group.where.size();
    list.push_back(mstch::map{{"what", std::string(group.what)},
                              {"count", std::to_string(count)},
                              {"where", std::move(group.where)},
                              {"rest", rest > 0 ? fmt::format("and {} more", rest) : ""}});
  }
  return list;
}

// Bars as wide as 1000 / kBins, at most 180 high
mstch::array histogram(const ClassGrades& grades, double possible) {
  std::array<std::size_t, kBins> counts{};
  for (const StudentGrade& student : grades.students) {
    if (!student.submitted || possible <= 0) continue;
    const double place = std::clamp(student.points / possible, 0.0, 1.0) * kBins;
    ++counts[std::min(static_cast<std::size_t>(place), kBins - 1)];
  }
  const std::size_t highest = std::max<std::size_t>(1, *std::ranges::max_element(counts));
  mstch::array bars;
  for (std::size_t i = 0; i < kBins; ++i) {
    const double height = 180.0 * static_cast<double>(counts[i]) / static_cast<double>(highest);
    const double bin = possible / kBins;
    bars.push_back(mstch::map{{"x", std::to_string(100 * i + 4)},
                              {"middle", std::to_string(100 * i + 50)},
                              {"left", std::to_string(100 * i)},
                              {"y", number(210 - height, 1)},
                              {"height", number(height, 1)},
                              {"above", number(202 - height, 1)},
                              {"count", std::to_string(counts[i])},
                              {"from", number(bin * static_cast<double>(i), 1)},
                              {"tick", i % 2 == 0 ? number(bin * static_cast<double>(i), 1) : ""},
                              {"to", number(bin * static_cast<double>(i + 1), 1)}});
  }
  return bars;
}

mstch::array legend() {
  mstch::array list;
  for (std::size_t i = 0; i <= static_cast<std::size_t>(State::infrastructure); ++i) {
    const auto state = static_cast<State>(i);
    list.push_back(mstch::map{{"class", std::string(style_class(state))},
                              {"sign", std::string(sign(state))},
                              {"state", std::string(name(state))}});
  }
  return list;
}

mstch::node exercise_node(const ClassGrades& grades, const ClassStatistics& statistics,
                          std::size_t i) {
  const GradedExercise& exercise = grades.exercises[i];
  const ExerciseStatistics& s = statistics.exercises[i];
  mstch::array kinds, cases;
  for (const FailureKind& kind : s.kinds) {
    if (kinds.size() < kListed) kinds.push_back(kind_node(kind));
  }
  const std::size_t rest = s.kinds.size() - kinds.size();
  for (std::size_t c = 0; c < s.cases.size(); ++c)
    cases.push_back(mstch::map{{"c", std::to_string(c)},
                               {"case", s.cases[c].name},
                               {"says", s.cases[c].says},
                               {"failed", std::to_string(s.cases[c].failed)}});
  const bool has_kinds = !kinds.empty(), has_cases = !cases.empty();
  return mstch::map{
      {"e", std::to_string(i)},
      {"id", one_line(exercise.id)},
      {"exercise", one_line(exercise.title)},
      {"stretch", exercise.stretch},
      {"out_of", number(exercise.points)},
      {"counted", std::to_string(s.counted)},
      {"done", std::to_string(s.done)},
      {"pass_rate", share_of(s.done, s.counted)},
      {"not_begun", std::to_string(s.not_begun)},
      {"mean_share", s.counted == 0 ? "–" : percent(s.mean_share)},
      {"discrimination", s.discrimination ? fmt::format("{:.2f}", *s.discrimination) : "–"},
      {"stopped", std::to_string(s.stopped)},
      {"has_kinds", has_kinds},
      {"kinds", std::move(kinds)},
      {"rest", rest > 0 ? fmt::format("and {} rarer kinds", rest) : ""},
      {"has_cases", has_cases},
      {"cases", std::move(cases)}};
}

std::string release_name(Release release) {
  switch (release) {
    case Release::score:
      return "their points, in all and by module";
    case Release::state:
      return "their points and the state of each exercise";
    case Release::cases:
      return "their points, the state of each exercise, and failed cases with what they mean";
    case Release::everything:
      return "everything, hidden values included (those are in the feedback files only)";
  }
  return "";
}

}  // namespace

std::string class_page(const ClassGrades& grades, const ReportOptions& options,
                       const std::vector<std::string>& feedback) {
  const ClassStatistics s = statistics(grades);
  const std::string script = embedded("report.js");
  mstch::array stop_list = stops(grades, s), mistake_list = mistakes(grades, s),
               looks = to_look_at(grades, options), exercises, parts;
  for (std::size_t i = 0; i < grades.exercises.size(); ++i)
    exercises.push_back(exercise_node(grades, s, i));
  for (const std::string& part : grades.sandbox_parts)
    parts.push_back(mstch::map{{"part", one_line(part)}});
  const bool has_stops = !stop_list.empty(), has_mistakes = !mistake_list.empty(),
             has_looks = !looks.empty();
  mstch::map root = {{"style", embedded("feedback.css") + embedded("report.css")},
                     {"script", script},
                     {"script_hash", script_hash(script)},
                     {"title", one_line(grades.title)},
                     {"graded_at", one_line(grades.graded_at)},
                     {"seed", std::to_string(grades.seed)},
                     {"level", one_line(grades.how_run())},
                     {"parts", std::move(parts)},
                     {"number_of_students", std::to_string(grades.students.size())},
                     {"submitted", std::to_string(s.submitted)},
                     {"finished", std::to_string(s.finished)},
                     {"mean", number(s.mean, 1)},
                     {"median", number(s.median, 1)},
                     {"possible", number(s.possible)},
                     {"has_stops", has_stops},
                     {"stops", std::move(stop_list)},
                     {"has_mistakes", has_mistakes},
                     {"mistakes", std::move(mistake_list)},
                     {"has_looks", has_looks},
                     {"looks", std::move(looks)},
                     {"bars", histogram(grades, s.possible)},
                     {"legend", legend()},
                     {"exercises", std::move(exercises)},
                     {"rows", heat_map_rows(grades, options)},
                     {"release", release_name(options.release)},
                     {"pseudonyms", !options.with_names},
                     {"shortened", false}};
  root["sections"] = student_sections(grades, s, options, feedback, false);
  std::string page = mstch::render(embedded("report.mustache"), root);
  if (page.size() <= kLargest) return page;
  root["sections"] = student_sections(grades, s, options, feedback, true);
  root["shortened"] = true;
  return mstch::render(embedded("report.mustache"), root);
}

}  // namespace gradbook
