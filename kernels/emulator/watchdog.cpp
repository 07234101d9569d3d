#include "kernels/emulator/watchdog.hpp"

#include <signal.h>
#include <ucontext.h>

#include <algorithm>
#include <chrono>
#include <mutex>
#include <thread>
#include <vector>

#include "kernels/emulator/worker.hpp"

namespace gradbook::emulator {
namespace {

using namespace std::chrono_literals;

constexpr int kSignal = SIGURG;  // ignored by whoever does not ask for it
constexpr auto kEvery = 50ms;

// Where the kernel was
const void* code_of(const void* context) {
  const auto& machine = static_cast<const ucontext_t*>(context)->uc_mcontext;
#if defined(__x86_64__)
  return reinterpret_cast<const void*>(machine.gregs[REG_RIP] + 1);
#elif defined(__aarch64__)
  return reinterpret_cast<const void*>(machine.pc + 1);
#else
  return nullptr;
#endif
}

// On the stack of a thread that has come nowhere for a while: it computes, and holds no lock
void interrupt(int, siginfo_t*, void* context) {
  if (worker != nullptr && !worker->held()) worker->stop_endless(code_of(context));
}

}  // namespace

class Watchdog {
 public:
  Watchdog() {
    struct sigaction action {};
    action.sa_sigaction = interrupt;
    action.sa_flags = SA_SIGINFO | SA_NODEFER | SA_RESTART;  // its stack frame is never left
    sigaction(kSignal, &action, nullptr);
    std::thread([this] { look(); }).detach();
  }

  void add(Watched& one) {
    const std::lock_guard lock(changing_);
    all_.push_back(&one);
  }

  void remove(Watched& one) {
    const std::lock_guard lock(changing_);
    std::erase(all_, &one);
  }

 private:
  void look() {
    std::unique_lock lock(changing_);
    for (;; lock.unlock(), std::this_thread::sleep_for(kEvery), lock.lock()) {
      const auto now = std::chrono::steady_clock::now().time_since_epoch().count();
      for (Watched* one : all_) {
        const std::uint64_t steps = one->steps_.load(std::memory_order_relaxed);
        const bool still = std::exchange(one->seen_, steps) == steps;
        if (still && now > one->deadline_.load(std::memory_order_relaxed))
          pthread_kill(one->thread_, kSignal);
      }
    }
  }

  std::mutex changing_;
  std::vector<Watched*> all_;
};

namespace {

// Never destroyed: threads of the host may end after everything static has
Watchdog& watchdog() {
  static Watchdog& one = *new Watchdog;
  return one;
}

}  // namespace

Watched::Watched() : thread_(pthread_self()) { watchdog().add(*this); }
Watched::~Watched() { watchdog().remove(*this); }

}  // namespace gradbook::emulator
