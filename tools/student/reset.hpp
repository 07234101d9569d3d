/// @file
/// The command `reset`: back to the stub, with a way to undo it.
#pragma once

#include "student/progress.hpp"

namespace gradbook {

/// Keeps the student's file under .gradbook/backup and puts the stub in its place.
struct StubAgain {
  bool was_stub = false;  // there was nothing to do
  fs::path kept = {};     // the backup, seen from the workbook; empty where there was no file
};
StubAgain put_stub(const Book& book, const fs::path& workbook, const Exercise& exercise);

/// Brings the last backup back, and keeps what it replaces as a backup of its own, so that undoing
/// twice changes nothing. @returns that backup, seen from the workbook. @throws UserError where
/// there is no backup
fs::path bring_back(const fs::path& workbook, const Exercise& exercise);

/// The same as commands. @returns what was done, and what one may do next. @throws UserError, with
/// the file as it was
std::string reset(const Book& book, const fs::path& workbook, const Exercise& exercise);
std::string undo_reset(const fs::path& workbook, const Exercise& exercise);

}  // namespace gradbook
