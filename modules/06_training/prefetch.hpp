/// @file
/// The next batches, loaded by another thread while this one computes.
#pragma once

#include <condition_variable>
#include <deque>
#include <exception>
#include <functional>
#include <mutex>
#include <optional>
#include <thread>

#include "06_training/data.hpp"

namespace gradbook {

/// Hands out the results of load(0), load(1), …, load(count − 1) in this order, and has at most
/// `ahead` of them ready or being loaded before they are asked for.
class Prefetcher {
 public:
  /// Starts loading in a thread of its own.
  /// @param count  how many there are
  /// @param ahead  k, at least 1
  /// @param load   is called by that thread alone, once for each number
  /// @throws RangeError  where `ahead` is 0
  Prefetcher(std::size_t count, std::size_t ahead, std::function<Examples(std::size_t)> load);

  /// Stops loading, also in the middle, and waits for the thread; a load that has begun is
  /// finished.
  ~Prefetcher();
  Prefetcher(const Prefetcher&) = delete;
  Prefetcher& operator=(const Prefetcher&) = delete;

  // ---- exercise 6.11 ----------------------------------------------------------------------------

  /// The next result, once it is there; nothing after the last.
  /// @throws  what load threw, in place of that result; afterwards nothing more comes
  std::optional<Examples> next();

 private:
  /// What the thread does: loads one after the other, whenever fewer than `ahead` are under way or
  /// ready, until all are loaded or it is told to stop. What load throws may leave it: the
  /// constructor puts it into error_.
  void run();

  /// Tells the thread to stop, and does not wait for it: the destructor calls it, and then does.
  void stop();

  // ---- given ------------------------------------------------------------------------------------

  std::size_t count_, ahead_;
  std::function<Examples(std::size_t)> load_;

  std::mutex mutex_;                 // of all that follows
  std::condition_variable changed_;  // whenever any of it has
  std::deque<Examples> ready_;       // loaded and not yet handed out
  std::size_t handed_out_ = 0;       // how many were taken out of it
  bool stopped_ = false;             // nothing more is to be loaded or handed out
  std::exception_ptr error_;         // what load threw
  std::thread thread_;               // started by the constructor
};

}  // namespace gradbook
