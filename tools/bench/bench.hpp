/// @file
/// Measures the book beside its peers: ours and theirs in turn, in one run.
#pragma once

#include <string>

#include "grading/build/workshop.hpp"

namespace gradbook {

struct BenchOptions {
  std::string what;
  int alternations = 5;
  bool against = false;  // beside its peers, where a benchmark can do without
};

/// @returns the exit code
int run_bench(const Workshop& workshop, const BenchOptions& options);

}  // namespace gradbook
