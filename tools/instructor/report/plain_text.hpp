/// @file
/// Text of others made harmless, and numbers as text, the same in every locale.
#pragma once

#include <string>
#include <string_view>

namespace gradbook {

/// `text` as valid UTF-8 on one line: what is not UTF-8 becomes U+FFFD, line ends and tabs become
/// spaces; control characters, marks that turn the direction of writing, and characters that XML
/// does not allow are left out.
std::string one_line(std::string_view text);

/// The same with its lines kept, ended by '\n'; tabs become four spaces.
std::string many_lines(std::string_view text);

/// The first `characters` of a valid UTF-8 text; one that is longer ends in "…".
std::string cut(std::string_view text, std::size_t characters);

/// A number with at most `decimals` places and no zeros at its end: "2.5", "0"; "" for one that is
/// not finite.
std::string number(double value, int decimals = 2);

/// "63 %", of a share from 0 to 1.
std::string percent(double share);

}  // namespace gradbook
