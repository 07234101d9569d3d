#include "instructor/replay.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "grading/journal/journal.hpp"
#include "grading/unit/preparation.hpp"
#include "instructor/unit_keys.hpp"
#include "student/failure.hpp"

namespace gradbook {

int replay(const Workshop& workshop, const ReplayOptions& options) {
  const Book& book = workshop.book();
  const auto chosen = book.select(options.exercise);
  if (options.exercise.empty() || chosen.size() > 1)
    throw UserError("replay takes one exercise, such as 2.2");
  const Exercise& e = *chosen.front();
  const fs::path path = options.out / "journal.sqlite";
  if (!fs::exists(path))
    throw UserError(
        fmt::format("{} is not there: was the class graded into another folder? Say "
                    "which with --out",
                    path.string()));
  const Journal journal(path, 0, 0);
  const auto file = journal.file(options.student, e.id);
  if (!file)
    throw UserError(
        fmt::format("the journal has no file of {} for {}: students are called as in "
                    "the first column of grades.csv",
                    options.student, e.id));

  // Exactly as it was graded
  const Course course =
      options.course.empty() ? whole_book(book) : read_course(book, options.course);
  const Sandbox sandbox = open_sandbox(course, options.allow_level);
  const GradingRules rules = rules_of(course, {}, journal.seed());
  const std::string key = UnitKeys(workshop, chosen, rules, sandbox.level()).of(e.id, *file);
  const auto graded = journal.result(key);
  Preparation preparation(workshop);
  preparation.make_objects(chosen);
  preparation.make_programs(e);
  const fs::path folder = workshop.build() / "grading" / "replay";
  Desk desk(workshop, sandbox, folder / "desk", folder / "objects", rules);
  desk.only(options.only_case);
  const UnitResult again = desk.grade(e, *file);

  fmt::print("{} of {}: {}, {:.0f}% of its cases, seed {}\n", e.id, options.student,
             name(again.state), 100 * again.share, rules.seed);
  for (const std::string& message : again.messages) fmt::print("  {}\n", message);
  int differ = 0;
  for (const CaseResult& c : again.cases) {
    std::string beside = "not graded before";
    if (graded) {
      const auto before = std::ranges::find(graded->cases, c.name, &CaseResult::name);
      const bool same = before != graded->cases.end() && before->observed == c.observed;
      differ += !same;
      beside = same ? "the same observations" : "OTHER observations than when it was graded";
    }
    fmt::print("{} {:<40} {:<13} {}\n", c.passed() ? "✓" : "✗", c.name, c.state, beside);
    if (c.passed()) continue;
    for (const std::string& line : describe(c, e, rules.seed).lines) fmt::print("    {}\n", line);
  }
  if (!graded)
    fmt::print("it was graded otherwise, or not at all: with another course file, level or book\n");
  return graded && differ == 0 && graded->state == again.state ? 0 : 1;
}

}  // namespace gradbook
