/// @file
/// The integrated run: does what a student wrote work with what else the student wrote?
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "grading/unit/desk.hpp"

namespace gradbook {

/// The objects of the student's own files that stand beneath one exercise, by id: those that
/// compile and define what they should; the likeliest to break it first.
using OwnFiles = std::vector<std::pair<std::string, fs::path>>;

/// Grades `object`, which passes with references beneath it, with the student's own files instead.
/// @returns  "" when it passes; else in one sentence which of them breaks it, found by putting one
/// reference back at a time
std::string together(Desk& desk, const Exercise& e, const fs::path& object, const OwnFiles& own);

}  // namespace gradbook
