/// @file
/// Text measured in columns of a terminal rather than in bytes.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace gradbook {

/// How many columns the UTF-8 text takes: two for wide characters, none for combining ones.
std::size_t columns(std::string_view text);

/// Without what would move the cursor: control characters go, a tab becomes spaces.
std::string printable(std::string_view text);

/// Lines of at most `width` columns, broken at spaces where there are any; what goes on is indented
/// as the first line is. @param width  at least 1
std::vector<std::string> wrap(std::string_view text, std::size_t width);

/// The text, or its beginning or end with "…" for the rest, in at most `width` columns.
std::string keep_start(std::string_view text, std::size_t width);
std::string keep_end(std::string_view text, std::size_t width);

/// The text filled up with spaces, or cut, to exactly `width` columns.
std::string fit(std::string_view text, std::size_t width);

}  // namespace gradbook
