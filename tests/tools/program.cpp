#include "tools/program.hpp"

#include <gtest/gtest.h>
#include <stdlib.h>

#include "book/book.hpp"

namespace gradbook {

fs::path root_folder() { return GRADBOOK_ROOT_DIR; }
fs::path build_folder() { return GRADBOOK_BUILD_DIR; }

std::size_t exercises_in_the_book() { return Book(root_folder()).select("").size(); }

int points_of_the_book() {
  const Book book(root_folder());
  int points = 0;
  for (const Exercise* e : book.select("")) points += static_cast<int>(e->points);
  return points;
}

Completion gradbook_program(std::vector<std::string> arguments) {
  arguments.insert(arguments.begin(), (build_folder() / "gradbook").string());
  return run({.arguments = std::move(arguments),
              .directory = root_folder(),
              .environment = {"GRADBOOK_ROOT=" + root_folder().string()},
              .wall = std::chrono::minutes(30),
              .output_cap = 1 << 20});
}

Folder::Folder() {
  std::string pattern = (fs::temp_directory_path() / "gradbook_test.XXXXXX").string();
  if (mkdtemp(pattern.data()) == nullptr) throw UserError("no room for a temporary folder");
  path_ = pattern;
}

Folder::~Folder() {
  std::error_code ignored;
  fs::remove_all(path_, ignored);
}

std::string replaced(const std::string& text, const std::string& from, const std::string& to) {
  const std::size_t at = text.find(from);
  EXPECT_NE(at, std::string::npos) << "\"" << from << "\" is not in the text to edit";
  std::string result = text;
  return at == std::string::npos ? text : result.replace(at, from.size(), to);
}

}  // namespace gradbook
