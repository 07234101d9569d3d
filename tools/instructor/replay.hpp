/// @file
/// Grades one file of a class again, from the journal alone, and says whether it shows the same.
#pragma once

#include <string>

#include "instructor/grade.hpp"

namespace gradbook {

struct ReplayOptions {
  std::string student, exercise;
  std::string only_case = {};  // by name; empty: all
  fs::path out;                // the folder that the class was graded into
  fs::path course = {};        // as it was graded with
  std::string allow_level = {};
};

/// `gradbook replay`. @returns 0 where every case shows what it showed. @throws UserError
int replay(const Workshop& workshop, const ReplayOptions& options);

}  // namespace gradbook
