#include "student/own_foundations.hpp"

#include <fmt/format.h>

#include "book/regions.hpp"

namespace gradbook {

OwnFoundations own_foundations(const Workshop& workshop, const Exercise& exercise,
                               const CheckOptions& options) {
  const Book& book = workshop.book();
  OwnFoundations own;
  for (const std::string& id : book.foundations(exercise)) {
    const Exercise& e = *book.find(id);
    if (id == exercise.id || workshop.has_reference(e) || options.substitutes.count(id)) continue;
    // In a folder of this exercise's, for only that is locked
    const fs::path folder = workshop.folder_of(exercise) / "own" / id;
    const fs::path file = options.workbook / Book::stub_path(e);
    const bool written = fs::is_regular_file(file) && !holds_stub(book, e, read_file(file));
    Compiled compiled = written ? workshop.compile(e, file, folder) : Compiled{};
    (compiled.ok ? own.written : own.stubs).push_back(id);
    if (!compiled.ok && fs::exists(book.kept_stub(e)))
      compiled = workshop.compile(e, book.kept_stub(e), folder);
    if (compiled.ok) own.objects[id] = compiled.object;
  }
  own.why = fmt::format("no references for {} are here", workshop.platform());
  return own;
}

}  // namespace gradbook
