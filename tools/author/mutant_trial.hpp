/// @file
/// Tries one mutant: whether any public test fails it, and which hidden cases do.
#pragma once

#include "book/book.hpp"
#include "student/check.hpp"

namespace gradbook {

/// What became of a mutant.
struct MutantTrial {
  std::vector<std::string> broken = {};  ///< why it does not compile or link; empty where it does
  bool refused = false;                  ///< it calls what its exercise forbids, and never ran
  bool fails_public = false;           ///< at least one public test does not pass, or it is refused
  std::vector<CaseResult> cases = {};  ///< all hidden cases, unless it is broken or refused
};

/// Compiles, links and runs a mutant. Unlike a check it leaves out what nobody asks of a mutant:
/// lines to debug it by, and public tests after the first that fails.
/// @param workshop  what compiles it
/// @param e         the exercise that it is a mutant of
/// @param source    its text
/// @param folder    where its programs go
/// @param options   the seed, and how long tests and cases may take
/// @returns         how it fails, if it does
MutantTrial try_mutant(const Workshop& workshop, const Exercise& e, const fs::path& source,
                       const fs::path& folder, const CheckOptions& options);

}  // namespace gradbook
