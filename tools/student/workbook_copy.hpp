/// @file
/// A copy of the student's files alone, to try things on without touching the originals.
#pragma once

#include "book/book.hpp"

namespace gradbook {

/// The stubs of all exercises in a temporary folder that goes when the object does.
class WorkbookCopy {
 public:
  explicit WorkbookCopy(const Book& book);
  ~WorkbookCopy();
  WorkbookCopy(const WorkbookCopy&) = delete;
  WorkbookCopy& operator=(const WorkbookCopy&) = delete;

  const fs::path& root() const { return root_; }

 private:
  fs::path root_;
};

}  // namespace gradbook
