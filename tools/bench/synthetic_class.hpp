/// @file
/// A class that was made up, as large as a real one and as alike: to measure how long grading
/// takes.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "book/book.hpp"

namespace gradbook {

/// What a made-up file is, and so what grading must find.
enum class Made { stub, solution, variant, mutant };

/// Exercise id → what it is, by student.
using MadeClass = std::map<std::string, std::map<std::string, Made>>;

/// Writes `students` submissions of these exercises into `folder`. Of the files a quarter are
/// stubs, a sixth are copies of the solution, a third are solutions with edits of the student's
/// own, and a quarter are known mistakes, of which half have such edits too. The seed decides
/// which.
MadeClass make_synthetic_class(const Book& book, const std::vector<const Exercise*>& exercises,
                               const fs::path& folder, int students, std::uint64_t seed);

}  // namespace gradbook
