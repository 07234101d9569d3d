/// @file
/// What the site is made from, in a folder of the test's own: to be changed and broken.
#pragma once

#include "tools/program.hpp"

namespace gradbook {

/// A copy of the book's texts, headers and solutions, with the figures, which are made where
/// they are stale.
/// Nothing in it is compiled.
class SiteCopy {
 public:
  SiteCopy();

  const fs::path& root() const { return folder_.path(); }

  /// Replaces the first `from` in a file below the root.
  void edit(const fs::path& file, const std::string& from, const std::string& to) const;

  /// `gradbook docs` on the copy. @param environment  "NAME=value", for this run
  Completion docs(std::vector<std::string> environment = {}) const;

 private:
  Folder folder_;
};

}  // namespace gradbook
