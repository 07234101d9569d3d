/// @file
/// What a student sees, as a function of what is known: lines that fit into the window.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "student/progress.hpp"
#include "student/watch/terminal.hpp"

namespace gradbook {

enum class Style { plain, strong, good, bad, quiet, chosen };

/// One line of the screen, without control characters. Its style only repeats what its words say.
struct ScreenLine {
  std::string text;
  Style style = Style::plain;
  std::string link = {};  // where a click on it leads
};

/// The exercise that is being worked on.
struct WatchModel {
  Size size;
  const Exercise* exercise = nullptr;
  std::string busy = {};  // "Checking 2.2 …"; empty when nothing runs
  std::optional<Verdict> verdict = {};
  std::vector<std::string> hints = {};    // those that are shown
  std::vector<std::string> notices = {};  // what else there is to say
  double points = 0, points_in_all = 0;
  std::string path = {}, link = {};  // of the exercise's file
  bool solution = false, program = false;
  bool undo = false;  // whether u brings back what x replaced; it takes the place of x
  int scroll = 0;     // how many lines above the window
};

/// Always in this order: what the compiler or the cases said, the hints, done with what was learnt;
/// at the bottom the progress, the path and the keys. At most `size.rows` lines.
std::vector<ScreenLine> watch_screen(const WatchModel& model);

/// All exercises, with where the student stands in each.
struct ListModel {
  struct Row {
    const Exercise* exercise;
    ExerciseProgress progress;
  };
  Size size;
  std::vector<Row> rows = {};  // those that the filter lets through
  std::size_t chosen = 0;
  std::string filter = {};
  bool typing = false;  // whether keys go to the filter
};

std::vector<ScreenLine> list_screen(const ListModel& model);

/// Many checks at once, as they come in.
struct GridModel {
  struct Cell {
    const Exercise* exercise;
    std::optional<State> state = {};  // none: not yet checked
  };
  Size size;
  std::string title;  // what is checked, and in the end what came out
  std::vector<Cell> cells = {};
  bool finished = false;
};

std::vector<ScreenLine> grid_screen(const GridModel& model);

/// A text to read, such as a solution.
struct TextModel {
  Size size;
  std::string title, keys = {};
  std::vector<std::string> lines = {};
  int scroll = 0;
};

std::vector<ScreenLine> text_screen(const TextModel& model);

/// How far a screen of this height can be scrolled.
int last_scroll(const WatchModel& model);
int last_scroll(const TextModel& model);

/// The lines as a terminal wants them, with colours and links where `colour` is on.
std::vector<std::string> paint(const std::vector<ScreenLine>& lines, bool colour);

}  // namespace gradbook
