#include "instructor/handout_tree.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <mstch/mstch.hpp>
#include <sstream>

#include "book/stub_text.hpp"

namespace gradbook {
namespace {

// Files of tests/support that these files include, and those that these include
void take_support(FileTree& tree, const fs::path& root, const std::string& text) {
  constexpr std::string_view kInclude = "#include \"support/";
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    if (!line.starts_with(kInclude)) continue;
    const std::string name = line.substr(kInclude.size(), line.rfind('"') - kInclude.size());
    const fs::path file = fs::path("tests/support") / name;
    if (tree.count(file.generic_string())) continue;
    take_file(tree, root, file);
    take_support(tree, root, read_file(root / file));
  }
}

// The program with what a student has of it: to edit, check, look, submit
void take_program(FileTree& tree, const fs::path& root) {
  for (const char* file :
       {"CMakeLists.txt", "CMakePresets.json", "gradbook", ".clang-format", ".gitignore",
        "tools/CMakeLists.txt", "tools/grading/CMakeLists.txt",
        "tools/grading/judge/results_json.hpp", "tools/grading/worker/limits.hpp",
        "tests/support/public_main.cpp", "tests/support/program_not_started.cpp"})
    take_file(tree, root, file);
  take_files(tree, root, "cmake", {".cmake", ".sh"});
  take_files(tree, root, "data", {".json", ".js"});  // what set-up fetches
  tree.erase("cmake/gradbook_grading.cmake");
  tree.erase("cmake/gradbook_gpu.cmake");
  take_files(tree, root, "tools", {".cpp", ".hpp"});
  for (const char* folder : {"book", "student", "system", "grading/build"})
    take_files(tree, root, fs::path("tools") / folder, {".cpp", ".hpp", "CMakeLists.txt"}, true);
  for (const char* part :
       {"tools/grading/state", "tools/grading/judge/results", "tools/grading/judge/run_judge"}) {
    for (const char* ending : {".cpp", ".hpp"}) take_file(tree, root, std::string(part) + ending);
  }
}

void take_module(FileTree& tree, const Book& book, const Module& module) {
  const fs::path folder = fs::path("modules") / module.directory;
  take_files(tree, book.root(), folder, {".hpp", ".cpp", ".toml", ".md"});
  take_files(tree, book.root(), folder / "figures", {".gnuplot", ".svg", ".png", ".dot"});
  take_files(tree, book.root(), folder / "tables", {".md"});
  for (const Exercise& e : module.exercises) {
    const TreeFile stub{stub_text(book, e)};
    tree[Book::stub_path(e).generic_string()] = stub;
    tree[book.kept_stub(e).lexically_relative(book.root()).generic_string()] = stub;
    const fs::path tests = book.public_tests(e).lexically_relative(book.root());
    take_file(tree, book.root(), tests);
    take_support(tree, book.root(), tree[tests.generic_string()].bytes);
  }
}

// What the pages are built from, without what only instructors and authors have of it
void take_site(FileTree& tree, const fs::path& root) {
  take_files(tree, root, "tools/site", {".cpp", ".hpp", "CMakeLists.txt"});
  for (const char* ending : {".cpp", ".hpp"})
    tree.erase(std::string("tools/site/instructor_notes") + ending);
  take_files(tree, root, "docs/site",
             {"Doxyfile", ".css", ".html", ".js", ".md", ".svg", ".toml", ".xml"});
}

// The floor under kernels, but for the examples, which exercises ask for
void take_kernels(FileTree& tree, const fs::path& root) {
  for (const char* folder : {"kernels", "kernels/emulator", "kernels/gpu", "kernels/figures"})
    take_files(tree, root, folder, {".hpp", ".cpp", ".cmake", ".gnuplot", "CMakeLists.txt"});
  take_file(tree, root, "docs/emulator.md");
}

void take_given(FileTree& tree, const Book& book, const Module& module) {
  const fs::path folder = fs::path("modules") / module.directory;
  take_files(tree, book.root(), folder, {".hpp", ".cpp", ".toml"});
  tree.erase((folder / "main.cpp").generic_string());
  std::string& toml = tree[(folder / "module.toml").generic_string()].bytes;
  toml = given_only(toml);
}

std::string readme(const Book& book, const ModuleChoice& choice, bool references) {
  mstch::array modules;
  for (const Module* m : choice.handed) {
    double points = 0;
    for (const Exercise& e : m->exercises) points += e.points;
    modules.push_back(mstch::map{{"directory", m->directory},
                                 {"number", fmt::format("{:02}", m->number)},
                                 {"title", m->title},
                                 {"goal", m->goal},
                                 {"exercises", static_cast<int>(m->exercises.size())},
                                 {"points", fmt::format("{}", points)}});
  }
  const Exercise& first = choice.handed.front()->exercises.front();
  const auto program = [&](const Module* m) {
    return fs::exists(book.root() / "modules" / m->directory / "main.cpp");
  };
  const auto shown = std::find_if(choice.handed.rbegin(), choice.handed.rend(), program);
  return mstch::render(
      read_file(book.root() / "tools/instructor/templates/handout.md"),
      mstch::map{{"modules", modules},
                 {"first", first.id},
                 {"first_file", Book::stub_path(first).generic_string()},
                 {"chapter", fmt::format("modules/{}/chapter.md", first.module)},
                 {"first_module", fmt::format("{:02}", choice.handed.front()->number)},
                 {"program", shown == choice.handed.rend()
                                 ? mstch::node{false}
                                 : mstch::node{fmt::format("{:02}", (*shown)->number)}},
                 {"references", references}});
}

}  // namespace

std::string packages_before(const Book& book, std::string_view end) {
  const std::string text = read_file(book.root() / "packages.txt");
  const std::size_t at = text.find(end);
  if (at == std::string::npos)
    throw UserError(
        fmt::format("packages.txt has no line \"{}\": which packages does a handout "
                    "need?",
                    end));
  return text.substr(0, text.rfind('\n', at) + 1);
}

std::string given_only(const std::string& module_toml) {
  return "# Not handed out here; what is handed out builds on it.\ngiven = true\n\n" + module_toml;
}

FileTree handout_tree(const Book& book, const ModuleChoice& choice, bool references) {
  FileTree tree;
  take_program(tree, book.root());
  take_files(tree, book.root(), "modules/00_course", {".hpp", ".cpp"});
  for (const Module* module : choice.given) take_given(tree, book, *module);
  for (const Module* module : choice.handed) take_module(tree, book, *module);
  const auto kernels = [](const Module* module) { return module->kernels; };
  if (std::ranges::any_of(choice.given, kernels) || std::ranges::any_of(choice.handed, kernels))
    take_kernels(tree, book.root());
  take_site(tree, book.root());
  tree["packages.txt"] = {packages_before(book, "# For instructors")};
  tree["README.md"] = {readme(book, choice, references)};
  return tree;
}

}  // namespace gradbook
