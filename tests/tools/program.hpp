/// @file
/// The gradbook program as a person runs it, for end-to-end tests.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "system/file.hpp"
#include "system/process.hpp"

namespace gradbook {

fs::path root_folder();   // of the repository under test
fs::path build_folder();  // its build tree

/// How many exercises the book has, and how many points they are worth: both grow with it.
std::size_t exercises_in_the_book();
int points_of_the_book();

/// Runs `gradbook` with these arguments.
Completion gradbook_program(std::vector<std::string> arguments);

/// A folder of the test's own, that goes at its end.
class Folder {
 public:
  Folder();
  ~Folder();
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  const fs::path& path() const { return path_; }

 private:
  fs::path path_;
};

/// `text` with its first `from` replaced; a failure of the test where there is none.
std::string replaced(const std::string& text, const std::string& from, const std::string& to);

}  // namespace gradbook
