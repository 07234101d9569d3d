/// @file
/// What a sandbox found out about the machine that it is on; its rooms are made of that.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "grading/sandbox/cgroup.hpp"
#include "grading/sandbox/sandbox.hpp"

namespace gradbook {

/// The program that walks into a room: see enter_main.cpp.
inline constexpr const char* kEnterRoom = GRADBOOK_ENTER_ROOM;

struct Sandbox::Machine {
  Level level = Level::process;
  std::vector<std::string> parts;
  std::string bubblewrap;  // empty: not used
  bool own_root = false;   // bubblewrap needs a root that is a mount point
  bool root = false;       // gradbook runs as root
  bool landlock = false;
  std::unique_ptr<const Cgroups> cgroups;
};

}  // namespace gradbook
