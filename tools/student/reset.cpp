#include "student/reset.hpp"

#include <fmt/format.h>

#include <cstdlib>

#include "book/stub_text.hpp"

namespace gradbook {
namespace {

fs::path folder_of(const fs::path& workbook, const Exercise& e) {
  return workbook / ".gradbook" / "backup" / e.id;
}

fs::path backup(const fs::path& workbook, const Exercise& e, int number) {
  return folder_of(workbook, e) / fmt::format("{:04}_{}.cpp", number, e.name);
}

// The number of the last backup; 0 where there is none
int last_backup(const fs::path& workbook, const Exercise& e) {
  int last = 0;
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(folder_of(workbook, e), error)) {
    if (entry.path().extension() == ".cpp")
      last = std::max(last, std::atoi(entry.path().filename().c_str()));
  }
  return last;
}

// Keeps the file as the next backup. @returns where; nothing where there is no file
fs::path keep(const fs::path& workbook, const Exercise& e) {
  const fs::path file = workbook / Book::stub_path(e);
  if (!fs::exists(file)) return {};
  const fs::path kept = backup(workbook, e, last_backup(workbook, e) + 1);
  write_atomically(kept, read_file(file));
  return kept;
}

}  // namespace

StubAgain put_stub(const Book& book, const fs::path& workbook, const Exercise& e) {
  const fs::path shown = Book::stub_path(e), file = workbook / shown;
  const std::string stub = stub_text(book, e);
  if (fs::exists(file) && read_file(file) == stub) return {.was_stub = true};
  const fs::path kept = keep(workbook, e);
  write_atomically(file, stub);
  return {.kept = kept.empty() ? kept : kept.lexically_relative(workbook)};
}

fs::path bring_back(const fs::path& workbook, const Exercise& e) {
  const int last = last_backup(workbook, e);
  if (last == 0) throw UserError(fmt::format("{} was never reset: there is nothing to undo", e.id));
  const std::string text = read_file(backup(workbook, e, last));
  const fs::path kept = keep(workbook, e);
  write_atomically(workbook / Book::stub_path(e), text);
  return kept.empty() ? kept : kept.lexically_relative(workbook);
}

std::string reset(const Book& book, const fs::path& workbook, const Exercise& e) {
  const auto [was_stub, kept] = put_stub(book, workbook, e);
  if (was_stub) return fmt::format("{} is the stub already: nothing to do\n", e.id);
  std::string text = fmt::format("{} is the stub again\n", e.id);
  if (!kept.empty())
    text += fmt::format("  kept: {}\n  undo: ./gradbook reset --undo {}\n", kept.string(), e.id);
  return text;
}

std::string undo_reset(const fs::path& workbook, const Exercise& e) {
  const fs::path kept = bring_back(workbook, e);
  std::string text = fmt::format("{} is as it was before it was reset\n", e.id);
  if (!kept.empty()) text += fmt::format("  kept: {}\n", kept.string());
  return text + fmt::format("  next: ./gradbook check {}\n", e.id);
}

}  // namespace gradbook
