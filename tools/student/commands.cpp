// The commands of a student.
#include "commands.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <algorithm>

#include "student/check_command.hpp"
#include "student/check_many.hpp"
#include "student/docs.hpp"
#include "student/hint.hpp"
#include "student/list.hpp"
#include "student/paragraph.hpp"
#include "student/reset.hpp"
#include "student/run_module.hpp"
#include "student/show.hpp"
#include "student/show_kernel.hpp"
#include "student/submit.hpp"
#include "student/watch/watch.hpp"
#ifdef GRADBOOK_HAS_SITE
#include "site/site.hpp"
#include "site/site_tools.hpp"
#endif

namespace gradbook {
namespace {

void add_exercise(CommandLine& line, CLI::App* command, std::string& what) {
  command->add_option("exercise", what, "2.2 or topological_sort; left out: the current one");
  line.add_workbook(command);
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

void add_check(CommandLine& line) {
  auto* command = line.add("check", "Check an exercise, a module, or all: what a save runs");
  auto checking = std::make_shared<CheckCommand>();
  command->add_option("what", checking->what, "2.2, topological_sort, 02_scalar or a file");
  command->add_option("--test", checking->options.only_test, "only this public test");
  command->add_option("--case", checking->options.only_case, "only this hidden case");
  command->add_option("--seed", checking->options.seed, "of the values that hidden cases draw");
  line.add_workbook(command);
  command->add_flag("--mine", checking->mine, "with all of your own files, not references");
  command->add_flag("--json", checking->json, "the verdict as JSON");
  line.on(command, [&line, checking] {
    checking->options.workbook = line.workbook();
    checking->workbook_is_given = line.workbook_is_given();
    return check_command(line.workshop(), *checking);
  });
}

void add_list(CommandLine& line) {
  auto* command = line.add("list", "All exercises, and how far you are");
  auto options = std::make_shared<ListOptions>();
  command->add_option("text", options->text, "only those whose number, name or title has it");
  command->add_option("--state", options->state, "not-started, in-progress, partly or done");
  command->add_option("--module", options->module, "02 or 02_scalar");
  command->add_flag("--json", options->json, "the same for programs");
  line.add_workbook(command);
  line.on(command, [&line, options] {
    Progress progress = open_progress(line.workshop(), line.workbook());
    fmt::print("{}", list(line.book(), line.workbook(), progress, *options, terminal_columns()));
    return kDone;
  });
}

void add_hint(CommandLine& line) {
  auto what = std::make_shared<std::string>();
  auto* hint_command = line.add("hint", "One hint more, of three");
  add_exercise(line, hint_command, *what);
  line.on(hint_command, [&line, what] {
    Progress progress = open_progress(line.workshop(), line.workbook());
    fmt::print("{}",
               hint(progress, one_exercise(line.book(), *what, progress), terminal_columns()));
    return kDone;
  });
}

#ifdef GRADBOOK_HAS_SITE
fs::path site_of(const Book& book) { return book.root() / "build" / "student" / "docs"; }

#ifdef GRADBOOK_HAS_AUTHOR
constexpr bool kHandout = false;
#else
constexpr bool kHandout = true;
#endif

// A student need not have what builds it: then the exercise that one is at, in the terminal
int print_site(CommandLine& line) {
  try {
    for (const Edition& edition : build_site(line.workshop(), site_of(line.book()))) {
      fmt::print("{}: {}\n", edition.name + "'s edition" + (edition.built ? "" : " (unchanged)"),
                 edition.index.string());
    }
  } catch (const MissingTool& missing) {
    if (!kHandout) throw;
    const Progress progress = open_progress(line.workshop(), line.workbook());
    fmt::print("{}\nThe same as pages: {}\n",
               docs(line.book(), progress.current(), terminal_columns()), missing.what());
  }
  return kDone;
}

std::string where_the_page_is(const Book& book, const Exercise& e) {
  const std::string page = page_of(book, e, site_of(book));
  return page.empty() ? "\nWith formulas and figures: ./gradbook docs builds the pages.\n"
                      : fmt::format("\nThe page: {}\n", page);
}
#else
// An autograder has no site: the exercise that one is at, in the terminal
int print_site(CommandLine& line) {
  const Progress progress = open_progress(line.workshop(), line.workbook());
  fmt::print("{}", docs(line.book(), progress.current(), terminal_columns()));
  return kDone;
}

std::string where_the_page_is(const Book&, const Exercise&) { return ""; }
#endif

// The site, or what it says about one exercise
int run_docs(CommandLine& line, const std::string& what) {
  if (what.empty()) return print_site(line);
  const Book& book = line.book();
  const auto exercises = book.select(what);
  if (exercises.size() > 1)
    throw UserError(fmt::format("{} is a module: name one of its exercises, such as {}", what,
                                exercises.front()->id));
  const Exercise& e = *exercises.front();
  fmt::print("{}{}", docs(book, e, terminal_columns()), where_the_page_is(book, e));
  return kDone;
}

void add_docs(CommandLine& line) {
  auto* command = line.add("docs", "The book as pages; or what it says about one exercise");
  auto what = std::make_shared<std::string>();
  command->add_option("exercise", *what, "2.2 or topological_sort; left out: builds the pages");
  line.add_workbook(command);
  line.on(command, [&line, what] { return run_docs(line, *what); });
}

// Whatever becomes of the state, the file is reset
int run_reset(const Book& book, const fs::path& workbook, const std::string& what, bool undo) {
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

void add_reset(CommandLine& line) {
  auto* command = line.add("reset", "Back to the stub; a backup is kept");
  auto what = std::make_shared<std::string>();
  auto undo = std::make_shared<bool>(false);
  command->add_option("exercise", *what, "2.2 or topological_sort")->required();
  command->add_flag("--undo", *undo, "bring the last backup back");
  line.add_workbook(command);
  line.on(command,
          [&line, what, undo] { return run_reset(line.book(), line.workbook(), *what, *undo); });
}

void add_show(CommandLine& line) {
  auto* command = line.add("show", "Pictures and tests of an exercise");
  auto kind = std::make_shared<std::string>(), what = std::make_shared<std::string>();
  command->add_option("kind", *kind, "graph, plot, kernel or tests")
      ->required()
      ->check(CLI::IsMember({"graph", "plot", "kernel", "tests"}));
  add_exercise(line, command, *what);
  auto launch = std::make_shared<std::size_t>(0), row = std::make_shared<std::size_t>(32);
  command->add_option("--launch", *launch, "of a kernel, the one to draw: the table has numbers");
  command->add_option("--columns", *row, "of a kernel, elements in a row of what is drawn")
      ->check(CLI::Range(1, 4096));
  line.on(command, [&line, kind, what, launch, row] {
    const Book& book = line.book();
    const Progress progress = open_progress(line.workshop(), line.workbook());
    const Exercise& e = one_exercise(book, *what, progress);
    const std::size_t columns = terminal_columns();
    if (*kind == "tests") {
      fmt::print("{}", show_tests(book, e, columns));
      return kDone;
    }
    const ShowOptions options{&e, line.workbook(), book.root() / "build" / "run" / e.module,
                              columns};
    if (*kind == "kernel") return show_kernel(line.workshop(), options, *launch, *row);
    return *kind == "graph" ? show_graph(line.workshop(), options)
                            : show_plot(line.workshop(), options);
  });
}

bool asks_for_help(const std::vector<std::string>& arguments) {
  return std::ranges::any_of(arguments,
                             [](const auto& text) { return text == "--help" || text == "-h"; });
}

// What run does not know is for the module's program, a wish for help included
void add_run(CommandLine& line) {
  auto* command = line.add("run", "Run a module's program on what you have written");
  auto module = std::make_shared<std::string>(), out = std::make_shared<std::string>();
  command->add_option("module", *module, "02 or 02_scalar");
  line.add_workbook(command);
  command->add_option("--out", *out, "where its files and pictures go");
  command->set_help_flag();
  command->allow_extras();
  command->footer("A program that takes options says which: ./gradbook run 07 --help");
  line.on(command, [&line, command, module, out] {
    const Book& book = line.book();
    const std::vector<std::string> others = command->remaining();
    if (asks_for_help(others) && (module->empty() || !book.module(*module).program_options)) {
      fmt::print("{}", command->help());
      return kDone;
    }
    if (module->empty()) throw UserError("run which module? Name one, such as: run 02");
    const fs::path usual = book.root() / "build" / "run" / book.module(*module).directory;
    return run_module(line.workshop(), {.module = *module,
                                        .workbook = line.workbook(),
                                        .out = out->empty() ? usual : fs::absolute(*out),
                                        .preset_is_given = line.preset_is_given(),
                                        .arguments = others});
  });
}

void add_submit(CommandLine& line) {
  auto* command = line.add("submit", "Make the archive that you upload");
  auto name = std::make_shared<std::string>();
  command->add_option("--name", *name, "yours, for the name of the archive");
  line.add_workbook(command);
  line.on(command, [&line, name] {
    const Progress progress = open_progress(line.workshop(), line.workbook());
    const std::string text = submit(line.book(), progress, {line.workbook(), *name});
    fmt::print("{}", isatty(STDOUT_FILENO) ? fitted(text, terminal_columns()) : text);
    return kDone;
  });
}

}  // namespace

void add_student_commands(CommandLine& line) {
  add_check(line);
  add_list(line);
  add_hint(line);
  add_docs(line);
  add_reset(line);
  add_show(line);
  add_run(line);
  add_submit(line);
}

int watch_command(CommandLine& line) { return run_watch(line.workshop(), {line.workbook()}); }

}  // namespace gradbook
