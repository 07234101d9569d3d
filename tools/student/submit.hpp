/// @file
/// The command `submit`: the archive that a student uploads.
#pragma once

#include "student/progress.hpp"

namespace gradbook {

struct SubmitOptions {
  fs::path workbook;  // where the student's files are, and the archive goes
  std::string name;   // for the archive's name; may be empty
};

/// Packs the exercise files, and only those, as they are; nothing is compiled or run.
/// @returns where the archive is and what is in it. @throws UserError where there is nothing to
/// pack, or it cannot be written
std::string submit(const Book& book, const Progress& progress, const SubmitOptions& options);

}  // namespace gradbook
