/// @file
/// What stands around a figure in a page: its box, its caption, and for some the controls.
#pragma once

#include <string>

#include "book/figures.hpp"

namespace gradbook {

/// A <figure> with the picture in a box that scrolls where it is too wide, and the caption, which
/// names the command that made it.
std::string figure_element(const Figure& figure, const std::string& svg);

/// The same with controls that step through `data`, the JSON that the figure's program left. The
/// controls are hidden until their script runs.
/// @param controls  the folder of step.css, step.js and controls.html
std::string interactive_element(const Figure& figure, const std::string& svg,
                                const std::string& data, const fs::path& controls);

/// A page that holds nothing but `element`, and asks nobody for anything.
std::string page_around(const Figure& figure, const std::string& element);

}  // namespace gradbook
