#include "instructor/gradescope.hpp"

#include <fmt/format.h>

#include <mstch/mstch.hpp>

#include "instructor/grade.hpp"
#include "instructor/handout_tree.hpp"
#include "system/zip.hpp"

namespace gradbook {
namespace {

constexpr const char* kWorkbook = "workbook/";  // where it stands inside of the zip

void take_module(FileTree& tree, const Book& book, const Module& module, bool handed) {
  const fs::path root = book.root(), name = module.directory;
  take_files(tree, root, "modules" / name, {".hpp", ".cpp", ".toml"});
  take_files(tree, root, "solutions" / name, {".cpp"});
  for (const Exercise& e : module.exercises)
    take_file(tree, root, Book::stub_path(e));  // what "not started" looks like
  if (!handed) {
    std::string& toml = tree[("modules" / name / "module.toml").generic_string()].bytes;
    toml = given_only(toml);
    return;
  }
  take_files(tree, root, "tests" / name, {".cpp"});
  for (const char* part : {"hidden", "mutants"})
    take_files(tree, root, "tests" / name / part, {".cpp", ".toml"});
}

// The whole program and the chosen modules, without tests of the program and benchmarks
FileTree grader_tree(const Book& book, const ModuleChoice& choice) {
  const fs::path& root = book.root();
  FileTree tree;
  for (const char* file : {"CMakeLists.txt", "CMakePresets.json", "gradbook"})
    take_file(tree, root, file);
  take_files(tree, root, "cmake", {".cmake", ".sh"});
  take_files(
      tree, root, "tools",
      {".cpp", ".hpp", "CMakeLists.txt", ".in", ".md", ".sh", ".mustache", ".html", ".css", ".js"},
      true);
  take_files(tree, root, "tests/support", {".cpp", ".hpp"});
  take_files(tree, root, "modules/00_course", {".hpp", ".cpp"});
  for (const Module* module : choice.handed) take_module(tree, book, *module, true);
  for (const Module* module : choice.given) take_module(tree, book, *module, false);
  tree["packages.txt"] = {packages_before(book, "# For authors")};
  return tree;
}

std::string script(const Book& book, const char* name, const GradescopeOptions& options,
                   std::uint64_t seed) {
  return mstch::render(
      read_file(book.root() / "tools/instructor/templates" / name),
      mstch::map{{"seed", std::to_string(seed)},
                 {"release",
                  options.release.empty() ? mstch::node{false} : mstch::node{options.release}}});
}

}  // namespace

int write_gradescope(const Book& book, const GradescopeOptions& options) {
  const ModuleChoice choice = choose_modules(book, options.modules);
  const std::uint64_t seed = options.seed.value_or(draw_seed());
  std::vector<ZipEntry> entries = {
      {"setup.sh", script(book, "gradescope_setup.sh", options, seed), true},
      {"run_autograder", script(book, "gradescope_run.sh", options, seed), true}};
  for (auto& [path, file] : grader_tree(book, choice))
    entries.push_back({kWorkbook + path, file.bytes, file.executable});
  write_zip(options.out, entries);
  std::size_t exercises = 0;
  for (const Module* module : choice.handed) exercises += module->exercises.size();
  fmt::print(
      "{}\n  grades {} exercises with seed {}; upload it as the autograder of a programming "
      "assignment, on "
      "Debian "
      "or\n  Ubuntu with 2 cores and 3 GiB; it holds solutions and hidden cases: keep it to "
      "yourself\n  its containers cannot make namespaces, so every result says that it ran at "
      "level "
      "\"process\"\n",
      options.out.string(), exercises, seed);
  return 0;
}

}  // namespace gradbook
