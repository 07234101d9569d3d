// The gradbook program: one command line for students, instructors and authors.
#include <fmt/format.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <csignal>
#include <cstdlib>

#include "author/new_exercise.hpp"
#include "author/self_test.hpp"
#include "author/stub_text.hpp"
#include "author/verify.hpp"
#include "bench/bench.hpp"
#include "student/check_command.hpp"
#include "student/check_many.hpp"
#include "student/demo.hpp"
#include "student/docs.hpp"
#include "student/hint.hpp"
#include "student/list.hpp"
#include "student/paragraph.hpp"
#include "student/reset.hpp"
#include "student/run_module.hpp"
#include "student/show.hpp"
#include "student/watch/watch.hpp"
#include "system/process.hpp"

namespace gradbook {
namespace {

constexpr int kDone = 0, kNotDone = 1, kBadInput = 2;

// The folder that holds the student's files
fs::path workbook_of(const Book& book, const std::string& given) {
  return given.empty() ? book.root() : fs::absolute(given);
}

// The one exercise that is meant; the current one for ""
const Exercise& one_exercise(const Book& book, const std::string& what, const Progress& progress) {
  if (what.empty()) return progress.current();
  const auto exercises = book.select(what);
  if (exercises.size() > 1)
    throw UserError(fmt::format("{} is a module: name one of its exercises, such as {}", what,
                                exercises.front()->id));
  return *exercises.front();
}

// Whatever becomes of the state, the file is reset
int run_reset(const Workshop& workshop, const fs::path& workbook, const std::string& what,
              bool undo) {
  const Book& book = workshop.book();
  const auto exercises = book.select(what);
  if (exercises.size() > 1)
    throw UserError(fmt::format("reset takes one exercise, such as {}", exercises.front()->id));
  const Exercise& e = *exercises.front();
  fmt::print("{}", undo ? undo_reset(workbook, e) : reset(book, workbook, e));
  try {
    // It counts as begun again until it is checked
    Progress(book, workbook)
        .note({.exercise = &e, .state = undo ? State::wrong : State::not_started});
  } catch (const UserError& error) {
    std::fflush(stdout);
    fmt::print(stderr, "gradbook: that could not be noted: {}\n", error.what());
  }
  return kDone;
}

int run_verify(const Workshop& workshop, const std::string& what, bool fresh) {
  const auto exercises = workshop.book().select(what);
  std::size_t finished = 0;
  const bool live = isatty(STDERR_FILENO);
  const auto proofs = verify(workshop, exercises, fresh, [&](const Proof& proof) {
    ++finished;
    if (live) fmt::print(stderr, "\r{} of {}  {:<6}", finished, exercises.size(), proof.id);
  });
  if (live) fmt::print(stderr, "\r{:30}\r", "");
  fmt::print("{}", to_text(proofs, workshop.book()));
  return std::ranges::all_of(proofs, [](const Proof& p) { return p.faults.empty(); }) ? kDone
                                                                                      : kNotDone;
}

int run_program(int argc, char** argv) {
  const char* root_variable = std::getenv("GRADBOOK_ROOT");  // set by the launcher
  std::string root = root_variable != nullptr ? root_variable : ".", preset = "student";

  CLI::App app("gradbook: build a deep-learning framework, exercise by exercise");
  app.require_subcommand(0, 1);
  app.footer("Without a command, gradbook watches: it says what is next and checks every save.");
  app.add_option("--root", root, "the workbook's folder")->check(CLI::ExistingDirectory);
  app.add_option("--preset", preset, "the build tree below build/ to use: student, fast or asan");
  std::string workbook;
  app.add_option("--workbook", workbook, "watch the exercise files of this copy");

  CheckCommand checking;
  const auto add_workbook = [&](CLI::App* command) {
    command->add_option("--workbook", workbook, "take the student's files from this copy");
  };
  auto* check_sub =
      app.add_subcommand("check", "Check an exercise, a module, or all: what a save runs");
  check_sub->add_option("what", checking.what, "2.2, topological_sort, 02_scalar or a file");
  check_sub->add_option("--test", checking.options.only_test, "only this public test");
  check_sub->add_option("--case", checking.options.only_case, "only this hidden case");
  check_sub->add_option("--seed", checking.options.seed, "of the values that hidden cases draw");
  add_workbook(check_sub);
  check_sub->add_flag("--mine", checking.mine, "with all of your own files, not references");
  check_sub->add_flag("--json", checking.json, "the verdict as JSON");

  // Where the student is, and what helps
  std::string what;
  const auto add_exercise = [&](CLI::App* command) {
    command->add_option("exercise", what, "2.2 or topological_sort; left out: the current one");
    add_workbook(command);
  };
  ListOptions listing;
  auto* list_command = app.add_subcommand("list", "All exercises, and how far you are");
  list_command->add_option("text", listing.text, "only those whose number, name or title has it");
  list_command->add_option("--state", listing.state, "not-started, in-progress, partly or done");
  list_command->add_option("--module", listing.module, "02 or 02_scalar");
  list_command->add_flag("--json", listing.json, "the same for programs");
  add_workbook(list_command);
  auto* hint_command = app.add_subcommand("hint", "One hint more, of three");
  add_exercise(hint_command);
  auto* docs_command = app.add_subcommand("docs", "What the chapter says about an exercise");
  add_exercise(docs_command);
  bool undo = false;
  auto* reset_command = app.add_subcommand("reset", "Back to the stub; a backup is kept");
  reset_command->add_option("exercise", what, "2.2 or topological_sort")->required();
  reset_command->add_flag("--undo", undo, "bring the last backup back");
  add_workbook(reset_command);
  std::string picture;
  auto* show_command = app.add_subcommand("show", "Pictures and tests of an exercise");
  show_command->add_option("kind", picture, "graph, plot or tests")
      ->required()
      ->check(CLI::IsMember({"graph", "plot", "tests"}));
  add_exercise(show_command);

  std::string verified;
  bool fresh = false;
  auto* verify_command =
      app.add_subcommand("verify", "Prove exercises: stubs, solutions, cases, mutants");
  verify_command->add_option("what", verified, "an exercise or module; all if left out");
  verify_command->add_flag("--fresh", fresh, "prove again what has not changed");

  auto* author = app.add_subcommand("author", "For authors of exercises");
  author->require_subcommand(1);
  auto* stubs_command = author->add_subcommand("stubs", "Write all stubs from the solutions");
  std::string new_module, new_name;
  auto* new_command = author->add_subcommand("new", "Start an exercise: every file that it needs");
  new_command->add_option("module", new_module, "02 or 02_scalar")->required();
  new_command->add_option("name", new_name, "such as topological_sort")->required();

  BenchOptions bench;
  auto* bench_command = app.add_subcommand("bench", "Measure, side by side with others");
  bench_command->add_option("what", bench.what, "scalar or latency")->required();
  bench_command->add_option("--alternations", bench.alternations,
                            "how often each side runs in turn");

  DemoOptions demo;
  auto* demo_command = app.add_subcommand(
      "demo", "The main job on what is here: stubs, solutions, verdicts, pictures");
  demo_command->add_option("--out", demo.out, "where pictures go");

  std::string run_what, run_out;
  auto* run_command = app.add_subcommand("run", "Run a module's program on what you have written");
  run_command->add_option("module", run_what, "02 or 02_scalar")->required();
  add_workbook(run_command);
  run_command->add_option("--out", run_out, "where its files and pictures go");

  auto* test_command = app.add_subcommand("test", "Run every test there is");

  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? kDone : kBadInput;
  }

  const Book book{fs::canonical(root)};
  if (*stubs_command) {
    fmt::print("{} stubs written\n", write_stubs(book));
    return kDone;
  }
  if (*new_command) return new_exercise(book, new_module, new_name);

  const Workshop workshop(book, book.root() / "build" / preset);
  const fs::path files = workbook_of(book, workbook);
  if (*check_sub) {
    checking.options.workbook = files;
    checking.workbook_is_given = !workbook.empty();
    return check_command(workshop, checking);
  }
  if (*reset_command) return run_reset(workshop, files, what, undo);
  if (*list_command || *hint_command || *docs_command || *show_command) {
    Progress progress = open_progress(workshop, files);
    const std::size_t columns = terminal_columns();
    if (*list_command) {
      fmt::print("{}", list(book, files, progress, listing, columns));
      return kDone;
    }
    const Exercise& e = one_exercise(book, what, progress);
    if (*hint_command) fmt::print("{}", hint(progress, e, columns));
    if (*docs_command) fmt::print("{}", docs(book, e, columns));
    if (*show_command && picture == "tests") fmt::print("{}", show_tests(book, e, columns));
    if (!*show_command || picture == "tests") return kDone;
    const ShowOptions showing{&e, files, book.root() / "build" / "run" / e.module, columns};
    return picture == "graph" ? show_graph(workshop, showing) : show_plot(workshop, showing);
  }
  if (*verify_command) return run_verify(workshop, verified, fresh);
  if (*bench_command) return run_bench(workshop, bench);
  if (*demo_command) return run_demo(workshop, demo);
  if (*run_command) {
    return run_module(
        workshop, {run_what, files,
                   run_out.empty() ? book.root() / "build" / "run" / book.module(run_what).directory
                                   : fs::absolute(run_out)});
  }
  if (*test_command) return self_test(workshop);
  return run_watch(workshop, {files});
}

}  // namespace
}  // namespace gradbook

int main(int argc, char** argv) {
  // Ctrl-C leaves nothing running behind it
  const auto leave = [](int number) {
    gradbook::refuse_commands(true);
    gradbook::end_all_commands();
    _exit(128 + number);
  };
  std::signal(SIGINT, leave);
  std::signal(SIGTERM, leave);
  try {
    return gradbook::run_program(argc, argv);
  } catch (const gradbook::UserError& error) {
    fmt::print(stderr, "gradbook: {}\n", error.what());
  } catch (const std::exception& error) {
    fmt::print(stderr, "gradbook: {} (this is a fault of gradbook's: please report it)\n",
               error.what());
  }
  return gradbook::kBadInput;
}
