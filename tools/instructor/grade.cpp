#include "instructor/grade.hpp"

#include <fmt/chrono.h>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <signal.h>
#include <unistd.h>

#include <algorithm>
#include <random>
#include <set>
#include <thread>

#include "grading/journal/journal.hpp"
#include "grading/score/credit.hpp"
#include "grading/score/pseudonyms.hpp"
#include "grading/submission/intake.hpp"
#include "grading/submission/submission.hpp"
#include "grading/unit/together.hpp"
#include "instructor/class_run.hpp"
#include "instructor/grade_table.hpp"
#include "instructor/mistakes.hpp"
#include "instructor/report/gradescope_results.hpp"
#include "instructor/unit_keys.hpp"
#include "system/process.hpp"

namespace gradbook {
namespace {

std::uint64_t draw_seed() {
  std::random_device device;
  return (std::uint64_t{device()} << 32 | device()) >> 1;
}

// Ctrl-C: nothing is left running, and everything final is in the journal already
void leave(int number) {
  static constexpr char kWords[] =
      "\ngradbook: interrupted; what was graded is kept, and the same command goes on from there\n";
  refuse_commands(true);
  end_all_commands();
  [[maybe_unused]] const ssize_t ignored = write(STDERR_FILENO, kWords, sizeof kWords - 1);
  _exit(128 + number);
}

// Everything about one run of `gradbook grade`
class Grading {
 public:
  Grading(const Workshop& workshop, const GradeOptions& options, Course course,
          std::vector<Submission> submissions, Journal& journal)
      : workshop_(workshop),
        preparation_(workshop),
        book_(workshop.book()),
        options_(options),
        course_(std::move(course)),
        submissions_(std::move(submissions)),
        journal_(journal),
        sandbox_(open_sandbox(course_, options.allow_level)),
        run_{.rules = rules_of(course_, options, journal.seed()),
             .folder = workshop.build() / "grading" / digest(options.out.string()).substr(0, 12),
             .jobs = options.jobs > 0
                         ? options.jobs
                         : std::max(1, static_cast<int>(std::thread::hardware_concurrency()))} {
    for (const GradedExercise& graded : course_.exercises)
      exercises_.push_back(book_.find(graded.id));
    keys_.emplace(workshop, exercises_, run_.rules, sandbox_.level());
  }

  ClassGrades run() {
    grade_files();
    grade_together();
    explain_failures();
    std::error_code ignored;
    fs::remove_all(run_.folder, ignored);
    return grades();
  }

 private:
  bool is_selected(const Submission& s, const std::string& exercise) const {
    const auto in = [](const std::vector<std::string>& list, const std::string& text) {
      return list.empty() || std::ranges::find(list, text) != list.end();
    };
    return in(options_.only, s.student) && in(options_.exercises, exercise);
  }

  std::string key_of(const std::string& exercise, const std::string& bytes) const {
    return keys_->of(exercise, bytes);
  }

  // Does the tasks before the reader's eyes. `students`: by key, how many share one; `handed_in`:
  // by exercise, how many there are
  void do_all(const std::vector<Task>& tasks, const std::map<std::string, int>& students,
              const std::map<std::string, int>& handed_in) {
    std::vector<const Exercise*> shown = exercises_;
    std::erase_if(shown, [&](const Exercise* e) { return !handed_in.count(e->id); });
    GradeTable table(shown, handed_in, tasks.size(), isatty(STDOUT_FILENO));
    results_.merge(run_class(preparation_, sandbox_, journal_, tasks, run_,
                             [&](const Task& task, const UnitResult& result, bool known) {
                               table.note(*task.exercise, result.state, students.at(task.key),
                                          known);
                             }));
  }

  // Exercise by exercise, so that the first results come soon and what is shared stays warm
  void grade_files() {
    std::vector<Task> tasks;
    std::map<std::string, int> students, handed_in;
    for (const Exercise* e : exercises_) {
      for (const Submission& s : submissions_) {
        const auto file = s.files.find(e->id);
        if (file == s.files.end()) continue;
        journal_.keep_file(s.student, e->id, file->second);
        const std::string key = key_of(e->id, file->second);
        if (!is_selected(s, e->id)) {
          if (auto known = journal_.result(key)) results_[key] = std::move(*known);
          continue;
        }
        ++handed_in[e->id];
        if (students[key]++ > 0) continue;
        tasks.push_back(
            {key, e, [e, &bytes = file->second](Desk& desk) { return desk.grade(*e, bytes); }});
      }
    }
    do_all(tasks, students, handed_in);
  }

  State state_of(const Submission& s, const std::string& exercise) const {
    const auto file = s.files.find(exercise);
    if (file == s.files.end()) return State::missing;
    const auto found = results_.find(key_of(exercise, file->second));
    return found == results_.end() ? State::infrastructure : found->second.state;
  }

  // The student's own files beneath an exercise, where they can be linked; what fails alone first,
  // for it is what breaks others
  std::vector<std::string> own_beneath(const Submission& s, const Exercise& e) const {
    std::vector<std::string> own;
    for (const std::string& id : book_.foundations(e)) {
      if (id == e.id || !keys_->has(id)) continue;
      switch (state_of(s, id)) {
        case State::done:
        case State::wrong:
        case State::crashed:
        case State::timed_out:
        case State::out_of_memory:
        case State::too_much_output:
          own.push_back(id);
          break;
        default:
          break;
      }
    }
    std::ranges::stable_partition(
        own, [&](const std::string& id) { return state_of(s, id) != State::done; });
    return own;
  }

  // What passes alone is tried on the student's own files; equal sets of files once
  void grade_together() {
    std::vector<Task> tasks;
    std::map<std::string, int> students, handed_in;
    for (const Exercise* e : exercises_) {
      for (const Submission& s : submissions_) {
        if (!is_selected(s, e->id) || state_of(s, e->id) != State::done) continue;
        const auto own = own_beneath(s, *e);
        if (own.empty()) continue;
        std::string all = "together " + key_of(e->id, s.files.at(e->id));
        for (const std::string& id : own) all += " " + key_of(id, s.files.at(id));
        const std::string key = digest(all);
        together_[{s.student, e->id}] = key;
        ++handed_in[e->id];
        if (students[key]++ > 0) continue;
        tasks.push_back({key, e, [this, e, &s, own](Desk& desk) {
                           OwnFiles files;
                           for (const std::string& id : own)
                             files.emplace_back(id,
                                                desk.object_of(*book_.find(id), s.files.at(id)));
                           const fs::path object = desk.object_of(*e, s.files.at(e->id));
                           const std::string says = together(desk, *e, object, files);
                           return UnitResult{.state = says.empty() ? State::done : State::wrong,
                                             .messages = {says}};
                         }});
      }
    }
    if (tasks.empty()) return;
    const bool all_known = std::ranges::all_of(
        tasks, [&](const Task& task) { return journal_.result(task.key).has_value(); });
    if (!all_known) fmt::print("with all of each student's own files:\n");
    do_all(tasks, students, handed_in);
  }

  // Which known mistakes were made. The first time, exercises are proven for it
  void explain_failures() {
    if (!options_.explain) return;
    std::map<std::string, std::vector<std::string>> failed;  // exercise → keys
    for (const Submission& s : submissions_) {
      for (const auto& [id, bytes] : s.files) {
        if (!keys_->has(id)) continue;
        const auto found = results_.find(key_of(id, bytes));
        if (found != results_.end() && !found->second.cases.empty() &&
            found->second.state != State::done && found->second.state != State::not_started)
          failed[id].push_back(found->first);
      }
    }
    for (const auto& [id, keys] : failed) {
      const Mistakes mistakes(workshop_, *book_.find(id));
      for (const std::string& key : keys) mistakes_[key] = mistakes.of(results_.at(key).cases);
    }
  }

  ExerciseGrade grade_of(const Submission& s, const std::string& exercise) const {
    ExerciseGrade grade{.exercise = exercise};
    const auto file = s.files.find(exercise);
    if (file == s.files.end()) return grade;
    const std::string key = key_of(exercise, file->second);
    const auto found = results_.find(key);
    if (found == results_.end()) {
      grade.state = State::infrastructure;
      grade.messages = {"not graded yet: --only or --exercise left it out"};
      return grade;
    }
    const UnitResult& result = found->second;
    grade.state = result.state;
    grade.share = result.share;
    grade.messages = result.messages;
    grade.cases = result.cases;
    grade.seconds = result.seconds;
    grade.set_aside = result.set_aside;
    if (const auto mistake = mistakes_.find(key); mistake != mistakes_.end())
      grade.mistake = mistake->second;
    if (const auto with = together_.find({s.student, exercise}); with != together_.end()) {
      const auto outcome = results_.find(with->second);
      if (outcome != results_.end() && outcome->second.state == State::wrong)
        grade.integration = outcome->second.messages.front();
    }
    return grade;
  }

  ClassGrades grades() const {
    ClassGrades all{
        .title = course_.title,
        .graded_at = fmt::format("{:%Y-%m-%d %H:%M}", fmt::localtime(std::time(nullptr))),
        .seed = run_.rules.seed,
        .sandbox_level = std::string(level_name(sandbox_.level())),
        .sandbox_parts = sandbox_.parts(),
        .exercises = course_.exercises,
        .students = {}};
    std::vector<std::string> students;
    for (const Submission& s : submissions_) students.push_back(s.student);
    const auto names = pseudonyms(students, journal_.name_seed());
    for (const Submission& s : submissions_) {
      std::vector<ExerciseGrade> one;
      for (const GradedExercise& e : course_.exercises) one.push_back(grade_of(s, e.id));
      all.students.push_back(grade_student(course_, s, names.at(s.student), std::move(one)));
    }
    return all;
  }

  const Workshop& workshop_;
  Preparation preparation_;
  const Book& book_;
  const GradeOptions& options_;
  const Course course_;
  const std::vector<Submission> submissions_;
  Journal& journal_;
  const Sandbox sandbox_;
  ClassRunOptions run_;

  std::vector<const Exercise*> exercises_;
  std::optional<UnitKeys> keys_;
  std::map<std::string, UnitResult> results_;                            // by key
  std::map<std::pair<std::string, std::string>, std::string> together_;  // student, exercise → key
  std::map<std::string, std::string> mistakes_;                          // by key
};

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
  fmt::print("sandbox: {}\n", grades.sandbox_level);
  fmt::print("report: {}\n", (out / "report.html").string());
}

}  // namespace

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

  const ClassGrades grades =
      Grading(workshop, options, course, std::move(folder.submissions), journal).run();
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
  const ClassGrades grades =
      Grading(workshop, options, course, {std::move(submission)}, journal).run();
  const std::string json = gradescope_results(grades, grades.students.front(), options.report);
  if (results.empty()) {
    fmt::print("{}", json);
  } else {
    write_atomically(results, json);
  }
  return 0;
}

}  // namespace gradbook
