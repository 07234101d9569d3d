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

  // Exercise 6.11

  /// Stops loading, also in the middle, and waits for the thread; a load that has begun is
  /// finished.
  ~Prefetcher();

  /// The next result, once it is there; nothing after the last.
  /// @throws  what load threw, in place of that result; afterwards nothing more comes
  std::optional<Examples> next();

 private:
  void run();  // what the thread does; exercise 6.11

  std::size_t count_, ahead_;
  std::function<Examples(std::size_t)> load_;

  std::mutex mutex_;                 // of all that follows
  std::condition_variable changed_;  // whenever any of it has
  std::deque<Examples> ready_;       // loaded and not yet handed out
  std::size_t loaded_ = 0;           // how many were begun
  std::size_t handed_out_ = 0;       // how many were taken
  bool stopped_ = false;             // the destructor is waiting
  std::exception_ptr error_;         // what load threw
  std::thread thread_;
};

}  // namespace gradbook
