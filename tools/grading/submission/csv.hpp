/// @file
/// Rows of a CSV file, as RFC 4180 and spreadsheets write them.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "system/file.hpp"

namespace gradbook {

struct CsvRow {
  int line = 0;  // where it begins
  std::vector<std::string> fields;
};

/// All rows but empty ones. Fields are divided by what the first row has most of: commas,
/// semicolons or tabs. Quotes, line ends in quotes, a byte order mark and both kinds of line ends
/// are understood.
/// @param path  of the file, for messages
/// @throws UserError with file and line: not UTF-8, or a quote that is never closed
std::vector<CsvRow> parse_csv(std::string_view text, const fs::path& path);

}  // namespace gradbook
