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

}  // namespace gradbook
