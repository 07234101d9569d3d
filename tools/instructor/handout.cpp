#include "instructor/handout.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <sstream>

#include "author/figures/make_figures.hpp"
#include "instructor/handout_tree.hpp"
#include "instructor/leaks.hpp"
#include "system/process.hpp"

namespace gradbook {
namespace {

void must(const Command& command, std::string_view what) {
  const Completion completion = run(command);
  if (!completion.started)
    throw UserError(fmt::format("{} is not installed: run ./gradbook once more, which installs it",
                                command.arguments[0]));
  if (!completion.ok()) throw UserError(fmt::format("{}: {}", what, completion.output));
}

// The references of one module as an archive that holds what linking needs, and nothing to read
void write_references(const Workshop& workshop, const Module& module, const fs::path& archive) {
  const fs::path folder = archive.parent_path() / (module.directory + ".objects");
  fs::create_directories(folder);
  Command pack{.arguments = {workshop.recipe().archiver, "rcsD", archive.string()}};
  for (const Exercise& e : module.exercises) {
    const fs::path solution = workshop.book().solution(e);
    if (!fs::exists(solution)) continue;
    // Assertions of the library would spell out names of the solution's own types
    const Compiled compiled =
        workshop.compile(e, solution, workshop.folder_of(e) / "handout", "-U_GLIBCXX_ASSERTIONS");
    if (!compiled.ok)
      throw UserError(
          fmt::format("the solution of {} does not compile:\n{}", e.id, compiled.messages));
    const fs::path object = folder / (e.stem() + ".o");
    must({.arguments = {workshop.recipe().strip, "--strip-unneeded", "--remove-section=.comment",
                        "-o", object.string(), compiled.object.string()}},
         "the reference of " + e.id + " could not be stripped");
    pack.arguments.push_back(object.string());
  }
  must(pack, "the references of " + module.directory + " could not be packed");
  fs::remove_all(folder);
}

// The figures that the chapters show come ready made, since solutions compute them, and with them
// the pages of docs/interactive that show no other
void take_figures(FileTree& tree, const Workshop& workshop, const ModuleChoice& choice) {
  const Book& book = workshop.book();
  const fs::path made = book.root() / "build" / "student" / "docs" / "figures";
  std::vector<Figure> wanted;
  for (const Figure& figure : read_figures(book)) {
    if (std::ranges::count(choice.handed, figure.module, &Module::directory) > 0)
      wanted.push_back(figure);
  }
  make_stale_figures(workshop, wanted, made);
  for (const Figure& figure : wanted)
    tree["docs/figures/" + figure.name + ".html"] = {read_file(made / (figure.name + ".html"))};

  FileTree pages;
  take_files(pages, book.root(), "docs/interactive", {".md"});
  for (const auto& [path, page] : pages) {
    std::istringstream lines(page.bytes);
    bool complete = true;
    for (std::string line; std::getline(lines, line);) {
      const std::string figure = figure_named_in(line);
      complete = complete && (figure.empty() || tree.count("docs/figures/" + figure + ".html") > 0);
    }
    if (complete) tree[path] = page;
  }
}

void refuse_leaks(const Secrets& secrets, const fs::path& tree) {
  auto found = secrets.found_below(tree);
  if (found.empty()) return;
  const std::size_t all = found.size(), shown = std::min<std::size_t>(all, 5);
  found.resize(shown);
  throw UserError(fmt::format(
      "nothing is handed out, for students would read what they are not to:\n  {}{}",
      fmt::join(found, "\n  "), all > shown ? fmt::format("\n  and {} more", all - shown) : ""));
}

}  // namespace

int run_handout(const Workshop& workshop, const HandoutOptions& options) {
  const Book& book = workshop.book();
  const ModuleChoice choice = choose_modules(book, options.modules);
  if (!options.references && !choice.given.empty()) {
    throw UserError(fmt::format(
        "{} builds on exercises of {}, for which only references can stand in: hand that out too, "
        "or leave --no-references out",
        choice.handed.back()->directory, choice.given.front()->directory));
  }
  NewFolder folder(options.out);
  FileTree tree = handout_tree(book, choice, options.references);
  take_figures(tree, workshop, choice);
  folder.write(tree);

  if (options.references) {
    std::vector<const Module*> modules = choice.given;
    modules.insert(modules.end(), choice.handed.begin(), choice.handed.end());
    std::vector<const Exercise*> exercises;
    for (const Module* module : modules) {
      for (const Exercise& e : module->exercises) exercises.push_back(&e);
    }
    workshop.bring_up_to_date(exercises);
    const fs::path references = folder.path() / "references" / workshop.platform();
    fs::create_directories(references);
    for (const Module* module : modules)
      write_references(workshop, *module, references / (module->directory + ".a"));
  }
  const Secrets secrets(book);
  refuse_leaks(secrets, folder.path());
  folder.move_into_place();

  std::vector<std::string> names, given;
  std::size_t exercises = 0;
  for (const Module* module : choice.handed) {
    names.push_back(module->directory);
    exercises += module->exercises.size();
  }
  for (const Module* module : choice.given) given.push_back(module->directory);
  fmt::print("{}\n", options.out.string());
  fmt::print("  {} exercises of {}\n", exercises, fmt::join(names, ", "));
  if (!given.empty()) fmt::print("  given, since these build on it: {}\n", fmt::join(given, ", "));
  fmt::print("  references: {}\n", options.references ? workshop.platform() : "none");
  fmt::print("  of {} lines and sentences of solutions, hidden cases and mutants it holds none\n",
             secrets.size());
  fmt::print("  look at it as a student does: cd {} && ./gradbook\n", options.out.string());
  return 0;
}

}  // namespace gradbook
