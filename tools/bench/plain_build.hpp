/// @file
/// What an instructor would write by hand in place of the grade book: a CMake project a submission,
/// with the student's files, the public tests and GoogleTest.
#pragma once

#include <vector>

#include "book/book.hpp"

namespace gradbook {

/// Writes that project around the files of one submission into `folder`.
/// @param exercises  those that it is about, with all given code up to their modules
/// @param workbook   where the student's files are
void write_plain_project(const Book& book, const std::vector<const Exercise*>& exercises,
                         const fs::path& workbook, const fs::path& folder);

/// Configures, builds and runs it, from nothing; no compiler cache takes part.
/// @returns whether all tests passed. @throws UserError where it does not build
bool run_plain_project(const fs::path& folder);

}  // namespace gradbook
