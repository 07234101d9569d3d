/// @file
/// The command `docs` without an exercise: builds the site that goes with the lectures.
#pragma once

#include <string>
#include <vector>

#include "grading/build/workshop.hpp"

namespace gradbook {

/// One of the two sites that the same sources give.
struct Edition {
  std::string name;    // "student" or "instructor"
  fs::path index;      // its first page
  bool built = false;  // false where nothing had changed
};

/// Makes the figures that are stale, and builds the editions below `out`: the student's and, where
/// solutions are here, the instructor's. One that has not changed is not built again, and one that
/// cannot be built leaves the old one in place.
/// @throws UserError with file and line, or naming the package that is missing
std::vector<Edition> build_site(const Workshop& workshop, const fs::path& out);

/// The page of an exercise in the student's edition, with its anchor; empty where no site was
/// built.
std::string page_of(const Book& book, const Exercise& exercise, const fs::path& out);

}  // namespace gradbook
