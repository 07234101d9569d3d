/// @file
/// One piece of work beside the screen: a newer one ends it and takes its place.
#pragma once

#include <atomic>
#include <chrono>
#include <functional>
#include <thread>

namespace gradbook {

/// Runs work that mostly waits for commands. Nothing here ever blocks: tick() moves things on.
class Background {
 public:
  /// Tells work that it is not wanted any more.
  using Cancelled = std::function<bool()>;
  using Work = std::function<void(const Cancelled&)>;

  /// @param on_end  called from the work's thread, when it has ended
  explicit Background(std::function<void()> on_end) : on_end_(std::move(on_end)) {}
  ~Background();
  Background(const Background&) = delete;
  Background& operator=(const Background&) = delete;

  /// Ends what runs, and starts this as soon as that is gone.
  void start(Work work);

  /// Ends what runs, with every command that it has started.
  void stop();

  bool busy() const { return thread_.joinable() || next_; }

  /// To be called often while busy. @returns how long it may be left alone
  std::chrono::milliseconds tick();

  /// Ends what runs and waits for it, but not for ever. @returns whether it is gone
  bool stop_and_wait(std::chrono::milliseconds at_most);

 private:
  std::function<void()> on_end_;
  std::thread thread_;
  std::atomic<bool> ended_ = false, cancelled_ = false;
  std::chrono::steady_clock::time_point cancelled_at_;
  Work next_;
};

}  // namespace gradbook
