/// @file
/// Draws what a module's program left behind: curves with gnuplot, graphs with Graphviz.
#pragma once

#include <vector>

#include "book/book.hpp"

namespace gradbook {

/// Runs the module's figures/*.gnuplot on `folder`, and dot on every *.dot in it.
/// @returns  the SVG files, each of which holds a picture. @throws UserError naming the figure that
/// could not be drawn
std::vector<fs::path> draw_pictures(const Book& book, const Module& module, const fs::path& folder);

/// Opens a picture on a desktop, where a person is at the terminal.
void open_picture(const fs::path& picture);

}  // namespace gradbook
