#include "student/workbook_copy.hpp"

#include <stdlib.h>

#include "book/stub_text.hpp"

namespace gradbook {

WorkbookCopy::WorkbookCopy(const Book& book) {
  std::string pattern = (fs::temp_directory_path() / "gradbook.XXXXXX").string();
  if (mkdtemp(pattern.data()) == nullptr)
    throw UserError("cannot make a folder in " + fs::temp_directory_path().string() +
                    ": is the disk full?");
  root_ = pattern;
  for (const Exercise* e : book.select(""))
    write_atomically(root_ / Book::stub_path(*e), stub_text(book, *e));
}

WorkbookCopy::~WorkbookCopy() {
  std::error_code ignored;
  fs::remove_all(root_, ignored);
}

}  // namespace gradbook
