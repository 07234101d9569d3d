// The groups of one room: made, bounded, asked and removed.
#include <fmt/format.h>
#include <sys/stat.h>

#include <atomic>

#include "grading/sandbox/group_files.hpp"

namespace gradbook {

RoomGroups::RoomGroups(const Cgroups& cgroups) : hierarchies_(cgroups.hierarchies()) {
  static std::atomic<unsigned> number = 0;
  const std::string name = fmt::format("room{}", number++);
  for (Hierarchy& h : hierarchies_) {
    h.folder /= name;
    if (mkdir(h.folder.c_str(), 0755) != 0 || !hand_down(h, h.folder)) {
      throw UserError(
          fmt::format("cannot make the group {}: did somebody remove it while gradbook "
                      "was running? Start again",
                      h.folder.string()));
    }
  }
}

RoomGroups::~RoomGroups() {
  for (const Hierarchy& h : hierarchies_) {
    if (h.pids) remove_group(h.folder);  // first what bounds the number: nothing new is born
  }
  for (const Hierarchy& h : hierarchies_) {
    if (!h.pids) remove_group(h.folder);
  }
}

std::vector<std::string> RoomGroups::words(int memory_mib, int processes) const {
  std::vector<std::string> words;
  const auto add = [&](std::initializer_list<std::string> more) {
    words.insert(words.end(), more);
  };
  const std::string bytes = std::to_string(std::size_t(memory_mib) << 20);
  for (const Hierarchy& h : hierarchies_) {
    add({"--group", h.folder.string()});
    if (h.memory && h.version == 1) {
      add({"--set", "memory.limit_in_bytes", bytes, "--try", "memory.memsw.limit_in_bytes", bytes,
           "--events", "memory.oom_control"});
    } else if (h.memory) {
      add({"--set", "memory.max", bytes, "--try", "memory.swap.max", "0", "--events",
           "memory.events"});
    }
    if (h.pids) add({"--set", "pids.max", std::to_string(processes)});
    // 0: whoever writes it. A thread that moves itself does not wait for all processors.
    add({"--set", h.version == 1 ? "tasks" : "cgroup.procs", "0"});
  }
  return words;
}

bool RoomGroups::ran_out_of_memory() const {
  for (const Hierarchy& h : hierarchies_) {
    for (const fs::path& group : subgroups(h.folder)) {
      if (h.memory && count_of(group / (h.version == 1 ? "memory.oom_control" : "memory.events"),
                               "oom_kill") > 0)
        return true;
    }
  }
  return false;
}

bool RoomGroups::ran_out_of_processes() const {
  for (const Hierarchy& h : hierarchies_) {
    for (const fs::path& group : subgroups(h.folder)) {
      if (h.pids && count_of(group / "pids.events", "max") > 0) return true;
    }
  }
  return false;
}

}  // namespace gradbook
