/// @file
/// Checks several exercises side by side, and notes what came of it in the student's state.
#pragma once

#include <functional>
#include <mutex>
#include <span>
#include <vector>

#include "student/check.hpp"
#include "student/progress.hpp"

namespace gradbook {

/// Calls `work` with 0 to n-1, as many at a time as there are cores, but at least two. The first
/// exception ends it and is thrown on.
void side_by_side(std::size_t n, const std::function<void(std::size_t)>& work);

/// The checks in progress, in the book's order; one line of cells a screen's width.
class Grid {
 public:
  /// @param exercises  what its cells stand for
  /// @param live       whether there is a terminal to draw on; where not, it stays silent
  Grid(std::vector<const Exercise*> exercises, bool live);
  ~Grid();  // takes itself off the screen
  Grid(const Grid&) = delete;
  Grid& operator=(const Grid&) = delete;

  /// Shows `mark` for exercise number i; safe from any thread.
  void mark(std::size_t i, std::string_view mark);

 private:
  void draw();

  std::mutex mutex_;
  std::vector<const Exercise*> exercises_;
  std::vector<std::string> marks_;
  bool live_;
  std::size_t rows_ = 0;  // that are on the screen now
};

/// Checks these exercises, with a live grid where `live`. @returns the verdicts, in the same order
std::vector<Verdict> check_many(const Workshop& workshop,
                                std::span<const Exercise* const> exercises,
                                const CheckOptions& options, bool live);

/// The sign of a verdict in grids and tables: ✓, · for not started, ✗.
std::string_view mark_of(State state);

/// The exercises that `e` builds on and that are not done, so that references stand in for them;
/// those that lie beneath a module come from there anyway and are not named.
std::vector<std::string> from_reference(const Book& book, const Exercise& e,
                                        const Progress& progress);

/// The exercises whose files hold no stub any more.
std::vector<const Exercise*> written_exercises(const Book& book, const fs::path& workbook);

/// Opens the state of a workbook; a damaged one is rebuilt from what passes, and standard error
/// says so.
Progress open_progress(const Workshop& workshop, const fs::path& workbook);

}  // namespace gradbook
