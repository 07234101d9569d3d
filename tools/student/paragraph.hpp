/// @file
/// Text that fits the terminal it is read in.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace gradbook {

/// The width of the terminal that standard output goes to; 100 where it goes elsewhere, never less
/// than 20.
std::size_t terminal_columns();

/// How many columns a UTF-8 text takes, counting one a character.
std::size_t width_of(std::string_view text);

/// The first `columns` characters of a text; one that is longer ends in "…".
std::string shortened(std::string_view text, std::size_t columns);

/// Breaks a text at spaces into lines of at most `columns`; a longer word stands alone.
std::vector<std::string> wrapped(std::string_view text, std::size_t columns);

/// A text of several lines as a terminal of `columns` shows it best: lines that are too long go on,
/// at a space, two columns further in. Lines that fit stay as they are.
std::string fitted(std::string_view text, std::size_t columns);

}  // namespace gradbook
