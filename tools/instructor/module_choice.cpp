#include "instructor/module_choice.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <sstream>

namespace gradbook {
namespace {

// The modules that files of this one, and its public tests, include
std::set<std::string> included_by(const Book& book, const Module& module) {
  std::set<std::string> modules;
  for (const char* folder : {"modules", "tests", "solutions"}) {
    std::error_code error;
    for (const auto& entry :
         fs::directory_iterator(book.root() / folder / module.directory, error)) {
      if (!entry.is_regular_file()) continue;
      std::istringstream lines(read_file(entry.path()));
      for (std::string line; std::getline(lines, line);) {
        constexpr std::string_view kInclude = "#include \"";
        if (!line.starts_with(kInclude)) continue;
        modules.insert(line.substr(kInclude.size(),
                                   line.find('/') - std::min(line.find('/'), kInclude.size())));
      }
    }
  }
  return modules;
}

}  // namespace

ModuleChoice choose_modules(const Book& book, const std::string& what) {
  std::set<std::string> chosen;
  std::istringstream parts(what);
  for (std::string part; std::getline(parts, part, ',');) {
    const std::size_t dash = part.find('-');
    const Module& first = book.module(part.substr(0, dash));
    const Module& last = dash == std::string::npos ? first : book.module(part.substr(dash + 1));
    if (first.number > last.number)
      throw UserError(
          fmt::format("--modules {}: {} comes after {}", what, first.directory, last.directory));
    for (const Module& module : book.modules()) {
      if (module.number >= first.number && module.number <= last.number)
        chosen.insert(module.directory);
    }
  }

  // Whatever those build on, from the last module down
  ModuleChoice choice;
  std::set<std::string> needed;
  for (auto m = book.modules().rbegin(); m != book.modules().rend(); ++m) {
    const bool handed = what.empty() || chosen.count(m->directory);
    if (!handed && !needed.count(m->directory)) continue;
    (handed ? choice.handed : choice.given).push_back(&*m);
    needed.merge(included_by(book, *m));
    for (const Exercise& e : m->exercises) {
      for (const std::string& id : e.prerequisites) needed.insert(book.find(id)->module);
    }
  }
  std::ranges::reverse(choice.handed);
  std::ranges::reverse(choice.given);
  return choice;
}

}  // namespace gradbook
