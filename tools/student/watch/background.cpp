#include "student/watch/background.hpp"

#include "system/process.hpp"

namespace gradbook {

using namespace std::chrono_literals;

Background::~Background() {
  if (!stop_and_wait(3s)) thread_.detach();  // the program ends with an error that it must not hide
}

void Background::start(Work work) {
  stop();
  next_ = std::move(work);
  tick();
}

void Background::stop() {
  next_ = nullptr;
  if (!thread_.joinable() || cancelled_) return;
  cancelled_ = true;
  cancelled_at_ = std::chrono::steady_clock::now();
  refuse_commands(true);
  end_all_commands(SIGTERM);  // ninja, for one, then ends its own
}

std::chrono::milliseconds Background::tick() {
  if (thread_.joinable() && ended_) {
    thread_.join();
    refuse_commands(false);
    cancelled_ = false;
  }
  if (thread_.joinable()) {
    if (!cancelled_) return 500ms;
    if (std::chrono::steady_clock::now() - cancelled_at_ > 150ms) end_all_commands();
    return 20ms;
  }
  if (!next_) return 500ms;
  ended_ = false;
  thread_ = std::thread([this, work = std::move(next_)] {
    work([this] { return cancelled_.load(); });
    ended_ = true;
    on_end_();
  });
  next_ = nullptr;
  return 500ms;
}

bool Background::stop_and_wait(std::chrono::milliseconds at_most) {
  stop();
  const auto start = std::chrono::steady_clock::now();
  while (tick(), thread_.joinable()) {
    if (std::chrono::steady_clock::now() - start > at_most) return false;
    std::this_thread::sleep_for(2ms);
  }
  return true;
}

}  // namespace gradbook
