/// @file
/// The command `reset`: back to the stub, with a way to undo it.
#pragma once

#include "student/progress.hpp"

namespace gradbook {

/// Keeps the student's file under .gradbook/backup and puts the stub in its place.
/// @returns what was done, and how to undo it. @throws UserError, with the file as it was
std::string reset(const Book& book, const fs::path& workbook, const Exercise& exercise);

/// Brings the last backup back, and keeps what it replaces as a backup of its own, so that undoing
/// twice changes nothing. @throws UserError where there is no backup
std::string undo_reset(const fs::path& workbook, const Exercise& exercise);

}  // namespace gradbook
