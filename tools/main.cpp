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
#include "student/check.hpp"
#include "student/demo.hpp"
#include "student/run_module.hpp"
#include "student/watch/watch.hpp"
#include "system/process.hpp"

namespace gradbook {
namespace {

constexpr int kDone = 0, kNotDone = 1, kBadInput = 2;

struct CheckArguments {
  std::string what, test, hidden_case, workbook;
  std::uint64_t seed = 1;
  bool json = false;
};

int run_check(const Workshop& workshop, const CheckArguments& arguments) {
  const auto exercises = workshop.book().select(arguments.what);
  CheckOptions options{.workbook = arguments.workbook.empty() ? workshop.book().root()
                                                              : fs::absolute(arguments.workbook),
                       .seed = arguments.seed,
                       .only_test = arguments.test,
                       .only_case = arguments.hidden_case};
  if (exercises.size() > 1 && !(arguments.test + arguments.hidden_case).empty()) {
    throw UserError("--test and --case need one exercise: ./gradbook check 2.2 --case …");
  }
  std::vector<Verdict> verdicts;
  for (const Exercise* exercise : exercises) {
    verdicts.push_back(check(workshop, *exercise, options));
    if (exercises.size() > 1 && !arguments.json) fmt::print("{}", to_line(verdicts.back()));
  }
  if (arguments.json) {
    fmt::print("{}", to_json(verdicts));
  } else if (exercises.size() == 1) {
    fmt::print("{}", to_text(verdicts.front()));
  }
  const bool done =
      std::ranges::all_of(verdicts, [](const Verdict& v) { return v.state == State::done; });
  const bool missing =
      std::ranges::any_of(verdicts, [](const Verdict& v) { return v.state == State::missing; });
  return missing ? kBadInput : done ? kDone : kNotDone;
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
  std::string watched_workbook;
  app.add_option("--workbook", watched_workbook, "watch the exercise files of this copy");

  CheckArguments checking;
  auto* check_command =
      app.add_subcommand("check", "Check an exercise, a module, or all: what a save runs");
  check_command->add_option("what", checking.what, "2.2, topological_sort, 02_scalar or a file");
  check_command->add_option("--test", checking.test, "only this public test");
  check_command->add_option("--case", checking.hidden_case, "only this hidden case");
  check_command->add_option("--seed", checking.seed, "of the values that hidden cases draw");
  check_command->add_option("--workbook", checking.workbook,
                            "take the exercise files from this copy");
  check_command->add_flag("--json", checking.json, "the verdict as JSON");

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

  std::string run_what, run_workbook, run_out;
  auto* run_command = app.add_subcommand("run", "Run a module's program on what you have written");
  run_command->add_option("module", run_what, "02 or 02_scalar")->required();
  run_command->add_option("--workbook", run_workbook, "take the exercise files from this copy");
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
  if (*check_command) return run_check(workshop, checking);
  if (*verify_command) return run_verify(workshop, verified, fresh);
  if (*bench_command) return run_bench(workshop, bench);
  if (*demo_command) return run_demo(workshop, demo);
  if (*run_command) {
    return run_module(
        workshop, {run_what, run_workbook.empty() ? book.root() : fs::absolute(run_workbook),
                   run_out.empty() ? book.root() / "build" / "run" / book.module(run_what).directory
                                   : fs::absolute(run_out)});
  }
  if (*test_command) return self_test(workshop);
  return run_watch(workshop,
                   {watched_workbook.empty() ? book.root() : fs::absolute(watched_workbook)});
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
