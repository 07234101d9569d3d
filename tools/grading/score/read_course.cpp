// Reads a course file.
#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "book/toml_reader.hpp"
#include "grading/score/course.hpp"
#include "grading/submission/time_text.hpp"

namespace gradbook {
namespace {

enum class Stretch { counts, bonus, ignored };

class CourseReader {
 public:
  CourseReader(const Book& book, TomlReader& toml) : book_(book), toml_(toml) {}

  Course read();

 private:
  std::set<std::string> ids(TomlReader& toml, const char* key);
  std::string module(TomlReader& toml);
  Stretch stretch();
  void read_exercises();
  void read_modules();
  void read_late();
  void read_extensions();
  void read_limits();
  void read_overrides();

  const Book& book_;
  TomlReader& toml_;
  Course course_;
};

// The exercises that a list of ids and modules names
std::set<std::string> CourseReader::ids(TomlReader& toml, const char* key) {
  std::set<std::string> result;
  for (const std::string& what : toml.texts_or_none(key)) {
    if (what.empty()) throw toml.error(key, fmt::format("\"{}\" has an empty name", key));
    try {
      for (const Exercise* e : book_.select(what)) result.insert(e->id);
    } catch (const UserError& error) {
      throw toml.error(key, error.what());
    }
  }
  return result;
}

std::string CourseReader::module(TomlReader& toml) {
  try {
    return book_.module(toml.text("module")).directory;
  } catch (const UserError& error) {
    const std::string what = error.what();
    if (what.starts_with(toml.where("module"))) throw;
    throw toml.error("module", what);
  }
}

Stretch CourseReader::stretch() {
  const std::string word = toml_.text_or("stretch", "counts");
  if (word == "counts") return Stretch::counts;
  if (word == "bonus") return Stretch::bonus;
  if (word == "ignored") return Stretch::ignored;
  throw toml_.error("stretch", fmt::format("\"{}\" is none of counts, bonus and ignored", word));
}

void CourseReader::read_exercises() {
  const std::set<std::string> counting = ids(toml_, "exercises"), optional = ids(toml_, "optional");
  const Stretch worth = stretch();
  if (toml_.has("exercises") && counting.empty())
    throw toml_.error("exercises", "\"exercises\" is empty: leave it out to grade the whole book");
  for (GradedExercise& e : whole_book(book_).exercises) {
    if (toml_.has("exercises") && !counting.contains(e.id)) continue;
    e.stretch = e.stretch || optional.contains(e.id);
    if (e.stretch && worth == Stretch::ignored) continue;
    e.bonus = e.stretch && worth == Stretch::bonus;
    course_.exercises.push_back(std::move(e));
  }
  if (course_.exercises.empty()) throw toml_.error("exercises", "no exercise is left to grade");
}

void CourseReader::read_modules() {
  for (TomlReader& toml : toml_.tables("module")) {
    const std::string name = module(toml);
    if (!course_.due.emplace(name, toml.time("due", course_.timezone)).second)
      throw toml.error("module", fmt::format("{} stands here twice", name));
    toml.refuse_others();
  }
}

void CourseReader::read_late() {
  auto toml = toml_.table_or_none("late");
  if (!toml) return;
  course_.late.on = true;
  course_.late.factors = toml->numbers("factors");
  double before = 1;
  for (const double factor : course_.late.factors) {
    if (!(factor >= 0 && factor <= before)) {
      throw toml->error("factors",
                        fmt::format("\"factors\" has {} after {}: what is left on day 1, 2, … goes "
                                    "down from 1 to 0",
                                    factor, before));
    }
    before = factor;
  }
  course_.late.grace_days = toml->whole_number_or("grace_days", 0, 1000, 0);
  toml->refuse_others();
}

void CourseReader::read_extensions() {
  std::set<std::pair<std::string, std::string>> seen;
  for (TomlReader& toml : toml_.tables("extension")) {
    Extension e;
    e.student = toml.text("student");
    if (toml.has("module")) e.module = module(toml);
    e.where = toml.where("student");
    e.reason = toml.text_or("reason", "");
    if (toml.has("days") == toml.has("until"))
      throw toml.error("days", "an extension has either \"days\" or \"until\"");
    if (toml.has("days")) {
      e.days = toml.whole_number("days", 1, 1000);
    } else {
      e.until = toml.time("until", course_.timezone);
    }
    toml.refuse_others();

    if (!e.module.empty() && !course_.due.contains(e.module)) {
      throw toml.error("module", fmt::format("{} has no due time that could be extended: give it a "
                                             "[[module]] with \"due\"",
                                             e.module));
    }
    if (!seen.emplace(e.student, e.module).second) {
      throw toml.error("student", fmt::format("\"{}\" has two extensions for {}", e.student,
                                              e.module.empty() ? "all modules" : e.module));
    }
    course_.extensions.push_back(std::move(e));
  }
}

void CourseReader::read_limits() {
  auto toml = toml_.table_or_none("limits");
  if (!toml) return;
  CourseLimits& limits = course_.limits;
  limits.cpu_seconds = toml->whole_number_or("cpu_seconds", 1, 3600, limits.cpu_seconds);
  limits.wall_seconds = toml->whole_number_or("wall_seconds", 1, 7200, limits.wall_seconds);
  limits.memory_mib = toml->whole_number_or("memory_mib", 16, 1 << 20, limits.memory_mib);
  limits.processes = toml->whole_number_or("processes", 1, 10'000, limits.processes);
  limits.output_kib = toml->whole_number_or("output_kib", 1, 1 << 20, limits.output_kib);
  toml->refuse_others();
}

void CourseReader::read_overrides() {
  for (TomlReader& toml : toml_.tables("override")) {
    CourseOverride o;
    o.student = toml.text("student");
    o.exercise = toml.text("exercise");
    o.override.points = toml.number("points");
    o.override.reason = toml.text("reason");
    o.where = toml.where("student");
    toml.refuse_others();

    const auto graded = std::ranges::find(course_.exercises, o.exercise, &GradedExercise::id);
    if (graded == course_.exercises.end()) {
      throw toml.error("exercise", fmt::format("\"{}\" is no exercise that is graded: write a "
                                               "number such as \"{}\"",
                                               o.exercise, course_.exercises.front().id));
    }
    if (!(o.override.points >= 0 && o.override.points <= graded->points)) {
      throw toml.error("points", fmt::format("{} points are out of range: {} has 0 to {}",
                                             o.override.points, o.exercise, graded->points));
    }
    if (o.override.reason.empty()) throw toml.error("reason", "an override needs a reason");
    if (course_.override_of(o.student, o.exercise) != nullptr) {
      throw toml.error("student",
                       fmt::format("\"{}\" has two overrides for {}", o.student, o.exercise));
    }
    course_.overrides.push_back(std::move(o));
  }
}

Course CourseReader::read() {
  course_.title = toml_.text_or("title", course_.title);
  course_.require_level = toml_.text_or("require_level", "");
  const std::string zone = toml_.text_or("timezone", "UTC");
  const auto ahead = offset_of(zone);
  if (!ahead) {
    throw toml_.error("timezone",
                      fmt::format("\"{}\" is no offset from UTC: write it as \"+01:00\"", zone));
  }
  course_.timezone = *ahead;
  read_exercises();
  read_modules();
  read_late();
  read_extensions();
  read_limits();
  read_overrides();
  toml_.refuse_others();
  return std::move(course_);
}

}  // namespace

Course read_course(const Book& book, const fs::path& path) {
  const toml::table table = parse_toml(path);
  TomlReader toml(table, path);
  return CourseReader(book, toml).read();
}

}  // namespace gradbook
