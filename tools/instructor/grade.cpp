#include "instructor/grade.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <signal.h>
#include <unistd.h>

#include <algorithm>
#include <random>

#include "grading/journal/journal.hpp"
#include "grading/submission/intake.hpp"
#include "grading/submission/submission.hpp"
#include "instructor/class_grades.hpp"
#include "instructor/class_work.hpp"
#include "instructor/integrated.hpp"
#include "instructor/report/gradescope_results.hpp"
#include "system/process.hpp"

namespace gradbook {
namespace {

// Ctrl-C: nothing is left running, and everything final is in the journal already
void leave(int number) {
  static constexpr char kWords[] =
      "\ngradbook: interrupted; what was graded is kept, and the same command goes on from there\n";
  refuse_commands(true);
  end_all_commands();
  [[maybe_unused]] const ssize_t ignored = write(STDERR_FILENO, kWords, sizeof kWords - 1);
  _exit(128 + number);
}

// Exercise by exercise, so that the first results come soon and what is shared stays warm
void grade_files(ClassWork& work) {
  std::vector<ClassWork::Shared> tasks;
  std::map<std::string, std::size_t> places;  // of tasks, by key
  for (const Exercise* e : work.exercises()) {
    for (const Submission& s : work.submissions()) {
      const auto file = s.files.find(e->id);
      if (file == s.files.end()) continue;
      work.journal().keep_file(s.student, e->id, file->second);
      const std::string key = work.key_of(e->id, file->second);
      if (!work.is_selected(s, e->id)) {
        work.take_known(key);
      } else if (const auto [place, fresh] = places.emplace(key, tasks.size()); !fresh) {
        ++tasks[place->second].students;
      } else {
        tasks.push_back(
            {{key, {e}, [e, &bytes = file->second](Desk& desk) { return desk.grade(*e, bytes); }}});
      }
    }
  }
  work.do_all(tasks, "files graded",
              [](const UnitResult& result, const Exercise&) { return result.state; });
}

ClassGrades grade_class(ClassWork& work, const GradeOptions& options) {
  grade_files(work);
  const Integration integration = options.integrated ? grade_together(work) : Integration{};
  return grades_of(work, integration, options.explain ? known_mistakes(work) : KnownMistakes{});
}

void require_known(const std::vector<std::string>& only,
                   const std::vector<Submission>& submissions) {
  for (const std::string& student : only) {
    if (std::ranges::find(submissions, student, &Submission::student) == submissions.end())
      throw UserError(
          fmt::format("--only {}: no submission and no row of the roster is called so", student));
  }
}

// What was odd about the submissions; all of it stands in the report
void print_notes(const ClassFolder& folder) {
  constexpr std::size_t kMost = 20;
  std::vector<std::string> lines = folder.notices;
  for (const Submission& s : folder.submissions) {
    if (!s.fault.empty()) lines.push_back(fmt::format("{}: {}", s.student, s.fault));
    for (const std::string& note : s.notes) lines.push_back(fmt::format("{}: {}", s.student, note));
  }
  for (std::size_t i = 0; i < std::min(lines.size(), kMost); ++i) fmt::print("{}\n", lines[i]);
  if (lines.size() > kMost)
    fmt::print("… and {} more notes, which the report has, too\n", lines.size() - kMost);
}

void print_summary(const ClassGrades& grades, const fs::path& out) {
  std::map<State, int> counts;
  int submitted = 0;
  for (const StudentGrade& s : grades.students) {
    submitted += s.submitted;
    for (const ExerciseGrade& e : s.exercises) ++counts[e.state];
  }
  std::vector<std::string> states;
  for (const auto& [state, count] : counts)
    states.push_back(fmt::format("{} {}", count, name(state)));
  fmt::print("{} students, {} submitted; of their exercises {}\n", grades.students.size(),
             submitted, fmt::join(states, ", "));
  fmt::print("sandbox: {}\n", grades.how_run());
  fmt::print("report: {}\n", (out / "report.html").string());
}

}  // namespace

std::uint64_t draw_seed() {
  std::random_device device;
  return (std::uint64_t{device()} << 32 | device()) >> 1;
}

GradingRules rules_of(const Course& course, const GradeOptions& options, std::uint64_t seed) {
  return {.seed = seed,
          .limits = {course.limits.cpu_seconds, course.limits.wall_seconds, 0},
          .memory_mib = course.limits.memory_mib,
          .processes = course.limits.processes,
          .audit = options.audit};
}

Sandbox open_sandbox(const Course& course, const std::string& allow_level) {
  Level weakest = allow_level.empty() ? Level::full : level_of(allow_level);
  if (!course.require_level.empty()) {
    const Level required = level_of(course.require_level);
    if (!allow_level.empty() && weakest > required)
      throw UserError(
          fmt::format("the course requires the sandbox level {}, and --allow-level {} "
                      "is weaker",
                      course.require_level, allow_level));
    weakest = std::min(weakest, required);
  }
  return Sandbox::open(weakest);
}

int grade(const Workshop& workshop, const GradeOptions& options) {
  signal(SIGINT, leave);
  signal(SIGTERM, leave);
  const Book& book = workshop.book();
  const Course course =
      options.course.empty() ? whole_book(book) : read_course(book, options.course);
  const Roster roster = options.roster.empty() ? Roster{} : read_roster(options.roster);
  ClassFolder folder = collect(book, options.submissions, roster);
  print_notes(folder);
  require_known(options.only, folder.submissions);
  std::vector<std::string> students;
  for (const Submission& s : folder.submissions) students.push_back(s.student);
  for (const std::string& sentence : course.unknown_students(students))
    fmt::print("{}\n", sentence);
  if (options.fresh && !(options.only.empty() && options.exercises.empty()))
    throw UserError("--fresh draws anew for the whole class: leave out --only and --exercise");

  std::error_code error;
  fs::create_directories(options.out, error);
  if (error)
    throw UserError(fmt::format("cannot make {}: {}", options.out.string(), error.message()));
  // Who chooses the seed gets the same pseudonyms again, too
  Journal journal(options.out / "journal.sqlite", options.seed.value_or(draw_seed()),
                  options.seed ? ~*options.seed : draw_seed());
  if (options.fresh) journal.begin_anew(options.seed.value_or(draw_seed()));
  if (options.seed && *options.seed != journal.seed())
    throw UserError(
        fmt::format("this class was begun with seed {}: leave out --seed {}, or add "
                    "--fresh to grade everything anew",
                    journal.seed(), *options.seed));

  ClassWork work(workshop, options, course, std::move(folder.submissions), journal);
  const ClassGrades grades = grade_class(work, options);
  write_reports(grades, options.out, options.report);
  print_summary(grades, options.out);
  return 0;
}

int grade_one(const Workshop& workshop, const GradeOptions& options, const fs::path& results) {
  const Book& book = workshop.book();
  if (!fs::is_directory(options.submissions))
    throw UserError(fmt::format("{} is no folder", options.submissions.string()));
  const ExercisePaths paths(book);
  Intake intake(paths);
  intake.take_folder(options.submissions);
  const Intake::Result taken = intake.result();
  Submission submission;
  submission.student = submission.name = "submission";
  submission.origin = options.submissions;
  submission.files = taken.files;
  submission.notes = taken.notes;
  submission.fault = taken.fault;
  const Course course =
      options.course.empty() ? whole_book(book) : read_course(book, options.course);
  Journal journal(":memory:", options.seed.value_or(draw_seed()), 0);
  ClassWork work(workshop, options, course, {std::move(submission)}, journal);
  const ClassGrades grades = grade_class(work, options);
  const std::string json = gradescope_results(grades, grades.students.front(), options.report);
  if (results.empty()) {
    fmt::print("{}", json);
  } else {
    write_atomically(results, json);
  }
  return 0;
}

}  // namespace gradbook
