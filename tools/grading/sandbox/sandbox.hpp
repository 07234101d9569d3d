/// @file
/// Runs what comes from a submission where it can do no harm: the compiler on a student's file, and
/// the student's code under the supervisor.
///
/// What each part is there for:
/// - mount namespace (or Landlock): the code finds no solution, no hidden case, no other
///   submission, and writes nothing that outlives it;
/// - network, ipc, uts and pid namespaces: it can neither ask anybody nor send anything, and sees
/// no
///   process but its own;
/// - a uid of its own: it may touch neither the supervisor, which holds the way to the judge, nor
///   what root owns in /proc/sys, which namespaces alone leave open;
/// - cgroups: a fork bomb or an allocation loop ends in its room, whatever processes it hides in;
/// - seccomp: the kernel is reached through the few doors that computing needs;
/// - no_new_privs, no capabilities: no setuid program helps it out.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "system/file.hpp"

namespace gradbook {

/// How well submissions are kept apart from everything else. All levels have seccomp, rlimits, a
/// cleared environment and, where gradbook runs as root, a uid of their own.
enum class Level {
  full,        ///< namespaces, and cgroups that bound memory and processes together
  namespaces,  ///< namespaces; each process is bounded by itself (rlimits), not all of them
               ///< together
  process,     ///< neither: no child processes, and files hidden only where the kernel has Landlock
};

/// "full", "namespaces" or "process", as in --allow-level.
std::string_view level_name(Level level);

/// @throws UserError for any other name
Level level_of(std::string_view name);

/// What one room offers. Nothing else is mounted but the system's libraries.
struct RoomOptions {
  int memory_mib = 1024;                // of each command run in the room
  int processes = 64;                   // of each command, threads counted
  std::vector<fs::path> readable = {};  // files and folders, at the same place as outside
  std::vector<fs::path> writable = {};  // folders; they are given to the room's uid
  bool compiler = false;                // the system's programs and headers, and a private /tmp
};

/// The way to run hostile code on this machine. Cheap to copy; may be used by several threads.
class Sandbox {
 public:
  class Room;

  /// The strongest that this machine can do, tried once by really running something in it. Groups
  /// that a killed gradbook left are removed, and what runs in them is ended.
  /// @param weakest    the level that is good enough
  /// @param strongest  the level to begin at: how a lesser machine would do
  /// @throws UserError when only a weaker one can be had; it says what is missing
  static Sandbox open(Level weakest = Level::full, Level strongest = Level::full);

  Level level() const;

  /// A sentence for each part that is in force, or is not: "memory and processes: cgroup v1".
  const std::vector<std::string>& parts() const;

  /// @throws UserError where a path cannot be offered
  Room room(const RoomOptions& options) const;

  struct Machine;  // what was found here

 private:
  explicit Sandbox(std::shared_ptr<const Machine> machine) : machine_(std::move(machine)) {}
  std::shared_ptr<const Machine> machine_;
};

/// One place to run commands in, for one exercise of one submission. Commands share nothing but the
/// writable folders: each gets namespaces and limits of its own. At the end of the room's life all
/// that still runs in it is killed.
class Sandbox::Room {
 public:
  Room(Room&&) noexcept;
  Room& operator=(Room&&) noexcept;
  ~Room();

  /// The words that stand before a program so that it runs inside, with the room's uid.
  std::vector<std::string> prefix() const;

  /// The command that starts `supervisor` inside, confining every case: what the judge gets.
  std::vector<std::string> supervisor(const fs::path& supervisor) const;

  /// Whether the memory, or the number of processes, of any command so far reached its bound. Known
  /// at level full only; below it false.
  bool ran_out_of_memory() const;
  bool ran_out_of_processes() const;

 private:
  friend class Sandbox;
  struct Inside;
  explicit Room(std::unique_ptr<Inside> inside);
  std::unique_ptr<Inside> inside_;
};

}  // namespace gradbook
