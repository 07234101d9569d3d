/// @file
/// Names as people, platforms and archives write them: made safe to print, and brought to one form
/// to compare.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace gradbook {

/// Whether the text is UTF-8 without NUL.
bool is_utf8(std::string_view text);

/// Whether the text is UTF-8 without control characters and direction marks.
bool is_plain(std::string_view text);

/// The text with every such byte or character written out ("\x1B", "\u202E"), so that it is plain.
std::string spelled_out(std::string_view text);

/// The same for a message: at most about 160 bytes, cut with "…", in double quotes.
std::string in_quotes(std::string_view text);

/// The words of a name without case, accents and punctuation: "Müller, Ana-Lía" as {"muller",
/// "ana", "lia"}.
std::vector<std::string> name_words(std::string_view name);

/// A..Z as a..z; nothing else changes.
std::string lower_ascii(std::string_view text);

}  // namespace gradbook
