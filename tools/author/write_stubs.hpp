/// @file
/// Writes the stubs of the book from its solutions.
#pragma once

#include "book/book.hpp"

namespace gradbook {

/// Writes the stub of every exercise that has a solution; returns how many files changed.
int write_stubs(const Book& book);

}  // namespace gradbook
