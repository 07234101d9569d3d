#include "student/watch/reset.hpp"

#include <fmt/format.h>

#include "author/stub_text.hpp"

namespace gradbook {

fs::path reset_exercise(const Book& book, const Exercise& e, const fs::path& workbook) {
  const fs::path file = workbook / Book::stub_path(e), solution = book.solution(e);
  if (!fs::exists(solution)) {
    throw UserError(fmt::format(
        "there is nothing here to make the stub of {} from: `git checkout {}` brings it back", e.id,
        Book::stub_path(e).string()));
  }
  const std::string stub = stub_from_solution(read_file(solution), e.id, solution.string());
  fs::path backup;
  if (fs::exists(file)) {
    const std::string old = read_file(file);
    int number = 1;
    do {
      backup = workbook / ".gradbook" / "backup" / e.module /
               fmt::format("{}.backup-{}", file.filename().string(), number++);
    } while (fs::exists(backup));
    write_atomically(backup, old);
  }
  write_atomically(file, stub);
  return backup;
}

}  // namespace gradbook
