/// @file
/// Groups of processes whose memory and number the kernel bounds together: cgroups, v1 and v2.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "system/file.hpp"

namespace gradbook {

/// A folder below which groups can be made, and what it can bound.
struct Hierarchy {
  fs::path folder;
  int version = 2;
  bool memory = false, pids = false;
};

/// This gradbook's own groups, below the group that it was started in. They are locked as long as
/// it lives, so that another gradbook knows which ones nobody needs any more.
class Cgroups {
 public:
  /// Finds the hierarchies that bound memory and processes, removes what dead gradbooks left there,
  /// and makes our folder in each. Nothing where either cannot be had.
  static std::unique_ptr<const Cgroups> open();

  Cgroups(const Cgroups&) = delete;
  Cgroups& operator=(const Cgroups&) = delete;
  ~Cgroups();

  const std::vector<Hierarchy>& hierarchies() const { return hierarchies_; }
  std::string says() const;  // "cgroup v1"

 private:
  Cgroups() = default;
  std::vector<Hierarchy> hierarchies_;  // folder: ours
  std::vector<int> locks_;
};

/// The groups of one room: one in each hierarchy, with a subgroup for each command.
class RoomGroups {
 public:
  explicit RoomGroups(const Cgroups& cgroups);  // @throws UserError
  ~RoomGroups();
  RoomGroups(const RoomGroups&) = delete;
  RoomGroups& operator=(const RoomGroups&) = delete;

  /// What enter_room is told so that it makes a subgroup, bounds it and joins it.
  std::vector<std::string> words(int memory_mib, int processes) const;

  bool ran_out_of_memory() const;
  bool ran_out_of_processes() const;

 private:
  std::vector<Hierarchy> hierarchies_;
};

/// Finds the hierarchies in the texts of /proc/self/cgroup and /proc/self/mountinfo.
std::vector<Hierarchy> find_hierarchies(const std::string& cgroup, const std::string& mountinfo);

/// Kills what runs in the group and below it, and removes it; gives up after two seconds.
void remove_group(const fs::path& group);

}  // namespace gradbook
