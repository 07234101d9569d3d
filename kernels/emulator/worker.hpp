/// @file
/// One thread of the host that runs blocks, one after the other, each CUDA thread a fiber.
#pragma once

#include <array>
#include <atomic>
#include <boost/context/detail/fcontext.hpp>
#include <chrono>
#include <cstddef>
#include <exception>
#include <mutex>
#include <optional>
#include <vector>

#include "kernels/emulator/launch.hpp"
#include "kernels/emulator/memory.hpp"
#include "kernels/emulator/pipeline.hpp"
#include "kernels/emulator/recording.hpp"
#include "kernels/emulator/traffic.hpp"
#include "kernels/emulator/watchdog.hpp"

namespace gradbook::emulator {

inline constexpr std::size_t kStack = 64 * 1024;           ///< bytes, for each CUDA thread
inline constexpr std::size_t kDynamicShared = 227 * 1024;  ///< bytes, the most a block may ask for
extern __thread std::byte dynamic_shared[kDynamicShared];  ///< what `extern __shared__` names

/// How many blocks are told apart, as a Moment has room for.
inline constexpr std::uint64_t kToldApart = 1 << 20;

/// Two accesses of one place that nothing orders.
struct Race {
  Moment first, second;      ///< when
  std::uint64_t block;       ///< of the first
  bool wrote;                ///< the first; else it read
  std::uintptr_t place;      ///< the address, in shared memory how far from its beginning
  bool shared;               ///< whether in shared memory
  std::string line;          ///< of the first, once it is known
  bool second_came = false;  ///< while it is looked for
};

/// What all workers of a launch share.
struct Launch {
  /// Of this kernel, with so many blocks that are told apart.
  Launch(const Call& call, const LaunchSizes& sizes, std::size_t blocks)
      : call(call), sizes(sizes), fenced(blocks), acquired(blocks) {}

  Call call;                 ///< the kernel
  LaunchSizes sizes;         ///< of the grid and of a block
  std::uint64_t era = 0;     ///< how often launches have been counted from 1 on again
  std::uint64_t number = 1;  ///< which launch, as a Moment has it
  bool warps = false;        ///< whether accesses are put together warp by warp
  bool record = false;       ///< whether the first block's accesses are written down
  bool checks = true;        ///< whether accesses are looked at
  Race* sought = nullptr;    ///< the race of which the first access is looked for
  ThreadOrder order = ThreadOrder::ascending;      ///< of the threads of a block
  std::chrono::steady_clock::time_point deadline;  ///< when it counts as endless

  std::vector<std::atomic<bool>> fenced, acquired;  ///< of each block: __threadfence, an atomic
  std::atomic<bool> failed = false;                 ///< nothing more is begun
  std::mutex failing;                               ///< of the next two
  std::optional<KernelFault> fault;                 ///< the first
  std::optional<Race> race;                         ///< if that is what the fault is
  std::vector<RecordedAccess> recorded;             ///< of the first block
  std::exception_ptr thrown;                        ///< by the kernel
  KernelCounters counters;                          ///< of the workers that are done
};

/// How far a CUDA thread is.
enum class State : std::uint8_t { fresh, ready, at_barrier, at_warp_operation, done };

/// What a lane waits for.
struct WarpWait {
  WarpOp op;           ///< the operation
  unsigned mask;       ///< which lanes take part
  std::uint64_t bits;  ///< what it brings; then what it gets
  int lane, width;     ///< whose value it wants
};

/// A stack, and where on it a thread was left.
struct Fiber {
  std::byte* low;                              ///< its lowest address
  boost::context::detail::fcontext_t context;  ///< where to go on
};

/// An asynchronous copy that has not been waited for.
struct PendingCopy {
  AsyncCopy what;        ///< from where to where
  std::size_t group;     ///< which of the thread's groups it belongs to
  SourceLocation where;  ///< the line
  const void* code;      ///< the same
};

/// A CUDA thread of the block that runs.
struct Thread {
  uint3 index;                        ///< threadIdx
  State state = State::fresh;         ///< how far it is
  Fiber* fiber = nullptr;             ///< where it is, once it has begun
  Moment moment{};                    ///< as the shadow notes it
  SourceLocation where;               ///< of the barrier or of the operation it waits at
  WarpWait wait{};                    ///< for a warp operation
  std::vector<PendingCopy> copies{};  ///< in the order in which they were begun
  std::size_t groups = 0;             ///< of copies, that were committed
};

/// See above.
class Worker {
 public:
  Worker();
  ~Worker();
  Worker(const Worker&) = delete;
  Worker& operator=(const Worker&) = delete;

  /// Runs one block to its end, or until something is wrong.
  void run_block(Launch& launch, std::uint64_t number);

  /// The message of a launch that ended in a race, with the line of the first access if it is found
  /// by running its block once more. What is on the device is as unknown then as before.
  std::string name_first(const Launch& launch);

  // ---- called by the thread that runs -----------------------------------------------------------

  /// Ends the launch, and never comes back.
  [[noreturn]] void stop(FaultKind kind, const std::string& what, const std::string& line,
                         const std::string& advice);

  /// Waits for the others of the block.
  void barrier(const SourceLocation& where);

  /// Waits for lanes of the warp.
  std::uint64_t exchange(const WarpWait& wait, const SourceLocation& where);

  /// Waits for all 32 lanes of the warp, each of which brings `bits`.
  void meet_all(WarpOp op, std::uint64_t bits, const SourceLocation& where);

  /// The number of the thread in its warp.
  int lane() const { return static_cast<int>(now_->moment.thread() % 32); }

  /// Looks at an access that the emulator does for the thread, and counts it.
  void touch(const void* address, std::size_t size, bool writes, const void* code);

  /// Looks at an access, and counts it.
  inline void access(const void* address, std::size_t size, bool writes, bool atomic,
                     const void* code);

  /// The same of bytes that begin anywhere.
  void access_range(const void* address, std::size_t size, bool writes, const void* code);

  /// Counts a step; lets others run, or ends an endless kernel, now and then.
  void step(const void* code);

  /// Ends a kernel whose time is over.
  [[noreturn]] void stop_endless(const void* code);

  /// Begins and ends an atomic operation, in which the thread is not interrupted.
  void hold(bool now) { held_ = now; }
  /// Whether it is in one.
  bool held() const { return held_; }

  /// Notes a __threadfence.
  void fence() { launch_->fenced[block_ % launch_->fenced.size()] = true; }

  /// As the functions of these names in pipeline.hpp.
  void begin_copy(const AsyncCopy& copy, const SourceLocation& where, const void* code);
  void commit_copies();              ///< likewise
  void end_copies(std::size_t but);  ///< likewise

  unsigned active_lanes() const;  ///< of the warp that runs

  /// Of all that it has run since the last call.
  KernelCounters take_counters();

 private:
  void begin(Launch& launch, std::uint64_t number);
  void run_threads();
  void resume(Thread& thread);
  void suspend(State state);
  void run_fresh();  // on a fiber: this thread, and then those that have not begun
  static void enter(boost::context::detail::transfer_t from);
  void leave();  // to whoever resumed this fiber
  Fiber* take_fiber();
  bool release_barrier();
  void add_up_traffic();
  void make_old(Moment now, bool of_warp);
  bool complete(Thread& last);
  void fail(FaultKind kind, const std::string& message);
  void explain_deadlock();
  inline bool clash(Moment other, Moment mine) const;
  bool told(Moment other) const;
  bool may_read(std::uintptr_t address) const;
  inline void look_at(Cell& cell, Moment mine, bool writes, bool shared, const void* code);
  [[noreturn]] void report_unwritten(const Cell& cell, bool shared, const void* code);
  void report_other_tile(std::size_t lane);
  [[noreturn]] void report_race(Moment other, bool wrote, const Cell& cell, Moment mine,
                                bool writes, bool shared, const void* code);
  void search(std::uintptr_t address, std::size_t size, bool writes, bool shared, const void* code);
  [[noreturn]] void report_second_write(std::size_t place, const void* code);
  [[noreturn]] void report_place(std::uintptr_t address, std::size_t size, const char* does,
                                 const Allocation* piece, const void* code);
  Allocation* piece_at(std::uintptr_t address);
  void record(std::uintptr_t address, std::size_t size, bool writes, bool shared);
  std::string who(const Thread& thread) const;

  Launch* launch_ = nullptr;
  std::uint64_t block_ = 0;
  std::uint32_t phase_ = 0;  // barriers that it has passed
  std::uint64_t era_ = 0;
  std::vector<Thread> threads_;
  std::vector<std::uint32_t> order_;
  std::size_t next_fresh_ = 0;
  Thread* now_ = nullptr;
  std::uintptr_t stack_ = 0;  // the lowest address of the one in use
  boost::context::detail::fcontext_t scheduler_ = nullptr;
  std::byte* stacks_ = nullptr;
  std::vector<Fiber> fibers_;
  std::vector<Fiber*> free_;
  Watched watched_;
  bool held_ = false;
  bool turn_over_ = false;  // it is another thread's turn, once this one is in no atomic operation
  KernelCounters counters_;
  std::vector<WarpTraffic> traffic_;  // of each warp, since the last barrier

  std::uintptr_t shared_low_ = 0, shared_size_ = 0;
  std::array<std::uintptr_t, 4> indices_{};  // where threadIdx and the like are
  std::vector<Cell> shared_cells_;
  std::vector<std::uint8_t> is_guard_;  // of each byte there, whether it is one of guard_bytes()
  std::array<Allocation*, 4> recent_{};
  std::size_t next_recent_ = 0;
};

/// d = a b + c, with the MatrixProduct of each lane.
void multiply(const std::array<std::uint64_t, 32>& products);

/// "(3, 0, 0)".
std::string text(const uint3& index);
/// "vector_add.cpp:12".
std::string text(const SourceLocation& where);

/// The worker of this thread of the host while a kernel runs on it, else nullptr. Whoever composes
/// a message sets it to that first: the standard library's functions may be linked from a watched
/// file.
extern __thread Worker* worker;

}  // namespace gradbook::emulator
