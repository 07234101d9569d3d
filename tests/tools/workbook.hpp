/// @file
/// A student's workbook in a folder of the test's own: stubs, with solutions where the test wants
/// them.
#pragma once

#include "book/book.hpp"
#include "tools/program.hpp"

namespace gradbook {

class Workbook {
 public:
  Workbook() : book_(root_folder()) {
    for (const Exercise* e : book_.select(""))
      write_atomically(file(e->id), read_file(book_.stub(*e)));
  }

  const fs::path& path() const { return folder_.path(); }
  fs::path file(const std::string& id) const { return path() / Book::stub_path(*book_.find(id)); }
  fs::path state() const { return path() / ".gradbook" / "progress.json"; }
  std::string solution(const std::string& id) const {
    return read_file(book_.solution(*book_.find(id)));
  }
  void solve(const std::string& id) const { write_atomically(file(id), solution(id)); }

  /// The program on this workbook.
  Completion gradbook(std::vector<std::string> arguments) const {
    arguments.insert(arguments.end(), {"--workbook", path().string()});
    return gradbook_program(std::move(arguments));
  }

  const Book& book() const { return book_; }

 private:
  Folder folder_;
  Book book_;
};

}  // namespace gradbook
