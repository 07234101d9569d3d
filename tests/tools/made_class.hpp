/// @file
/// A class that never was, made from a seed: what reports are tested on.
#pragma once

#include <cstdint>

#include "grading/score/grades.hpp"

namespace gradbook {

/// Students of differing ability who work through exercises of growing difficulty until they stop;
/// every state occurs, some are late, one in forty hands in nothing.
ClassGrades made_class(std::size_t students, std::size_t exercises, std::uint64_t seed);

/// A class of a few students who try to break what is written of them: names, messages and outputs
/// full of commas, quotes, formulas, markup, invalid UTF-8, control characters and direction marks.
ClassGrades hostile_class();

/// A class with a marker of its own ("HIDDEN_…") in every field that no student may see below
/// Release::everything.
ClassGrades class_with_markers();

}  // namespace gradbook
