#include "author/demo.hpp"

#include <fmt/format.h>

#include "author/mutants.hpp"
#include "instructor/grade.hpp"
#include "student/check.hpp"
#include "student/run_module.hpp"
#include "student/workbook_copy.hpp"
#include "tools/class/make_class.hpp"

namespace gradbook {
namespace {

constexpr const char* kShown = "2.2";   // the exercise whose verdicts are shown in full
constexpr const char* kKernel = "9.8";  // whose mistake is found without a GPU
constexpr const char* kTrained = "02_scalar";

// Checks one exercise and says so when the verdict is another than expected
class Demo {
 public:
  Demo(const Workshop& workshop, const WorkbookCopy& copy)
      : workshop_(workshop), options_{.workbook = copy.root()} {}

  void expect(const Exercise& e, State expected, bool in_full) {
    const Verdict verdict = check(workshop_, e, options_);
    fmt::print("{}", in_full ? to_text(verdict) + "\n" : to_line(verdict));
    if (verdict.state == expected) return;
    fmt::print("  this was to be \"{}\":\n{}", name(expected), to_text(verdict));
    as_expected_ = false;
  }

  bool as_expected() const { return as_expected_; }

 private:
  const Workshop& workshop_;
  CheckOptions options_;
  bool as_expected_ = true;
};

}  // namespace

int run_demo(const Workshop& workshop, const DemoOptions& options) {
  const Book& book = workshop.book();
  setvbuf(stdout, nullptr, _IOLBF, 0);
  fs::path out = options.out.empty() ? book.root() / "build" / "demo" : fs::absolute(options.out);
  fs::create_directories(out);
  const WorkbookCopy copy(book);
  Demo demo(workshop, copy);

  // One exercise from stub over a mistake to done
  const Exercise& shown = *book.find(kShown);
  fmt::print("── {} as it is handed out ──\n\n", shown.id);
  demo.expect(shown, State::not_started, true);
  for (const char* id : {kShown, kKernel}) {
    const Exercise& e = *book.find(id);
    const Mutant mutant = read_mutants(book.mutants(e)).front();
    fmt::print("── {} with a mistake: {} ──\n\n", id, mutant.says);
    const std::string solution = read_file(book.solution(e));
    write_atomically(copy.root() / Book::stub_path(e), apply(mutant, solution));
    demo.expect(e, State::wrong, true);
  }

  // All reference solutions, one by one
  fmt::print("── every reference solution, one by one ──\n\n");
  for (const Exercise* e : book.select("")) {
    write_atomically(copy.root() / Book::stub_path(*e), read_file(book.solution(*e)));
    demo.expect(*e, State::done, false);
  }

  // The module's program, from the files in the copy
  fmt::print("\n── the network of {}, trained ──\n\n", kTrained);
  const int trained = run_module(workshop, {kTrained, copy.root(), out});
  if (trained != 0) return trained;

  // A class with submissions of every kind, graded as an instructor would
  fmt::print("\n── the sample class, graded ──\n\n");
  const fs::path submissions = out / "class" / "submissions", grades = out / "class" / "grades";
  fs::remove_all(submissions);
  make_class(book, read_sample_class(book), submissions);
  const int graded = grade(workshop, {.submissions = submissions,
                                      .out = grades,
                                      .course = sample_course(book),
                                      .roster = sample_roster(book),
                                      .allow_level = "process",
                                      .explain = false});
  if (graded != 0) return graded;

  if (!demo.as_expected()) fmt::print("\nnot everything was as expected: see above\n");
  return demo.as_expected() ? 0 : 1;
}

}  // namespace gradbook
