/// @file
/// Runs the cases of a worker under the supervisor and reads what each of them saw.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "grading/worker/limits.hpp"
#include "support/case.hpp"

namespace gradbook {

/// What is known of one case after its process has ended.
struct CaseRun {
  std::string how =
      "lost";              // exit, signal, time, flood; "lost" when the supervisor never got to it
  int code = 0;            // exit status or signal
  long cpu_ms = 0;         // processor time it used
  bool malformed = false;  // the bytes it sent are no observations
  Observations stream;
  std::string printed;  // what it wrote to its output, capped
};

/// The bytes that the supervisor writes for `cases` of `worker` with this seed.
/// @param supervisor    the command that starts it, with whatever stands before it (a sandbox)
/// @param side_by_side  how many supervisors share the cases, 1 or 2
std::string run_worker(const std::vector<std::string>& supervisor, const std::string& worker,
                       std::uint64_t seed, const WorkerLimits& limits,
                       const std::vector<CaseEntry>& cases, int side_by_side);

/// The runs of all cases of a worker that does not depend on a student: the bytes are kept beside
/// it until it is linked anew.
std::map<std::string, CaseRun> kept_runs(const std::vector<std::string>& supervisor,
                                         const std::string& worker, std::uint64_t seed,
                                         const WorkerLimits& limits,
                                         const std::vector<CaseEntry>& cases);

/// Reads those bytes; cases that are missing in them are missing in the result.
std::map<std::string, CaseRun> read_runs(std::string_view bytes);

}  // namespace gradbook
