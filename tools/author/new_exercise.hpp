/// @file
/// Starts an exercise: every file that it needs, in a form that verify accepts as "to do".
#pragma once

#include <string>

#include "book/book.hpp"

namespace gradbook {

/// Writes entry, solution, stub, tests, cases, mutants and chapter heading of a new last exercise
/// of the module. Nothing that exists is touched but module.toml and chapter.md, which get a
/// section at their end.
/// @returns the exit code. @throws UserError for a module that is not there or a name that is none
int new_exercise(const Book& book, const std::string& module, const std::string& name);

}  // namespace gradbook
