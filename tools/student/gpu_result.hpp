/// @file
/// What became of an exercise's hidden cases on a GPU, besides what the emulator says; it changes
/// no points.
#pragma once

#include <cstddef>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

#include "grading/judge/results.hpp"

namespace gradbook {

struct GpuResult {
  enum class State {
    passed,        // every case that says something on a GPU
    failed,        // one of them did not
    not_compiled,  // nvcc does not take the student's file
    no_gpu,        // the worker found none
    not_run,       // something of ours went wrong
  };

  State state = State::passed;
  std::string device = {};              // "NVIDIA H200"; or why there is none
  std::vector<CaseResult> cases = {};   // those that say something on a GPU
  std::size_t only_emulated = 0;        // how many others there are
  std::vector<std::string> lines = {};  // what failed, in the words of the judge or of nvcc
};

/// Sorts what a judge said of all cases. @param device  what they ran on
GpuResult gpu_result(std::string device, const std::vector<CaseResult>& cases);

/// A line, and below it the first case that failed.
std::vector<std::string> to_lines(const GpuResult& result);

/// Stable keys, for `--json`.
nlohmann::json to_json(const GpuResult& result);

}  // namespace gradbook
