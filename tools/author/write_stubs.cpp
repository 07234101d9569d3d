#include "author/write_stubs.hpp"

#include "book/stub_text.hpp"

namespace gradbook {

int write_stubs(const Book& book) {
  int changed = 0;
  for (const Module& module : book.modules()) {
    for (const Exercise& e : module.exercises) {
      const fs::path solution = book.solution(e);
      if (!fs::exists(solution)) continue;
      const std::string stub = stub_from_solution(read_file(solution), e.id, solution.string());
      if (fs::exists(book.stub(e)) && read_file(book.stub(e)) == stub) continue;
      write_atomically(book.stub(e), stub);
      ++changed;
    }
  }
  return changed;
}

}  // namespace gradbook
