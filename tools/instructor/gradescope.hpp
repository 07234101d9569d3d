/// @file
/// The command `gradescope`: the autograder that Gradescope runs, around this same grader.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "book/book.hpp"

namespace gradbook {

struct GradescopeOptions {
  std::string modules;  // "01-02", "02", "01,03"; empty: all
  std::string release;  // how much a student reads of the result; empty: what `grade` does
  fs::path out;         // the zip
  std::optional<std::uint64_t> seed = {};  // of the class; none: drawn now
};

/// Writes setup.sh, run_autograder and the workbook with solutions and hidden cases. One seed is
/// drawn for the class, which every submission is graded with; equal books and seeds give equal
/// bytes. @returns the exit code. @throws UserError
int write_gradescope(const Book& book, const GradescopeOptions& options);

}  // namespace gradbook
