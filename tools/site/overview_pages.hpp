/// @file
/// The pages around the chapters: the front page with the map of the course, and the index of all
/// exercises.
#pragma once

#include "book/book.hpp"
#include "site/page.hpp"

namespace gradbook {

/// docs/site/index.md, followed by the map: every module of docs/site/course.toml, those that are
/// here with links.
/// @throws UserError with file and line
Page front_page(const Book& book);

/// All exercises with points, effort and prerequisites.
Page exercise_index(const Book& book);

}  // namespace gradbook
