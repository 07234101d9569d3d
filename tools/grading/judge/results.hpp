/// @file
/// What a judge wrote of the hidden cases of one exercise.
#pragma once

#include <string>
#include <vector>

#include "grading/state.hpp"
#include "system/file.hpp"

namespace gradbook {

/// One hidden case, judged.
struct CaseResult {
  std::string name;   // "topological_sort.diamond"
  std::string state;  // passed, wrong, not started, crashed, timed out, out of memory,
                      // flood; only emulated, on a GPU; reference, lost: not the student's doing
  double share = 0;   // of its weight that was earned
  double weight = 1;
  std::string says;    // what a failure means
  std::string detail;  // what the JUDGE said, the signal, …
  std::string call;    // what was called
  std::string inputs;  // with which values
  std::string label;   // the observation that differs, and how
  std::string difference;
  std::string expected;
  std::string got;
  std::string largest;              // the largest error
  std::string printed;              // what the student's code printed meanwhile
  std::vector<std::string> shapes;  // of what the reference shows, but single numbers
  std::string observed;             // digest of what the student's code showed, for replays
  double cpu_seconds = 0;           // of the reference

  bool passed() const { return state == "passed"; }
};

/// What the worst of these cases says of the whole; done when all have passed.
State state_of(const std::vector<CaseResult>& cases);

/// The share of the cases' weight that was earned; 1 where there is none to earn.
double share_of(const std::vector<CaseResult>& cases);

/// Reads a judge's results. @throws UserError
std::vector<CaseResult> read_results(const fs::path& path);

}  // namespace gradbook
