/// @file
/// Makes the stub that a student fills in from the solution that it hides.
#pragma once

#include <string>

#include "book/book.hpp"

namespace gradbook {

/// The stub of a solution: every region between SOLUTION BEGIN and SOLUTION END becomes its remark
/// as a TODO, and not_started, or what its STUB lines say. A region that is not indented stands
/// outside of any function, and leaves only the TODO. One between `// EDIT BEGIN` and `// EDIT END`
/// leaves only what its STUB lines say, so that nothing tells where a fault is.
/// @param file  named in errors
/// @throws UserError with file and line for a region that does not end, or a file without one
std::string stub_from_solution(const std::string& solution, const std::string& id,
                               const std::string& file);

/// The stub of an exercise: made from its solution, or in a handout, which has none, the one that
/// is kept below stubs/. @throws UserError where neither is here
std::string stub_text(const Book& book, const Exercise& exercise);

}  // namespace gradbook
