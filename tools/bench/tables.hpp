/// @file
/// What was measured, as tables of the chapters.
#pragma once

#include <string>

#include "bench/side_by_side.hpp"

namespace gradbook {

/// How many programs wanted a core in the last minute; 0 where nobody knows.
double load();

/// A table with what was measured beneath it, and where, by the programs' own words.
std::string with_setting(std::string table, const Comparison& comparison, int turns);

/// "2", "2, missed", or nothing where there is no goal.
std::string goal_text(double goal, double ratio);

}  // namespace gradbook
