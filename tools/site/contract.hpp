/// @file
/// What a module's headers say about an exercise: its contract, taken from the headers themselves.
#pragma once

#include <vector>

#include "book/book.hpp"
#include "site/page.hpp"

namespace gradbook {

/// A part of a header that belongs to an exercise.
struct Contract {
  fs::path header;  // "modules/02_scalar/scalar.hpp"
  std::vector<SourceLine> lines;
};

/// The parts that stand below `// ---- exercise 2.2 ---` or `// Exercise 2.2`, up to the next such
/// line or the end of the namespace; one or more, by header. @throws UserError where no header of
/// the module has one
std::vector<Contract> contracts(const Book& book, const Exercise& exercise);

/// The headers of all modules, in order: "modules/02_scalar/scalar.hpp".
std::vector<fs::path> headers(const Book& book);

}  // namespace gradbook
