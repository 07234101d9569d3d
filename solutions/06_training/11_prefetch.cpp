#include "06_training/prefetch.hpp"

#include <utility>

namespace gradbook {

Prefetcher::Prefetcher(std::size_t count, std::size_t ahead,
                       std::function<Examples(std::size_t)> load)
    : count_(count), ahead_(ahead), load_(std::move(load)) {
  if (ahead == 0) throw RangeError("Prefetcher: ahead is 0: nothing could ever be loaded");
  thread_ = std::thread([this] {
    try {
      run();
    } catch (...) {
      // An exception that leaves a thread ends the program; next() throws it instead
      const std::lock_guard lock(mutex_);
      error_ = std::current_exception();
      changed_.notify_all();
    }
  });
}

Prefetcher::~Prefetcher() {
  try {
    stop();
  } catch (...) {
    // Only while stop() is not written: nothing may leave a destructor
  }
  thread_.join();
}

void Prefetcher::run() {
  // SOLUTION BEGIN  wait under the lock until there is room, load without it, append under it
  for (std::size_t i = 0; i < count_; ++i) {
    {
      std::unique_lock lock(mutex_);
      changed_.wait(lock, [&] { return stopped_ || i - handed_out_ < ahead_; });
      if (stopped_) return;
    }
    Examples loaded = load_(i);
    const std::lock_guard lock(mutex_);
    ready_.push_back(std::move(loaded));
    changed_.notify_all();
  }
  // SOLUTION END
}

std::optional<Examples> Prefetcher::next() {
  // SOLUTION BEGIN  wait until there is a result, or an error and no result before it
  std::unique_lock lock(mutex_);
  if (stopped_ || handed_out_ == count_) return std::nullopt;
  changed_.wait(lock, [&] { return !ready_.empty() || error_; });
  if (ready_.empty()) {
    stopped_ = true;
    std::rethrow_exception(error_);
  }
  std::optional<Examples> result = std::move(ready_.front());
  ready_.pop_front();
  ++handed_out_;
  changed_.notify_all();
  return result;
  // SOLUTION END
}

void Prefetcher::stop() {
  // SOLUTION BEGIN  it may be waiting for room
  const std::lock_guard lock(mutex_);
  stopped_ = true;
  changed_.notify_all();
  // SOLUTION END
}

}  // namespace gradbook
