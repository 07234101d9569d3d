/// @file
/// The integrated run: does what a student wrote work with what else the student wrote?
#pragma once

#include <string>
#include <vector>

#include "grading/unit/desk.hpp"

namespace gradbook {

/// A file of the student's own beneath an exercise, which compiles and defines what it should.
struct OwnFile {
  std::string id;       ///< of its exercise
  fs::path object;      ///< what it was compiled to
  bool passes = false;  ///< whether it passes with references beneath it
};

/// Tries `object`, which passes with references beneath it, with the student's own files instead.
/// @returns  "" when it passes; else in one sentence which of them breaks it, found by putting
/// references back: first for all that fail by themselves, which mostly is the end of it
std::string together(Desk& desk, const Exercise& e, const fs::path& object,
                     const std::vector<OwnFile>& own);

}  // namespace gradbook
