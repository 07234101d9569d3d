/// @file
/// Runs programs in turn, several times, so that a machine that is busy for a minute is busy for
/// all of them alike.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "system/file.hpp"

namespace gradbook {

/// A program that prints results in the JSON of Google Benchmark.
struct Contender {
  std::string name;
  std::vector<std::string> command;
};

/// One line of a comparison: how many times as fast `ours` is as `theirs`.
struct Line {
  std::string what;
  std::string our_name, our_benchmark;
  std::string their_name, their_benchmark;
  double goal = 0;      // the ratio to reach; 0: none
  double agree = 1e-9;  // how far the checksums may differ, as a share
};

/// How often as fast ours is as theirs: the median over the turns, and its spread.
struct Ratio {
  double ours = 0, theirs = 0;  // rates; 0: not measured
  double median = 0, least = 0, most = 0;
  bool same = true;  // whether the checksums agree
};

/// Rates of all contenders, by turn.
class Comparison {
 public:
  /// The median over the turns of what `name` measured for `benchmark`, in items per second; 0 when
  /// it did not.
  double median(const std::string& name, const std::string& benchmark) const;

  /// Compares what a line names; all 0 where one of both was not measured.
  Ratio ratio(const Line& line) const;

  /// Prints a line each: both rates, the median of the ratios turn by turn with its spread, whether
  /// the checksums agree, and whether the goal is reached. @returns the exit code: 1 where a goal
  /// was missed or sums differ
  int print(const std::vector<Line>& lines) const;

  struct Measured {
    std::vector<double> rates;  // nodes_per_second or rate, one a turn
    double checksum = 0;
    double allocations = 0;  // a round, where they are counted
  };
  std::map<std::string, std::map<std::string, Measured>> results;  // contender -> benchmark
  std::map<std::string, std::string> versions;  // contender -> engine and version
};

/// Runs each contender once a turn, one after the other, under the environment that benchmarks
/// need. A contender that is not there is left out, and said to be.
Comparison run_in_turn(const std::vector<Contender>& contenders, int turns);

/// Configures build/fast where it is not, and builds these targets; those that do not exist there
/// are left out.
/// @returns the build tree. @throws UserError
fs::path build_fast(const fs::path& root, const std::vector<std::string>& targets);

}  // namespace gradbook
