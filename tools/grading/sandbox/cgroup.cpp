#include "grading/sandbox/cgroup.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <signal.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <fstream>
#include <sstream>
#include <thread>

namespace gradbook {
namespace {

constexpr std::string_view kOurs = "gradbook.";  // how the names of our groups begin

bool contains(const std::string& list, const std::string& word, char separator) {
  std::istringstream words(list);
  for (std::string w; std::getline(words, w, separator);) {
    if (w == word) return true;
  }
  return false;
}

std::string text_of(const fs::path& file) {
  std::ifstream in(file);
  std::string text, line;
  while (std::getline(in, line)) text += line + '\n';
  return text;
}

bool put(const fs::path& file, const std::string& text) {
  std::ofstream out(file);
  out << text << std::flush;
  return out.good();
}

// The number behind `name` in a file of lines "name number"
long count_of(const fs::path& file, const std::string& name) {
  std::ifstream in(file);
  std::string key;
  for (long value; in >> key >> value;) {
    if (key == name) return value;
  }
  return 0;
}

std::vector<fs::path> subgroups(const fs::path& group) {
  std::vector<fs::path> result;
  std::error_code error;
  for (fs::directory_iterator i(group, error), end; !error && i != end; i.increment(error)) {
    std::error_code gone;
    if (i->is_directory(gone)) result.push_back(i->path());
  }
  return result;
}

void kill_all(const fs::path& group) {
  for (const fs::path& below : subgroups(group)) kill_all(below);
  put(group / "pids.max", "0");     // no new ones while the old ones are killed
  put(group / "cgroup.kill", "1");  // v2 kills them at once
  std::ifstream processes(group / "cgroup.procs");
  for (pid_t pid; processes >> pid;) {
    if (pid > 0) kill(pid, SIGKILL);
  }
}

bool remove_empty(const fs::path& group) {
  for (const fs::path& below : subgroups(group)) remove_empty(below);
  return rmdir(group.c_str()) == 0 || errno == ENOENT;
}

// Lets groups below `folder` be bounded too; v1 always does
bool hand_down(const Hierarchy& h, const fs::path& folder) {
  if (h.version == 1) return true;
  const auto enabled = [&] {
    std::string line = text_of(folder / "cgroup.subtree_control");
    while (!line.empty() && line.back() == '\n') line.pop_back();
    return (!h.memory || contains(line, "memory", ' ')) && (!h.pids || contains(line, "pids", ' '));
  };
  if (enabled()) return true;
  put(folder / "cgroup.subtree_control",
      std::string(h.memory ? "+memory " : "") + (h.pids ? "+pids" : ""));
  return enabled();
}

// Opens and locks a group's folder; -1 where somebody else holds it, or it is gone
int lock(const fs::path& folder) {
  const int file = open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  struct stat opened {
  }, there{};
  if (file >= 0 && flock(file, LOCK_EX | LOCK_NB) == 0 && fstat(file, &opened) == 0 &&
      stat(folder.c_str(), &there) == 0 && opened.st_ino == there.st_ino) {
    return file;
  }
  if (file >= 0) close(file);
  return -1;
}

void sweep(const fs::path& parent) {
  for (const fs::path& group : subgroups(parent)) {
    if (!group.filename().string().starts_with(kOurs)) continue;
    const int file = lock(group);
    if (file < 0) continue;  // its gradbook lives
    remove_group(group);
    close(file);
  }
}

// Makes and locks our folder below `parent`; -1 where that is not allowed
int make_folder(Hierarchy& h, const fs::path& parent) {
  if (!hand_down(h, parent)) return -1;
  sweep(parent);
  for (int number = 0; number < 1000; ++number) {
    const fs::path folder = parent / fmt::format("{}{}.{}", kOurs, getpid(), number);
    if (mkdir(folder.c_str(), 0755) != 0) {
      if (errno == EEXIST) continue;
      return -1;
    }
    const int file = lock(folder);  // fails where another gradbook swept it away just now
    if (file < 0) continue;
    if (hand_down(h, folder)) {
      h.folder = folder;
      return file;
    }
    rmdir(folder.c_str());
    close(file);
    return -1;
  }
  return -1;
}

}  // namespace

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

void remove_group(const fs::path& group) {
  using namespace std::chrono_literals;
  auto pause = std::chrono::microseconds(200);
  const auto end = std::chrono::steady_clock::now() + 2s;
  for (kill_all(group); !remove_empty(group) && std::chrono::steady_clock::now() < end;) {
    std::this_thread::sleep_for(pause);
    pause = std::min<std::chrono::microseconds>(2 * pause, 20ms);
    kill_all(group);
  }
}

std::unique_ptr<const Cgroups> Cgroups::open() {
  std::unique_ptr<Cgroups> cgroups(new Cgroups);
  bool memory = false, pids = false;
  for (Hierarchy h :
       find_hierarchies(text_of("/proc/self/cgroup"), text_of("/proc/self/mountinfo"))) {
    // Below our own group; where that has processes, v2 bounds nothing below it: beside it then
    int file = make_folder(h, h.folder);
    for (fs::path parent = h.folder.parent_path();
         file < 0 && h.version == 2 && fs::exists(parent / "cgroup.subtree_control");
         parent = parent.parent_path()) {
      file = make_folder(h, parent);
    }
    if (file < 0) continue;
    cgroups->hierarchies_.push_back(h);
    cgroups->locks_.push_back(file);
    memory = memory || h.memory;
    pids = pids || h.pids;
  }
  if (!memory || !pids) return nullptr;
  return cgroups;
}

Cgroups::~Cgroups() {
  for (const Hierarchy& h : hierarchies_) remove_group(h.folder);
  for (const int file : locks_) close(file);
}

std::string Cgroups::says() const {
  std::string says = fmt::format("cgroup v{}", hierarchies_.front().version);
  if (hierarchies_.back().version != hierarchies_.front().version) says += " and v2";
  return says;
}

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
