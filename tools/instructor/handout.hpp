/// @file
/// The command `handout`: a student's workbook, without anything that a student is not to see.
#pragma once

#include <string>

#include "grading/build/workshop.hpp"

namespace gradbook {

struct HandoutOptions {
  std::string modules;     // "01-02", "02", "01,03"; empty: all
  fs::path out;            // a folder that is not there yet, or is empty
  bool references = true;  // as archives for this machine, its compiler and the workshop's preset
};

/// Writes the workbook and says what is in it: the same book gives the same bytes. Nothing is left
/// behind when it fails. @returns the exit code. @throws UserError, also where text of a solution
/// or a hidden case would have been handed out
int run_handout(const Workshop& workshop, const HandoutOptions& options);

}  // namespace gradbook
