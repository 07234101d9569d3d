/// @file
/// How a student's file is compiled and what it is linked with, as CMake wrote it down for one
/// build tree.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "system/file.hpp"

namespace gradbook {

/// What modules with kernels are compiled and linked with, besides what all are.
struct KernelRecipe {
  std::vector<std::string> modules;  // directories
  std::vector<std::string> flags;
  std::string emulator;  // an archive, from the build tree's root
  std::vector<std::string> libraries;
  std::string ran_on;  // "emulated (no GPU)"
};

/// How hidden cases of kernels get onto a GPU.
struct GpuRecipe {
  std::string nvcc;  // empty where there is none, or no GPU: then they run on the emulator only
  std::vector<std::string> flags;  // to compile a student's file with
  std::vector<std::string> link_flags;
};

struct Recipe {
  std::string compiler;
  std::string compiler_id;  // "GNU 12.2.0"
  std::string platform;     // "x86_64-linux-gnu-g++-12": objects of one are no use to another
  std::string archiver;
  std::string strip;
  std::string symbols;        // the nm of this compiler
  std::string object_copier;  // its objcopy
  std::vector<std::string> flags;
  std::vector<std::string> use_pch;  // with <PCH_HEADER> and <PCH_FILE> to be filled in
  std::vector<std::string> link_flags;
  KernelRecipe kernels;
  GpuRecipe gpu;
  std::map<std::string, std::vector<std::string>>
      given;  // module directory -> its given sources, from the root
};

/// Reads recipe.json of a build tree. @throws UserError
Recipe read_recipe(const fs::path& build);

}  // namespace gradbook
