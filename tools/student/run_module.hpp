/// @file
/// Runs a module's own program on what the student has written, and draws what it leaves.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "grading/build/workshop.hpp"

namespace gradbook {

struct RunOptions {
  std::string module;  // "02" or "02_scalar"
  fs::path workbook;   // where the student's files are
  fs::path out;        // where its files and pictures go
  bool quiet = false;  // whether what it prints, and the names of the files, are left out
  std::function<bool()> cancelled = {};     // whoever has it sees to Ctrl-C, as watch does
  bool preset_is_given = false;             // and is not the module's to choose
  std::vector<std::string> arguments = {};  // for the program, where it takes options
  bool on_device = false;                   // whether it computes with the kernels of module 09
};

/// Links main.cpp of the module with the student's exercises; those that hold a stub or do not
/// compile come from the reference, and are named. Where module.toml names another preset for it,
/// it is built with that, unless references come for this one alone, as in a handout. Prints what
/// the program prints, how far it is, then its files and their pictures. Those take their places in
/// `out` when all of them are there: after a failure or Ctrl-C the old ones are. On a device, the
/// kernels that it needs are the student's in the same way, and the program is asked for little
/// where nothing else is asked for.
/// @returns the exit code: 0 when the program and all pictures came out well, 128 + the signal when
/// it was stopped. @throws UserError
int run_module(const Workshop& workshop, const RunOptions& options);

}  // namespace gradbook
