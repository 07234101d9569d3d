#include "bench/grade.hpp"

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Statement.h>
#include <fmt/format.h>

#include <algorithm>
#include <chrono>

#include "bench/plain_build.hpp"
#include "bench/synthetic_class.hpp"
#include "grading/submission/csv.hpp"
#include "grading/unit/unit.hpp"
#include "student/workbook_copy.hpp"
#include "system/process.hpp"

namespace gradbook {
namespace {

constexpr double kRatio = 10;             // P17
constexpr int kStudents = 100;            // of the synthetic class
constexpr double kCold = 600, kWarm = 5;  // seconds that it may take
constexpr double kOverhead = 0.060;       // seconds that sandbox and judge may add to an exercise
constexpr std::uint64_t kSeed = 17;

double seconds_since(std::chrono::steady_clock::time_point start) {
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

double median_of(std::vector<double> values) {
  std::ranges::sort(values);
  return values.empty() ? 0 : values[values.size() / 2];
}

// What P17 is about: the first two modules, 21 exercises
std::vector<const Exercise*> timed(const Book& book) {
  std::vector<const Exercise*> exercises = book.select("01");
  for (const Exercise* e : book.select("02")) exercises.push_back(e);
  return exercises;
}

// Runs `gradbook grade` and says how long it took
double grade_in(const Book& book, const fs::path& submissions, const fs::path& out) {
  const auto start = std::chrono::steady_clock::now();
  const Completion completion =
      run({.arguments = {(book.root() / "gradbook").string(), "grade", submissions.string(),
                         "--out", out.string(), "--seed", "1", "--no-mistakes", "-j", "2"}});
  if (!completion.ok())
    throw UserError(fmt::format("gradbook grade failed:\n{}", completion.output));
  return seconds_since(start);
}

// State by exercise, by student, as grades.csv has them
std::map<std::string, std::map<std::string, State>> states_in(const fs::path& out) {
  const fs::path path = out / "grades.csv";
  const std::vector<CsvRow> rows = parse_csv(read_file(path), path);
  const auto column = [&](const char* title) {
    const auto& titles = rows.at(0).fields;
    return static_cast<std::size_t>(std::ranges::find(titles, title) - titles.begin());
  };
  const std::size_t student = column("student"), exercise = column("exercise"),
                    state = column("state");
  std::map<std::string, std::map<std::string, State>> states;
  for (std::size_t i = 1; i < rows.size(); ++i) {
    const auto& fields = rows[i].fields;
    states[fields.at(student)][fields.at(exercise)] =
        state_named(fields.at(state)).value_or(State::infrastructure);
  }
  return states;
}

// What sandbox and judge added to each unit, beyond the time that the cases take by themselves
std::vector<double> overheads_in(const fs::path& out) {
  const SQLite::Database journal((out / "journal.sqlite").string(), SQLite::OPEN_READONLY);
  SQLite::Statement select(journal, "SELECT text FROM result");
  std::vector<double> overheads;
  while (select.executeStep()) {
    const UnitResult result = unit_result_from(select.getColumn(0).getString());
    if (result.state != State::done || result.cases.empty()) continue;
    double cases = 0;
    for (const CaseResult& c : result.cases) cases += c.cpu_seconds;
    overheads.push_back(std::max(0.0, result.judged_seconds - cases));
  }
  return overheads;
}

int bench_one(const Workshop& workshop, const fs::path& folder, int turns) {
  const Book& book = workshop.book();
  const std::vector<const Exercise*> exercises = timed(book);
  const fs::path submissions = folder / "one", student = submissions / "student";
  for (const Exercise* e : exercises) {
    const fs::path file = student / Book::stub_path(*e);
    fs::create_directories(file.parent_path());
    write_atomically(file, read_file(book.solution(*e)));
  }
  const fs::path plain = folder / "plain";
  write_plain_project(book, exercises, student, plain);

  fmt::print("P17: one submission of {} exercises, cold, two at a time ({} turns)\n",
             exercises.size(), turns);
  std::vector<double> ours, theirs, ratios;
  bool agree = true;
  for (int turn = -1; turn < turns; ++turn) {  // the first brings our own objects up to date
    const fs::path out = folder / fmt::format("out_{}", turn);
    const double us = grade_in(book, submissions, out);
    const auto states = states_in(out);
    for (const Exercise* e : exercises)
      agree = agree && states.at("student").at(e->id) == State::done;
    if (turn < 0) continue;
    const auto start = std::chrono::steady_clock::now();
    agree = run_plain_project(plain) && agree;
    ours.push_back(us), theirs.push_back(seconds_since(start));
    ratios.push_back(theirs.back() / us);
    fmt::print("  gradbook {:.2f} s, plain CMake build {:.2f} s, ratio {:.1f}\n", us, theirs.back(),
               ratios.back());
    std::fflush(stdout);
  }
  const double ratio = median_of(ratios);
  fmt::print(
      "  median: gradbook {:.2f} s, plain CMake build {:.2f} s, ratio {:.1f}, goal {:g}: {}\n",
      median_of(ours), median_of(theirs), ratio, kRatio, ratio >= kRatio ? "reached" : "MISSED");
  fmt::print("  {}\n\n", agree ? "all exercises are done by both" : "THE SCORES DIFFER");
  return agree && ratio >= kRatio ? 0 : 1;
}

// Whether what was found is what was made: solutions pass, stubs are not started, mistakes fail
int differences(const MadeClass& made,
                const std::map<std::string, std::map<std::string, State>>& found) {
  int count = 0;
  for (const auto& [student, exercises] : made) {
    for (const auto& [id, kind] : exercises) {
      const State state = found.at(student).at(id);
      const bool right = kind == Made::stub     ? state == State::not_started
                         : kind == Made::mutant ? state != State::done
                                                : state == State::done;
      if (right) continue;
      if (++count <= 5) fmt::print("  {} {}: {}, unlike what was made\n", student, id, name(state));
    }
  }
  return count;
}

int bench_class(const Workshop& workshop, const fs::path& folder) {
  const Book& book = workshop.book();
  const fs::path submissions = folder / "class", out = folder / "class_out";
  const MadeClass made = make_synthetic_class(book, timed(book), submissions, kStudents, kSeed);
  fmt::print("a class of {} × {}, two at a time\n", kStudents, timed(book).size());
  std::fflush(stdout);

  const auto line = [](const char* what, double seconds, double goal) {
    fmt::print("  {:<42} {:8.3f} s, goal {:g} s: {}\n", what, seconds, goal,
               seconds <= goal ? "reached" : "MISSED");
    std::fflush(stdout);
    return seconds <= goal;
  };
  bool reached = line("cold", grade_in(book, submissions, out), kCold);
  const int wrong = differences(made, states_in(out));
  reached = line("nothing changed", grade_in(book, submissions, out), kWarm) && reached;
  const std::vector<double> overheads = overheads_in(out);
  reached =
      line("sandbox and judge, median of an exercise", median_of(overheads), kOverhead) && reached;
  fmt::print("  {} files had to be built and run of {}\n", overheads.size(),
             made.size() * timed(book).size());
  fmt::print("  {}\n", wrong == 0 ? "every state is as it was made" : "THE STATES DIFFER");
  return reached && wrong == 0 ? 0 : 1;
}

}  // namespace

int bench_grade(const Workshop& workshop, int turns) {
  const WorkbookCopy folder(workshop.book());  // a temporary folder that goes at the end
  const int one = bench_one(workshop, folder.root() / "bench", turns);
  return std::max(one, bench_class(workshop, folder.root() / "bench"));
}

}  // namespace gradbook
