/// @file
/// Runs the judge of an exercise over a worker.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "grading/build/workshop.hpp"
#include "grading/judge/results.hpp"
#include "grading/worker/limits.hpp"

namespace gradbook {

struct JudgeOptions {
  std::uint64_t seed = 1;
  std::string only_case = {};                // by name; empty: all
  WorkerLimits limits = {};                  // of one case
  std::vector<std::string> supervisor = {};  // the command that starts it confined; empty: as it is
  int side_by_side = 2;                      // supervisors that share the cases of the worker
  bool on_gpu = false;                       // the worker's, whose reference is emulated
};

/// Runs the hidden cases of `e` with this worker and judges them.
/// @param folder  where the judge writes
/// @throws UserError when the judge left no result, or the reference fails a case: not the
/// student's doing
std::vector<CaseResult> run_judge(const Workshop& workshop, const Exercise& e,
                                  const fs::path& worker, const fs::path& folder,
                                  const JudgeOptions& options);

}  // namespace gradbook
