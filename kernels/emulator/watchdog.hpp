/// @file
/// Ends kernels that loop without an access or a branch, which nobody else notices.
#pragma once

#include <pthread.h>
#include <atomic>
#include <cstdint>

namespace gradbook::emulator {

/// What the watchdog sees of a worker. While it is there, its thread of the host can be
/// interrupted.
class Watched {
 public:
  Watched();
  ~Watched();
  Watched(const Watched&) = delete;
  Watched& operator=(const Watched&) = delete;

  /// From now on until leave(), a kernel runs that must be done by then.
  /// @param deadline  in nanoseconds of the steady clock
  void enter(std::int64_t deadline) { deadline_.store(deadline, std::memory_order_relaxed); }
  /// No kernel runs.
  void leave() { deadline_.store(kNever, std::memory_order_relaxed); }

  /// Notes that the kernel has come somewhere. @returns  how often it has
  std::uint64_t step() {
    const std::uint64_t now = steps_.load(std::memory_order_relaxed) + 1;
    steps_.store(now, std::memory_order_relaxed);
    return now;
  }

 private:
  friend class Watchdog;
  static constexpr std::int64_t kNever = INT64_MAX;

  pthread_t thread_;
  std::atomic<std::int64_t> deadline_ = kNever;
  std::atomic<std::uint64_t> steps_ = 0;
  std::uint64_t seen_ = 0;  // by the watchdog
};

}  // namespace gradbook::emulator
