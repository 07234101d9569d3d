#include "grading/sandbox/cgroup.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <signal.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <chrono>
#include <fstream>
#include <thread>

#include "grading/sandbox/group_files.hpp"

namespace gradbook {
namespace {

constexpr std::string_view kOurs = "gradbook.";  // how the names of our groups begin

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

}  // namespace gradbook
