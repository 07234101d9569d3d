/// @file
/// The command `list`: every exercise with how far it is, its points and its effort.
#pragma once

#include "student/progress.hpp"

namespace gradbook {

struct ListOptions {
  std::string text = {};  // in the number, name, title or what is learnt; upper or lower case alike
  std::string state = {};   // "not started", "in progress", "partly", "done"; empty: any
  std::string module = {};  // "02" or "02_scalar"; empty: any
  bool json = false;
};

/// How far an exercise is, in one word or two: what `list` shows and filters by.
/// @param written  whether its file holds no stub any more
std::string_view state_of(const ExerciseProgress& progress, bool written);

/// Whether the file is there, may be read, and holds no stub any more.
bool is_written(const Book& book, const Exercise& e, const fs::path& workbook);

/// The table, sums last; no line is longer than `columns`. @throws UserError for a filter that is
/// none
std::string list(const Book& book, const fs::path& workbook, const Progress& progress,
                 const ListOptions& options, std::size_t columns);

}  // namespace gradbook
