/// @file
/// Puts a stub back where the student's file is, and keeps what was there.
#pragma once

#include "book/book.hpp"

namespace gradbook {

/// Copies the student's file to .gradbook/backup/FILE.backup-N of the workbook, N the first that is
/// free, and writes the stub in its place.
/// @returns  the backup; empty where there was no file. @throws UserError, with the file as it was
fs::path reset_exercise(const Book& book, const Exercise& exercise, const fs::path& workbook);

}  // namespace gradbook
