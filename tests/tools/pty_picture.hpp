/// @file
/// A terminal's screen as text and as a picture that somebody can look at.
#pragma once

#include <string>
#include <vector>

namespace gradbook {

/// One character of a screen, and how it is shown.
struct Cell {
  std::string text = " ";
  bool bold = false, dim = false, inverse = false;
  int colour = 0;  // 31 red, 32 green, as terminals number them; 0 the usual
  bool linked = false;

  bool looks_like(const Cell& other) const {
    return bold == other.bold && dim == other.dim && inverse == other.inverse &&
           colour == other.colour && linked == other.linked;
  }
};

using Cells = std::vector<std::vector<Cell>>;

/// The rows, without the spaces at their ends.
std::string text_of(const Cells& cells);

/// The screen as an SVG file.
std::string svg_of(const Cells& cells);

}  // namespace gradbook
