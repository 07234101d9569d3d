#include "06_training/prefetch.hpp"

#include <utility>

namespace gradbook {

void Prefetcher::run() {
  // SOLUTION BEGIN  wait under the lock until there is room, load without it, append under it
  for (std::size_t i = 0; i < count_; ++i) {
    {
      std::unique_lock lock(mutex_);
      changed_.wait(lock, [&] { return stopped_ || i - handed_out_ < ahead_; });
      if (stopped_) return;
    }
    std::optional<Examples> loaded;
    std::exception_ptr error;
    try {
      loaded = load_(i);
    } catch (...) {
      error = std::current_exception();
    }
    const std::lock_guard lock(mutex_);
    error_ = error;
    if (loaded) ready_.push_back(std::move(*loaded));
    changed_.notify_all();
    if (error) return;
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
