/// @file
/// Says what came out, row by row, and what it is worth.
#pragma once

#include <map>
#include <string>
#include <utility>

#include "contest.hpp"

namespace gradbook::bench {

/// What was measured or counted so far.
class Report {
 public:
  /// Prints the heads of the columns.
  void begin() const;

  /// Prints a row; those of cuBLAS come before the ones that are compared with them.
  void add(const Row& row);

  /// Prints what became of one that cheats.
  void add(const Trial& trial);

  /// Says how it ended. @returns the exit code: 1 where a result was wrong, a cheat was not caught,
  /// or a goal was missed
  int end() const;

  /// All rows with times, as a table of the chapters; the device stands beneath it.
  const std::string& table() const { return table_; }

 private:
  void add_time(const Row& row);

  std::map<std::pair<int, Numbers>, double> cublas_ms_;  // by size
  std::string table_ =
      "| rung | size | ms, median | ms, least | TFLOP/s | of cuBLAS | of the roofline | goal | |\n"
      "|---|---|---|---|---|---|---|---|---|\n";
  int wrong_ = 0, missed_ = 0, uncaught_ = 0;
};

}  // namespace gradbook::bench
