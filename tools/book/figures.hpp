/// @file
/// The figures of the lectures as docs/figures/figures.toml declares them.
#pragma once

#include <string>
#include <vector>

#include "book/book.hpp"

namespace gradbook {

/// One figure: the program that computes it, what draws it, and what is said about it.
struct Figure {
  std::string name;
  fs::path program;      // "docs/figures/ladder.cpp", or a module's main.cpp
  std::string module;    // "02_scalar": it is linked with the references up to this module
  std::string drawing;   // "dot", or a gnuplot script: "docs/figures/activations.gnuplot"
  std::string controls;  // the folder of what makes it interactive; empty for most
  std::string title, caption, alt;
  std::string where;  // "docs/figures/figures.toml:12", for errors

  /// The command that makes this figure, as the caption names it.
  std::string command() const { return "./gradbook author figures " + name; }
};

/// All figures, as they stand in the manifest; none where there is no manifest, as in a handout.
/// @throws UserError with file and line for a manifest that does not parse, a name that is taken or
/// cannot be an id, and a program, script, module or folder that is not there
std::vector<Figure> read_figures(const Book& book);

/// The name in a line `\figure{NAME}` of a chapter; empty for any other line.
std::string figure_named_in(const std::string& line);

/// The file of the table that a line "\\table{speed}" of a chapter shows, beside it in tables/;
/// empty for any other line.
fs::path table_named_in(const fs::path& chapter, const std::string& line);

}  // namespace gradbook
