/// @file
/// Makes of what dot or gnuplot drew a picture that can stand inside of a page.
#pragma once

#include <string>

#include "book/figures.hpp"

namespace gradbook {

/// The <svg> element alone, which follows the colours of the page it stands in: black and the grey
/// of the module's scripts become currentColor, and there is no background. Ids begin with the
/// figure's name, so that several can stand on one page; title and description are the figure's. It
/// is as wide as its place, but no wider than drawn, and not so narrow that letters are too small.
/// @throws UserError at the figure's line in the manifest where this is no SVG
std::string inline_svg(const std::string& drawn, const Figure& figure);

/// `text` as it may stand between tags and in an attribute of HTML.
std::string html(std::string_view text);

}  // namespace gradbook
