/// @file
/// What an instructor sees while a class is graded: a table on a terminal, a line now and then
/// elsewhere.
#pragma once

#include <chrono>
#include <map>
#include <string>
#include <vector>

#include "book/book.hpp"
#include "grading/state.hpp"

namespace gradbook {

class GradeTable {
 public:
  /// @param handed_in  how many students handed in each of these exercises
  /// @param tasks      how many things there are to do in all
  /// @param what       what is said of those that are done: "files graded"
  /// @param live       whether there is a terminal to draw on
  GradeTable(std::vector<const Exercise*> exercises, std::map<std::string, int> handed_in,
             std::size_t tasks, std::string what, bool live);
  ~GradeTable();  // takes itself off the screen

  /// So many students' exercise came to this.
  void count(const Exercise& e, State state, int students) { counts_[e.id][state] += students; }

  /// A task is done, and counted before. @param known  whether an earlier run had done it
  void finish_one(bool known);

 private:
  void draw();
  std::string progress_text() const;

  using Clock = std::chrono::steady_clock;
  std::vector<const Exercise*> exercises_;
  std::map<std::string, int> handed_in_;
  std::map<std::string, std::map<State, int>> counts_;
  std::size_t tasks_, done_ = 0, known_ = 0;
  std::string what_;
  bool live_;
  std::size_t rows_ = 0;  // that are on the screen now
  Clock::time_point start_ = Clock::now(), drawn_ = {};
};

}  // namespace gradbook
