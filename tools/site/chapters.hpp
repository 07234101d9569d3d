/// @file
/// Which chapters are here: a handout may have some of them only.
#pragma once

#include <string>
#include <vector>

#include "book/book.hpp"

namespace gradbook {

/// The modules whose chapters are here, in order. A module that is only given has none.
std::vector<const Module*> chapters(const Book& book);

/// Whether the chapter of this number is here, or the one that `exercise` belongs to.
bool has_chapter(const Book& book, int number);
bool has_chapter(const Book& book, const Exercise& exercise);

/// A line with its links to chapters that are not here turned into words: `\ref chapter_01 "module
/// 01"` and `[module 01](@ref chapter_01)` become "module 01", `\ref chapter_01` becomes "chapter
/// 1".
std::string without_absent_chapters(const Book& book, const std::string& line);

}  // namespace gradbook
