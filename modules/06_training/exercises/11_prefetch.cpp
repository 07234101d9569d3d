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
  // TODO(6.11): wait under the lock until there is room, load without it, append under it
  not_started("6.11");
}

std::optional<Examples> Prefetcher::next() {
  // TODO(6.11): wait until there is a result, or an error and no result before it
  not_started("6.11");
}

void Prefetcher::stop() {
  // TODO(6.11): it may be waiting for room
  not_started("6.11");
}

}  // namespace gradbook
