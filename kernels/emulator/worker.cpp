// How the threads of a block take turns: each runs until a barrier or a warp operation.
#include "kernels/emulator/worker.hpp"

#include <fmt/format.h>
#include <link.h>
#include <sys/mman.h>

#include <algorithm>
#include <numeric>
#include <stdexcept>

#include "00_course/not_started.hpp"
#include "kernels/emulator/recorder.hpp"
#include "kernels/emulator/symbols.hpp"

__thread uint3 threadIdx, blockIdx;
__thread dim3 blockDim, gridDim;

namespace gradbook::emulator {
namespace {

namespace context = boost::context::detail;

constexpr std::size_t kMostThreads = 1024;
constexpr std::uint64_t kStepsATurn = 1 << 16;  // then others run, who may be waited for in a loop

// The variables of this program of which each thread of the host has its own
void find_thread_local(std::uintptr_t& low, std::uintptr_t& size) {
  std::pair<std::uintptr_t, std::uintptr_t> found{0, 0};
  const auto look = [](dl_phdr_info* info, std::size_t, void* to) {
    for (int i = 0; i < info->dlpi_phnum; ++i) {
      if (info->dlpi_phdr[i].p_type != PT_TLS) continue;
      *static_cast<std::pair<std::uintptr_t, std::uintptr_t>*>(to) = {
          reinterpret_cast<std::uintptr_t>(info->dlpi_tls_data), info->dlpi_phdr[i].p_memsz};
    }
    return 1;  // the first is the program itself
  };
  dl_iterate_phdr(look, &found);
  std::tie(low, size) = found;
}

}  // namespace

__thread Worker* worker = nullptr;

std::string text(const uint3& i) { return fmt::format("({}, {}, {})", i.x, i.y, i.z); }

std::string text(const SourceLocation& where) {
  const std::string_view file = where.file_name();
  return fmt::format("{}:{}", file.substr(file.rfind('/') + 1), where.line());
}

Worker::Worker() {
  find_thread_local(shared_low_, shared_size_);
  shared_cells_.resize((shared_size_ + 7) / 4);
  is_guard_.resize(shared_size_);
  for (const std::uintptr_t offset : guard_bytes()) is_guard_.at(offset) = 1;
  const void* const indices[] = {&threadIdx, &blockIdx, &blockDim, &gridDim};
  std::ranges::transform(indices, indices_.begin(), [](const void* address) {
    return reinterpret_cast<std::uintptr_t>(address);
  });
  void* const memory = mmap(nullptr, kMostThreads * kStack, PROT_READ | PROT_WRITE,
                            MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  if (memory == MAP_FAILED) throw std::runtime_error("no memory for the stacks of 1024 threads");
  stacks_ = static_cast<std::byte*>(memory);
  fibers_.resize(kMostThreads);
  for (std::size_t i = 0; i < kMostThreads; ++i) fibers_[i].low = stacks_ + i * kStack;
}

Worker::~Worker() { munmap(stacks_, kMostThreads * kStack); }

// ---- a block ------------------------------------------------------------------------------------

void Worker::begin(Launch& launch, std::uint64_t number) {
  const dim3 grid = launch.sizes.grid, block = launch.sizes.block;
  launch_ = &launch;
  block_ = number;
  phase_ = 0;
  if (std::exchange(era_, launch.era) != launch.era) std::ranges::fill(shared_cells_, Cell());
  blockIdx = {static_cast<unsigned>(number % grid.x),
              static_cast<unsigned>(number / grid.x % grid.y),
              static_cast<unsigned>(number / grid.x / grid.y)};
  blockDim = block;
  gridDim = grid;
  const std::size_t n = std::size_t{block.x} * block.y * block.z;
  threads_.resize(n);
  order_.resize(n);
  std::iota(order_.begin(), order_.end(), 0u);
  if (launch.order == ThreadOrder::descending) std::ranges::reverse(order_);
  for (std::size_t i = 0; i < n; ++i) {
    Thread& thread = threads_[i];
    thread.index = {static_cast<unsigned>(i % block.x),
                    static_cast<unsigned>(i / block.x % block.y),
                    static_cast<unsigned>(i / block.x / block.y)};
    thread.state = State::fresh;
    thread.fiber = nullptr;
    thread.copies.clear();
    thread.groups = 0;
    thread.moment = Moment(launch.number, number, i);
  }
  recent_ = {};  // since the last block, memory may have been freed
  traffic_.resize(launch.warps ? (n + 31) / 32 : 0);
  next_fresh_ = 0;
  free_.clear();
  for (Fiber& fiber : fibers_) free_.push_back(&fiber);
}

void Worker::run_block(Launch& launch, std::uint64_t number) {
  begin(launch, number);
  watched_.enter(launch.deadline.time_since_epoch().count());
  run_threads();
  watched_.leave();
  add_up_traffic();
}

void Worker::run_threads() {
  Launch& launch = *launch_;
  const auto is = [](State state) { return [=](const Thread& t) { return t.state == state; }; };
  do {
    for (const std::uint32_t i : order_) {
      if (launch.failed) return;
      if (threads_[i].state == State::fresh || threads_[i].state == State::ready)
        resume(threads_[i]);
    }
  } while (!launch.failed &&
           (std::ranges::any_of(threads_, is(State::ready)) || release_barrier()));
  if (!launch.failed && !std::ranges::all_of(threads_, is(State::done))) explain_deadlock();
}

// Whether there is something to go on with: all that have not ended wait at one barrier
bool Worker::release_barrier() {
  const Thread& first = threads_.front();
  for (const Thread& thread : threads_) {
    if (thread.state != State::at_barrier || thread.where.line() != first.where.line() ||
        thread.where.column() != first.where.column() ||
        thread.where.file_name() != first.where.file_name())
      return false;
  }
  bool again = false;
  for (Thread& thread : threads_) {
    thread.state = State::ready;
    again = thread.moment.pass_barrier();
  }
  if (again) make_old(threads_.front().moment, false);
  ++counters_.barriers;
  ++phase_;
  add_up_traffic();
  return true;
}

// Their count begins again, so all that was noted with the old count is marked: of the block, or of
// a warp since the last barrier
void Worker::make_old(Moment now, bool of_warp) {
  const auto mark = [&](Moment& moment) {
    if (of_warp && moment.same_warp_phase(now)) moment.become_old_in_warp();
    if (!of_warp && moment.same_block(now)) moment.become_old();
  };
  const auto mark_all = [&](std::vector<Cell>& cells) {
    for (Cell& cell : cells) mark(cell.write), mark(cell.read), mark(cell.other_read);
  };
  mark_all(shared_cells_);
  device_memory().for_each([&](Allocation& piece) { mark_all(piece.cells); });
}

// Only the worker of the first block comes here
void Worker::record(std::uintptr_t address, std::size_t size, bool writes, bool shared) {
  if (launch_->recorded.size() < kMostRecorded)
    launch_->recorded.push_back(
        {phase_, now_->moment.thread(), address, static_cast<std::uint32_t>(size), writes, shared});
}

void Worker::add_up_traffic() {
  for (std::size_t warp = 0; warp < traffic_.size(); ++warp)
    traffic_[warp].add_to(counters_, static_cast<unsigned>(threads_.size() - 32 * warp));
}

// ---- fibers -------------------------------------------------------------------------------------

Fiber* Worker::take_fiber() {
  Fiber* const fiber = free_.back();
  free_.pop_back();
  fiber->context = context::make_fcontext(fiber->low + kStack, kStack, enter);
  return fiber;
}

void Worker::resume(Thread& thread) {
  now_ = &thread;
  threadIdx = thread.index;
  if (thread.state == State::fresh) thread.fiber = take_fiber();
  Fiber* const fiber = thread.fiber;
  stack_ = reinterpret_cast<std::uintptr_t>(fiber->low);
  worker = this;
  fiber->context = context::jump_fcontext(fiber->context, this).fctx;
  worker = nullptr;
}

void Worker::enter(context::transfer_t from) {
  Worker& self = *static_cast<Worker*>(from.data);
  self.scheduler_ = from.fctx;
  self.run_fresh();
  self.leave();
}

// Most kernels come to no barrier, and one fiber is enough for all threads of a block
void Worker::run_fresh() {
  Fiber* const fiber = now_->fiber;
  for (;;) {
    now_->state = State::ready;
    try {
      launch_->call.thread(launch_->call.arguments);
    } catch (const NotStarted&) {
      const std::lock_guard lock(launch_->failing);
      if (!launch_->failed.exchange(true)) launch_->thrown = std::current_exception();
    } catch (const std::exception& thrown) {
      worker = nullptr;
      fail(FaultKind::exception,
           fmt::format("{}: {} throws an exception: {}. A GPU knows no exceptions",
                       function_name(launch_->call.kernel), who(*now_), thrown.what()));
    } catch (...) {
      const std::lock_guard lock(launch_->failing);
      if (!launch_->failed.exchange(true)) launch_->thrown = std::current_exception();
    }
    now_->state = State::done;
    while (next_fresh_ < order_.size() && threads_[order_[next_fresh_]].state != State::fresh)
      ++next_fresh_;
    if (next_fresh_ == order_.size() || launch_->failed) break;
    now_ = &threads_[order_[next_fresh_]];
    now_->fiber = fiber;
    threadIdx = now_->index;
  }
  free_.push_back(fiber);
}

void Worker::leave() { scheduler_ = context::jump_fcontext(scheduler_, nullptr).fctx; }

void Worker::suspend(State state) {
  now_->state = state;
  leave();
}

// ---- what threads ask for -----------------------------------------------------------------------

void Worker::barrier(const SourceLocation& where) {
  now_->where = where;
  suspend(State::at_barrier);
}

void Worker::step(const void* code) {
  if (watched_.step() % kStepsATurn == 0) turn_over_ = true;
  if (!turn_over_ || held_) return;
  turn_over_ = false;
  if (std::chrono::steady_clock::now() > launch_->deadline) stop_endless(code);
  suspend(State::ready);
}

void Worker::stop_endless(const void* code) {
  worker = nullptr;
  stop(FaultKind::endless, "has not come to its end, and the time of the launch is over",
       source_line(code),
       "Does every loop end? Where a thread waits for another block, that one may not have begun");
}

// ---- faults -------------------------------------------------------------------------------------

std::string Worker::who(const Thread& thread) const {
  return fmt::format("thread {} of block {}", text(thread.index), text(blockIdx));
}

void Worker::fail(FaultKind kind, const std::string& message) {
  const std::lock_guard lock(launch_->failing);
  if (!launch_->failed.exchange(true)) launch_->fault.emplace(kind, message);
}

void Worker::stop(FaultKind kind, const std::string& what, const std::string& line,
                  const std::string& advice) {
  fail(kind, fmt::format("{}{}: {} {}. {}", function_name(launch_->call.kernel),
                         line.empty() ? "" : ", " + line, who(*now_), what, advice));
  leave();  // for good: the stack is dropped as it is
  __builtin_unreachable();
}

KernelCounters Worker::take_counters() { return std::exchange(counters_, {}); }

}  // namespace gradbook::emulator
