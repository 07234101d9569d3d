#include "03_tensor/threads.hpp"

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <exception>
#include <mutex>
#include <thread>
#include <vector>

namespace gradbook {
namespace {

using Work = function_ref<void(std::int64_t, std::int64_t)>;

// Threads that wait for parts of one job at a time
class Crew {
 public:
  // Never destroyed: threads may still wait when the program ends
  static Crew& instance() {
    static Crew* const crew = new Crew;
    return *crew;
  }

  void share(std::int64_t n, int parts, Work work) {
    const std::lock_guard one_job(sharing_);
    {
      const std::lock_guard lock(mutex_);
      while (static_cast<int>(threads_.size()) < parts - 1) {
        threads_.emplace_back(
            [this, part = static_cast<int>(threads_.size()) + 1] { serve(part); });
        threads_.back().detach();
      }
      n_ = n, parts_ = parts, work_ = &work;
      left_ = parts - 1;
      ++job_;
    }
    wake_.notify_all();
    work(0, n / parts);
    // The others need about as long, so that sleeping does not pay at first
    for (int i = 0; i < kSpins && left_.load(std::memory_order_acquire) > 0; ++i)
      std::this_thread::yield();
    std::unique_lock lock(mutex_);
    done_.wait(lock, [&] { return left_ == 0; });
  }

 private:
  static constexpr int kSpins = 1000;

  void serve(int part) {
    std::int64_t seen = 0;
    while (true) {
      std::unique_lock lock(mutex_);
      wake_.wait(lock, [&] { return job_ != seen; });
      seen = job_;
      if (part >= parts_) continue;
      const std::int64_t n = n_, parts = parts_;
      const Work work = *work_;
      lock.unlock();
      work(n * part / parts, n * (part + 1) / parts);
      lock.lock();
      if (--left_ == 0) done_.notify_one();
    }
  }

  std::mutex sharing_, mutex_;
  std::condition_variable wake_, done_;
  std::vector<std::thread> threads_;
  std::int64_t job_ = 0, n_ = 0;
  int parts_ = 0;
  std::atomic<int> left_ = 0;
  const Work* work_ = nullptr;
};

}  // namespace

void parallel_for(std::int64_t n, std::int64_t grain, int threads, Work work) {
  if (n <= 0) return;
  static thread_local bool inside = false;  // of work that is shared already
  if (inside) return work(0, n);
  const std::int64_t parts =
      std::clamp<std::int64_t>(n / std::max<std::int64_t>(grain, 1), 1, std::max(threads, 1));
  if (parts == 1) {
    work(0, n);
  } else {
    std::mutex noting;
    std::exception_ptr error;
    Crew::instance().share(n, static_cast<int>(parts), [&](std::int64_t begin, std::int64_t end) {
      inside = true;
      try {
        work(begin, end);
      } catch (...) {
        const std::lock_guard lock(noting);
        error = std::current_exception();
      }
      inside = false;
    });
    if (error) std::rethrow_exception(error);
  }
}

}  // namespace gradbook
