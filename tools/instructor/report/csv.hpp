/// @file
/// Tables as comma-separated values that no spreadsheet takes for formulas.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace gradbook {

/// A cell of text: on one line, quoted where needed; one that a spreadsheet would compute (=, +, -,
/// @, a tab or line end in front) gets an apostrophe before it.
std::string csv_text(std::string_view text);

/// A line of cells, ended as RFC 4180 has it.
std::string csv_line(const std::vector<std::string>& cells);

}  // namespace gradbook
