#include "grading/build/fingerprint.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <set>

namespace gradbook {
namespace {

void add_all_of(std::set<fs::path>& files, const fs::path& folder) {
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    if (entry.is_regular_file()) files.insert(entry.path());
  }
}

}  // namespace

std::string fingerprint(const Workshop& workshop, const Exercise& e) {
  const Book& book = workshop.book();
  std::set<fs::path> files = {book.solution(e), book.hidden_cases(e)};
  for (const std::string& id : book.foundations(e)) files.insert(book.solution(*book.find(id)));
  for (const auto& [module, sources] : workshop.recipe().given) {
    if (module > e.module) continue;
    for (const auto& entry : fs::directory_iterator(book.root() / "modules" / module)) {
      const fs::path extension = entry.path().extension();
      if (extension == ".hpp" || (extension == ".cpp" && entry.path().stem() != "main"))
        files.insert(entry.path());
    }
  }
  if (book.module(e.module).kernels) add_all_of(files, book.root() / "kernels");
  for (const char* folder : {"tests/support", "tools/grading/judge", "tools/grading/worker"})
    add_all_of(files, book.root() / folder);
  // What several exercises' cases share stands beside them
  for (const auto& entry : fs::directory_iterator(book.hidden_cases(e).parent_path())) {
    if (!entry.path().filename().string().ends_with("_cases.cpp")) files.insert(entry.path());
  }

  std::string all =
      fmt::format("{} {} {}\n{} {}\n", fmt::join(e.prerequisites, ","), fmt::join(e.forbidden, ","),
                  fmt::join(e.levels, ","), workshop.recipe().compiler_id,
                  fmt::join(workshop.recipe().flags, " "));
  if (book.module(e.module).kernels)
    all += fmt::format("{}\n", fmt::join(workshop.recipe().kernels.flags, " "));
  for (const fs::path& file : files) {
    all += fmt::format("{} {}\n", file.lexically_relative(book.root()).string(),
                       fs::exists(file) ? digest(read_file(file)) : "none");
  }
  return digest(all);
}

}  // namespace gradbook
