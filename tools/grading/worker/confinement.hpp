/// @file
/// What the supervisor takes from a case's process before any of the student's code runs in it.
#pragma once

#include <sys/resource.h>
#include <sys/types.h>

namespace gradbook {

/// Takes effect in apply(), in the process that is about to become the worker:
/// - another user where there is one, so that it may not touch the supervisor;
/// - seccomp: of the kernel, what computing needs: memory, threads, clocks, reading files, its own
///   pipes. The rest fails with EPERM, as if it were not allowed, and kills nobody: no sockets, no
///   file opened for writing, no signal but to itself, no look into other processes;
/// - no_new_privs.
class Confinement {
 public:
  struct Options {
    uid_t user = 0;         // 0: stays who it is
    rlim_t processes = 0;   // of this user; 0: not limited here
    bool may_fork = false;  // where nobody could find what it leaves behind, it has threads only
  };

  /// Prepares the filter once for all cases. @throws std::runtime_error
  explicit Confinement(const Options& options);
  ~Confinement();
  Confinement(const Confinement&) = delete;
  Confinement& operator=(const Confinement&) = delete;

  /// @returns false, with errno, where a part cannot be had: then the worker must not start
  bool apply() const;

 private:
  Options options_;
  void* filter_;
};

}  // namespace gradbook
