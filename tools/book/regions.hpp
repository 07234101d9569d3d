/// @file
/// Exercises of which a student may change only what stands between marks, `// EDIT BEGIN 1` and
/// `// EDIT END 1`: a program to be mended.
#pragma once

#include <string>
#include <vector>

#include "book/book.hpp"

namespace gradbook {

/// What is compiled in place of a student's file.
struct Rebuilt {
  std::string text;                 // our copy with the student's regions; #line tells their lines
  std::vector<std::string> errors;  // marks that are missing or wrong, as a compiler says it: then
                                    // there is no text
};

/// Puts the regions of a student's file into our copy; what else the student changed is gone.
/// @param ours   the stub; @throws UserError where it has no regions, or a mark of its own is wrong
/// @param shown  what the student's file is called in messages
Rebuilt rebuilt(const Exercise& e, const std::string& ours, const std::string& students,
                const std::string& shown);

/// Whether a student's file is still to be begun: it calls not_started, or where it has regions,
/// all of them are as the stub has them.
bool holds_stub(const Book& book, const Exercise& e, const std::string& students);

}  // namespace gradbook
