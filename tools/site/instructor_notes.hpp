/// @file
/// What only the instructor's edition has: solutions, reasons, how to grade, and common mistakes.
#pragma once

#include <map>
#include <string>

#include "book/book.hpp"
#include "site/page.hpp"

namespace gradbook {

/// The notes on the exercises of one module, from docs/instructor/NN.md.
class InstructorNotes {
 public:
  /// @throws UserError naming the exercise that has no notes, and the file
  InstructorNotes(const Book& book, const Module& module);

  /// Notes, common mistakes and solution.
  void add(Page& page, const Exercise& exercise, const SourceLine& from) const;

 private:
  const Book& book_;
  std::map<std::string, std::vector<SourceLine>> notes_;  // by id
};

}  // namespace gradbook
