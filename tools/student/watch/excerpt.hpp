/// @file
/// A compiler's messages in a window: prose is wrapped, source is cut.
#pragma once

#include <string>
#include <vector>

namespace gradbook {

/// The lines of a message, none wider than `width`. Prose goes on in the next line. Source lines
/// ("   12 | code") and what points into them from below stay single and are cut, moved so far to
/// the left that the first caret is seen.
std::vector<std::string> fit_message(const std::vector<std::string>& lines, std::size_t width);

}  // namespace gradbook
