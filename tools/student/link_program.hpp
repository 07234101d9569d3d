/// @file
/// How a module's program is made from the student's files.
#pragma once

#include <string>
#include <vector>

#include "grading/build/workshop.hpp"

namespace gradbook {

/// A module's program, and what of it is not the student's.
struct LinkedProgram {
  fs::path path;
  std::vector<std::string> from_reference;  // exercises
  std::vector<std::string> from_nowhere;    // stubs, where there are no references
  bool on_gpu = false;  // and not on the emulator, where it computes with kernels
};

/// The program around the student's files, in the scratch folder: the place where it is linked is
/// shared by all workbooks, which take turns there, and apart from where checks link theirs.
/// @throws UserError  where they do not go together, or nvcc does not take a kernel
LinkedProgram link_program(const Workshop& workshop, const MainProgram& main,
                           const fs::path& workbook, const fs::path& scratch);

}  // namespace gradbook
