/// @file
/// Plausible wrong solutions: edits of the reference that the hidden cases must fail.
#pragma once

#include <string>
#include <vector>

#include "book/book.hpp"

namespace gradbook {

struct Mutant {
  std::string name;
  std::string says;     // the mistake, in one sentence
  std::string replace;  // occurs exactly once in the solution
  std::string with;
};

/// The mutants of an exercise. @throws UserError with file and line
std::vector<Mutant> read_mutants(const fs::path& path);

/// The solution with the edit made. @throws UserError unless the text to replace occurs exactly
/// once
std::string apply(const Mutant& mutant, const std::string& solution);

}  // namespace gradbook
