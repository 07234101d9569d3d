/// @file
/// Runs an exercise's public tests so that one that dies, or never ends, costs the others nothing.
#pragma once

#include <chrono>
#include <string>
#include <vector>

#include "system/file.hpp"

namespace gradbook {

/// What became of one public test.
struct TestResult {
  enum class State { passed, failed, not_started, crashed, timed_out };

  std::string name;  // "TopologicalSort.ListsASharedNodeOnce"
  State state = State::passed;
  std::string file = {};  // of the first expectation that failed
  int line = 0;
  std::string message = {};  // what GoogleTest said there
  int signal = 0;            // that ended it
  std::string stub = {};     // the exercise whose stub was reached
};

struct TestRun {
  std::vector<TestResult> tests;
  std::string printed;  // what the student's code printed meanwhile, capped
};

/// How many tests run where one fails.
enum class Until { all, first_failure };

/// @param limit  how long one test may take
/// @param only   a GoogleTest filter; "*" for all
/// @param until  `first_failure` where it only matters whether any test fails
TestRun run_public_tests(const fs::path& program, std::chrono::milliseconds limit,
                         const std::string& only = "*", Until until = Until::all);

}  // namespace gradbook
