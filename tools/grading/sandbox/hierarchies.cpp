// Where the kernel's cgroups are mounted, and which of them are ours.
#include <sstream>

#include "grading/sandbox/group_files.hpp"

namespace gradbook {

std::vector<Hierarchy> find_hierarchies(const std::string& cgroup, const std::string& mountinfo) {
  // Where each hierarchy is mounted: "35 31 0:32 ROOT PLACE rw - TYPE SOURCE OPTIONS"
  struct Mount {
    std::string root, place, type, options;
  };
  std::vector<Mount> mounts;
  std::istringstream lines(mountinfo);
  for (std::string line; std::getline(lines, line);) {
    const std::size_t dash = line.find(" - ");
    if (dash == std::string::npos) continue;
    Mount m;
    std::string skip, source;
    std::istringstream(line.substr(0, dash)) >> skip >> skip >> skip >> m.root >> m.place;
    std::istringstream(line.substr(dash + 3)) >> m.type >> source >> m.options;
    if (m.type == "cgroup" || m.type == "cgroup2") mounts.push_back(m);
  }

  // Which group of it is ours: "4:memory:/path", and "0::/path" for v2
  const auto folder = [&](const Mount& m, const std::string& controller) {
    std::istringstream groups(cgroup);
    for (std::string line; std::getline(groups, line);) {
      const std::size_t first = line.find(':'), second = line.find(':', first + 1);
      if (second == std::string::npos) continue;
      const std::string controllers = line.substr(first + 1, second - first - 1);
      if (controller.empty() ? !controllers.empty() : !contains(controllers, controller, ','))
        continue;
      // What a container sees is mounted from its own group on
      const fs::path below = fs::path(line.substr(second + 1)).lexically_relative(m.root);
      const bool seen = !below.empty() && *below.begin() != "..";
      return seen && below != "." ? fs::path(m.place) / below : fs::path(m.place);
    }
    return fs::path(m.place);
  };

  std::vector<Hierarchy> result;
  const auto add = [&](const fs::path& at, int version, bool memory) {
    for (Hierarchy& h : result) {
      if (h.folder != at) continue;
      (memory ? h.memory : h.pids) = true;
      return;
    }
    result.push_back({at, version, memory, !memory});
  };
  for (const bool memory : {true, false}) {
    const std::string controller = memory ? "memory" : "pids";
    for (const Mount& m : mounts) {
      if (m.type == "cgroup" && contains(m.options, controller, ',')) {
        add(folder(m, controller), 1, memory);
        break;
      }
      if (m.type != "cgroup2") continue;
      const fs::path at = folder(m, "");
      std::string offered = text_of(at / "cgroup.controllers");
      if (!offered.empty()) offered.pop_back();
      if (contains(offered, controller, ' ')) {
        add(at, 2, memory);
        break;
      }
    }
  }
  return result;
}

}  // namespace gradbook
