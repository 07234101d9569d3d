/// @file
/// The gradbook program as a person runs it, for end-to-end tests.
#pragma once

#include <string>
#include <vector>

#include "system/file.hpp"
#include "system/process.hpp"

namespace gradbook {

fs::path root_folder();   // of the repository under test
fs::path build_folder();  // its build tree

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
