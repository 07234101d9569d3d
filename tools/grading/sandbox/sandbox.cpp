#include "grading/sandbox/sandbox.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <unistd.h>

#include <algorithm>
#include <array>

#include "grading/sandbox/machine.hpp"
#include "system/process.hpp"

namespace gradbook {
namespace {

using Words = std::vector<std::string>;

constexpr std::array<std::string_view, 3> kLevels = {"full", "namespaces", "process"};

// The full path of a program; empty where there is none
std::string find_program(const std::string& name) {
  for (const char* folder : {"/usr/bin", "/bin", "/usr/local/bin"}) {
    const std::string path = std::string(folder) + "/" + name;
    if (access(path.c_str(), X_OK) == 0) return path;
  }
  return "";
}

}  // namespace

std::string_view level_name(Level level) { return kLevels.at(static_cast<std::size_t>(level)); }

Level level_of(std::string_view name) {
  const auto found = std::ranges::find(kLevels, name);
  if (found == kLevels.end())
    throw UserError(fmt::format("\"{}\" is no level of the sandbox: they are {}", name,
                                fmt::join(kLevels, ", ")));
  return static_cast<Level>(found - kLevels.begin());
}

Level Sandbox::level() const { return machine_->level; }
const std::vector<std::string>& Sandbox::parts() const { return machine_->parts; }

Sandbox Sandbox::open(Level weakest, Level strongest) {
  auto machine = std::make_shared<Machine>();
  machine->root = getuid() == 0;
  Words missing;
  if (strongest == Level::full) machine->cgroups = Cgroups::open();

  // Runs the probe in a room of that kind; what it printed
  const auto probe = [&](Level level, bool own_root) {
    machine->level = level;
    machine->own_root = own_root;
    const Room room = Sandbox(machine).room({.processes = 8});
    Command command{.arguments = room.prefix()};
    command.arguments.insert(command.arguments.end(), {kEnterRoom, "--probe"});
    command.wall = std::chrono::seconds(20);
    return run(command).output;
  };
  const auto works = [](const std::string& said) { return said.starts_with("inside "); };

  if (strongest < Level::process) machine->bubblewrap = find_program("bwrap");
  std::string said = "it is not installed (`apt-get install bubblewrap`)";
  if (!machine->bubblewrap.empty()) {
    said = probe(Level::namespaces, false);
    if (!works(said) && machine->root) {
      const std::string again = probe(Level::namespaces, true);
      if (works(again)) said = again;
    }
  }
  const bool apart = works(said);
  if (apart) {
    machine->level = machine->cgroups ? Level::full : Level::namespaces;
    machine->parts.push_back("namespaces: mount, pid, network, ipc, uts, by bubblewrap" +
                             std::string(machine->root ? "" : " in a user namespace"));
    machine->parts.push_back("files: nothing in view but the program and its libraries");
  } else {
    missing.push_back("namespaces: bubblewrap does not work here: " +
                      said.substr(0, said.find('\n')));
    machine->parts.push_back("namespaces: none; the network is closed by seccomp");
    said = probe(Level::process, false);
    if (!works(said)) throw UserError("not even a confined process runs here: " + said);
    machine->landlock = said.find("landlock=1") != std::string::npos;
    machine->parts.push_back(
        machine->landlock ? "files: nothing in view but the program and its libraries (Landlock)"
                          : "files: all that anybody may read is in view");
  }
  if (said.find("seccomp=1") == std::string::npos)
    throw UserError("this kernel has no seccomp: code of submissions cannot be run safely here");

  machine->parts.push_back(
      machine->root ? "user: each room has one of its own"
                    : "user: yours, since gradbook does not run as root; the supervisor is "
                      "closed to it");
  if (machine->cgroups) {
    machine->parts.push_back("memory and processes: " + machine->cgroups->says());
  } else {
    missing.push_back("memory and processes: no cgroup can be made here");
    machine->parts.push_back(
        apart ? "memory and processes: limits of each process, since no cgroup can be made here"
              : "memory: limits of each process; processes: one, with threads");
  }
  machine->parts.push_back("system calls: what computing needs (seccomp)");

  if (machine->level > weakest) {
    throw UserError(
        fmt::format("the sandbox would be weaker than asked for, \"{}\" in place of "
                    "\"{}\": {}; mend that, or grade with `--allow-level {}`",
                    level_name(machine->level), level_name(weakest), fmt::join(missing, "; "),
                    level_name(machine->level)));
  }
  return Sandbox(machine);
}

}  // namespace gradbook
