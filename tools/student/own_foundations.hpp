/// @file
/// What stands in where there is no reference: the student's own files of the exercises that one
/// builds on.
#pragma once

#include "student/check.hpp"

namespace gradbook {

struct OwnFoundations {
  Substitutes objects;
  std::vector<std::string> written;  // ids of what the student wrote
  std::vector<std::string> stubs;    // ids of what is not written yet, or does not compile
  std::string why;                   // there are no references
};

/// Compiles what `exercise` builds on and has no reference; a stub where the student has nothing.
/// @returns nothing where there are references for all
OwnFoundations own_foundations(const Workshop& workshop, const Exercise& exercise,
                               const CheckOptions& options);

}  // namespace gradbook
