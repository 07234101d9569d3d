/// @file
/// Does the main job on what is in the repository, and leaves pictures.
#pragma once

#include "grading/build/workshop.hpp"

namespace gradbook {

struct DemoOptions {
  std::string out = {};  // where pictures go; empty: build/demo of the workbook
};

/// @returns the exit code: 0 only when everything was as expected
int run_demo(const Workshop& workshop, const DemoOptions& options);

}  // namespace gradbook
