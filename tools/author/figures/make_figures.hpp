/// @file
/// Makes the figures of the lectures by running their programs.
#pragma once

#include <string>
#include <vector>

#include "book/figures.hpp"
#include "grading/build/workshop.hpp"

namespace gradbook {

/// The names of the figures in `out` that are missing, or were made from other inputs than those
/// that are here: the entry in the manifest, program, headers, solutions, drawing and controls, and
/// the code that makes figures.
std::vector<std::string> stale_figures(const Book& book, const std::vector<Figure>& figures,
                                       const fs::path& out);

/// Makes these figures in `out`: NAME.svg, the picture, and NAME.html, which has the caption too
/// and is what a page includes. Those that are interactive get NAME_page.html, a page of their own.
/// A program that several share runs once. @throws UserError at the figure's line in the manifest,
/// with what its program or its drawing said, where that failed
void make_figures(const Workshop& workshop, const std::vector<Figure>& figures,
                  const fs::path& out);

/// Makes those of these figures that are stale.
void make_stale_figures(const Workshop& workshop, const std::vector<Figure>& figures,
                        const fs::path& out);

/// The command `author figures`: makes what is stale, or just checks.
struct FiguresCommand {
  std::vector<std::string> names = {};  // made again even if they are fresh; empty: what is stale
  bool check = false;                   // make none, and fail where one is stale
  fs::path out = {};
};

/// @returns the exit code. @throws UserError
int figures_command(const Workshop& workshop, const FiguresCommand& command);

}  // namespace gradbook
