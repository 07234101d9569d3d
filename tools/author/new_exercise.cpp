#include "author/new_exercise.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>

#include "book/stub_text.hpp"

namespace gradbook {
namespace {

// "topological_sort" as "TopologicalSort"
std::string camel(const std::string& name) {
  std::string text;
  bool up = true;
  for (char c : name) {
    if (c == '_') {
      up = true;
      continue;
    }
    text += up ? static_cast<char>(std::toupper(static_cast<unsigned char>(c))) : c;
    up = false;
  }
  return text;
}

}  // namespace

int new_exercise(const Book& book, const std::string& what, const std::string& name) {
  const Module& module = book.module(what);
  const auto fits = [](char c) {
    return std::islower(static_cast<unsigned char>(c)) ||
           std::isdigit(static_cast<unsigned char>(c)) || c == '_';
  };
  if (name.empty() || !std::ranges::all_of(name, fits) ||
      std::isdigit(static_cast<unsigned char>(name[0]))) {
    throw UserError(
        fmt::format("\"{}\" is no name of an exercise: use small letters, digits and _, such as "
                    "topological_sort",
                    name));
  }
  for (const Exercise& e : module.exercises) {
    if (e.name == name) throw UserError(fmt::format("{} is {} already", name, e.id));
  }
  Exercise e;
  e.module = module.directory;
  e.name = name;
  e.id = fmt::format("{}.{}", module.number, module.exercises.size() + 1);

  const std::string solution = fmt::format(R"~(#include "00_course/not_started.hpp"

namespace gradbook {{

// Declare it in a header of modules/{0}, with its contract.
int {1}(int x);

int {1}(int x) {{
  // SOLUTION BEGIN  say in one sentence what to do, and what to watch for
  return x;
  // SOLUTION END
}}

}}  // namespace gradbook
)~",
                                           e.module, name);
  write_atomically(book.solution(e), solution);
  write_atomically(book.stub(e), stub_from_solution(solution, e.id, book.solution(e).string()));
  write_atomically(book.public_tests(e), fmt::format(R"~(#include <gtest/gtest.h>

namespace gradbook {{

int {0}(int x);

namespace {{

TEST({1}, SaysInItsNameWhatIsTrueWhenItPasses) {{ EXPECT_EQ({0}(3), 3) << "and here what to think about when it does not"; }}

}}  // namespace
}}  // namespace gradbook
)~",
                                                     name, camel(name)));
  write_atomically(book.hidden_cases(e), fmt::format(R"~(#include "support/case.hpp"

namespace gradbook {{

int {0}(int x);

namespace {{

CASE({0}, drawn, "what a failure means, in one sentence") {{
  const auto x = input("x", draw_integer(-9, 9));
  calling("{0}(x)");
  observe("result", {0}(static_cast<int>(x)));
}}

}}  // namespace
}}  // namespace gradbook
)~",
                                                     name));
  write_atomically(book.mutants(e),
                   "# TO DO: at least eight [[mutant]] with name, says, replace, with; verify "
                   "starts once this line is gone.\n");

  const fs::path toml = book.root() / "modules" / e.module / "module.toml",
                 chapter = toml.parent_path() / "chapter.md";
  write_atomically(toml, read_file(toml) + fmt::format(R"~(
[[exercise]]
id = "{}"
name = "{}"
title = ""
points = 1
minutes = 15
prerequisites = []
learnt = ""
hints = ["", "", ""]
)~",
                                                       e.id, name));
  write_atomically(chapter, (fs::exists(chapter) ? read_file(chapter) : "") +
                                fmt::format("\n### {} {}\n", e.id, name));
  fmt::print(
      "{} {} is started: fill in solutions/{}/{}.cpp first, then ./gradbook author stubs, then "
      "./gradbook verify {}\n",
      e.id, name, e.module, e.stem(), e.id);
  return 0;
}

}  // namespace gradbook
