#include "tools/sample_book.hpp"

#include "author/write_stubs.hpp"

namespace gradbook {

SampleBook::SampleBook() {
  const fs::path sample = root_folder() / "tests/tools/book";
  const auto take = [&](const fs::path& from, const fs::path& to) {
    fs::create_directories((root() / to).parent_path());
    fs::copy(from, root() / to, fs::copy_options::recursive);
  };
  for (const char* part : {"docs", "modules", "solutions", "tests"}) take(sample / part, part);
  for (const char* part : {"CMakeLists.txt", "CMakePresets.json", "cmake", "modules/00_course",
                           "tests/support", "tools/author", "tools/grading", "tools/system"})
    take(root_folder() / part, part);
  write_stubs(Book(root()));
  const std::string launcher = run({.arguments = {"ccache", "--version"}}).ok() ? "ccache" : "";
  configured_ = run({.arguments = {"cmake", "--preset", "student", "-DGRADBOOK_PROGRAM=OFF",
                                   "-DCMAKE_CXX_COMPILER_LAUNCHER=" + launcher},
                     .directory = root()});
}

}  // namespace gradbook
