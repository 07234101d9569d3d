// The commands of an author: exercises made, proven and measured, and every test there is.
#include "commands.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <algorithm>

#include "author/demo.hpp"
#include "author/figures/make_figures.hpp"
#include "author/new_exercise.hpp"
#include "author/self_test.hpp"
#include "author/verify.hpp"
#include "author/write_stubs.hpp"
#include "bench/bench.hpp"

namespace gradbook {
namespace {

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

void add_verify(CommandLine& line) {
  auto* command = line.add("verify", "Prove exercises: stubs, solutions, cases, mutants");
  auto what = std::make_shared<std::string>();
  auto fresh = std::make_shared<bool>(false);
  command->add_option("what", *what, "an exercise or module; all if left out");
  command->add_flag("--fresh", *fresh, "prove again what has not changed");
  line.on(command, [&line, what, fresh] { return run_verify(line.workshop(), *what, *fresh); });
}

void add_figures(CommandLine& line, CLI::App& author) {
  auto* command = author.add_subcommand("figures", "Make the lectures' figures that are stale");
  auto options = std::make_shared<FiguresCommand>();
  command->add_option("names", options->names, "make these, stale or not");
  command->add_flag("--check", options->check, "make none; fail where one is stale");
  command->add_option("--out", options->out, "where they go");
  line.on(command, [&line, options] {
    options->out = options->out.empty() ? line.workshop().build() / "docs" / "figures"
                                        : fs::absolute(options->out);
    return figures_command(line.workshop(), *options);
  });
}

void add_author(CommandLine& line) {
  auto* author = line.add("author", "For authors of exercises");
  author->require_subcommand(1);
  line.on(author->add_subcommand("stubs", "Write all stubs from the solutions"), [&line] {
    fmt::print("{} stubs written\n", write_stubs(line.book()));
    return kDone;
  });
  auto* command = author->add_subcommand("new", "Start an exercise: every file that it needs");
  auto module = std::make_shared<std::string>(), name = std::make_shared<std::string>();
  command->add_option("module", *module, "02 or 02_scalar")->required();
  command->add_option("name", *name, "such as topological_sort")->required();
  line.on(command, [&line, module, name] { return new_exercise(line.book(), *module, *name); });
  add_figures(line, *author);
}

void add_bench(CommandLine& line) {
  auto* command = line.add("bench", "Measure, side by side with others");
  auto options = std::make_shared<BenchOptions>();
  command
      ->add_option("what", options->what,
                   "scalar, tensor, modules, lm, emulator, matmul, latency or grade")
      ->required();
  command->add_option("--alternations", options->alternations, "how often each side runs in turn");
  command->add_flag("--against", options->against,
                    "tensor, modules, lm, emulator: beside PyTorch and other peers");
  line.on(command, [&line, options] { return run_bench(line.workshop(), *options); });
}

void add_demo(CommandLine& line) {
  auto* command =
      line.add("demo", "The main job on what is here: stubs, solutions, verdicts, pictures");
  auto options = std::make_shared<DemoOptions>();
  command->add_option("--out", options->out, "where pictures go");
  line.on(command, [&line, options] { return run_demo(line.workshop(), *options); });
}

}  // namespace

void add_author_commands(CommandLine& line) {
  add_verify(line);
  add_author(line);
  add_bench(line);
  add_demo(line);
  line.on(line.add("test", "Run every test there is"),
          [&line] { return self_test(line.workshop()); });
}

}  // namespace gradbook
