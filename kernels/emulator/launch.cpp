#include "kernels/emulator/launch.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <thread>

#include "03_tensor/threads.hpp"
#include "kernels/emulator/contents.hpp"
#include "kernels/emulator/recorder.hpp"
#include "kernels/emulator/streams.hpp"
#include "kernels/emulator/worker.hpp"

namespace gradbook {
namespace {

struct Settings {
  bool checks = true, warps = false, both_orders = false;
  ThreadOrder order = ThreadOrder::ascending;
  double seconds = 10;
  int threads = static_cast<int>(std::max(std::thread::hardware_concurrency(), 1u));
  std::uint64_t launches = 0;
  LaunchReport last;
};

Settings& settings() {
  static Settings all;
  return all;
}

}  // namespace

void check_kernels(bool now) { settings().checks = now; }
void count_warps(bool now) { settings().warps = now; }
void use_thread_order(ThreadOrder order) { settings().order = order; }
void compare_thread_orders(bool now) { settings().both_orders = now; }

void expect_written_once(const void* address) {
  emulator::Allocation* const piece = emulator::device_memory().find(address);
  if (piece == nullptr || piece->freed || piece->begin != address)
    throw KernelFault(FaultKind::launch,
                      "expect_written_once: that is not the beginning of memory of the device");
  piece->writes.assign(piece->cells.size(), 0);
}

void limit_kernels(double seconds) { settings().seconds = seconds; }
void use_kernel_threads(int threads) { settings().threads = std::max(threads, 1); }
const LaunchReport& last_launch() { return settings().last; }

namespace emulator {

namespace {

void require(bool holds, const void* kernel, const SourceLocation& where, const std::string& what) {
  if (holds) return;
  throw KernelFault(FaultKind::launch,
                    fmt::format("launch of {}, {}: {}", function_name(kernel), text(where), what));
}

// The limits of compute capability 8.0 to 10.0
void check_sizes(const void* kernel, const LaunchSizes& sizes, const SourceLocation& where) {
  const dim3 g = sizes.grid, b = sizes.block;
  require(b.x > 0 && b.y > 0 && b.z > 0, kernel, where,
          fmt::format("a block of {} × {} × {} has no threads", b.x, b.y, b.z));
  require(std::uint64_t{b.x} * b.y * b.z <= 1024 && b.z <= 64, kernel, where,
          fmt::format("a block of {} × {} × {} threads: at most 1024 in all, and 64 along z", b.x,
                      b.y, b.z));
  require(g.x > 0 && g.y > 0 && g.z > 0, kernel, where,
          fmt::format("a grid of {} × {} × {} has no blocks: where there is nothing to do, launch "
                      "nothing",
                      g.x, g.y, g.z));
  require(g.x <= 0x7fffffff && g.y <= 65535 && g.z <= 65535, kernel, where,
          fmt::format("a grid of {} × {} × {} blocks: at most 2³¹ − 1 along x, 65535 along y and z",
                      g.x, g.y, g.z));
  require(sizes.shared_bytes <= kDynamicShared, kernel, where,
          fmt::format("{} bytes of shared memory for a block, which can have {}",
                      sizes.shared_bytes, kDynamicShared));
}

void check_pointers(const void* kernel, const PointerArgument* pointers, std::size_t count,
                    const SourceLocation& where) {
  for (std::size_t i = 0; i < count; ++i) {
    if (pointers[i].address == nullptr) continue;  // for who is told not to use it
    const Allocation* const piece = device_memory().find(pointers[i].address);
    require(piece != nullptr, kernel, where,
            fmt::format("argument {} points to memory that is not the device's: a kernel sees what "
                        "cudaMalloc or a DeviceBuffer made, and no vector of the host",
                        pointers[i].place));
    require(!piece->freed, kernel, where,
            fmt::format("argument {} points to memory that has been freed", pointers[i].place));
  }
}

}  // namespace

namespace {

constexpr std::uint64_t kLaunches = 1022;  // that are told apart

// Their count begins again: what was written is as if the host had written it
void forget_launches() {
  device_memory().for_each([](Allocation& piece) {
    for (Cell& cell : piece.cells)
      cell = {.write = cell.write ? Moment::by_host() : Moment(), .read = {}, .other_read = {}};
  });
}

Worker& own_worker() {
  static thread_local Worker own;
  return own;
}

LaunchReport run_once(const Call& call, const LaunchSizes& sizes, ThreadOrder order,
                      std::span<const PointerArgument> pointers) {
  Settings& now = settings();
  const auto begin = std::chrono::steady_clock::now();
  const std::uint64_t blocks = std::uint64_t{sizes.grid.x} * sizes.grid.y * sizes.grid.z;
  Launch launch(call, sizes, std::min(blocks, kToldApart));
  launch.number = now.launches % kLaunches + 1;
  launch.era = now.launches++ / kLaunches;
  if (launch.number == 1) forget_launches();
  launch.checks = now.checks;
  launch.record = recording() && !pointers.empty();
  launch.warps = now.warps || launch.record;
  launch.order = order;
  launch.deadline = begin + std::chrono::duration_cast<std::chrono::steady_clock::duration>(
                                std::chrono::duration<double>(now.seconds));
  std::atomic<std::uint64_t> next = 0;
  const int workers = static_cast<int>(std::min<std::uint64_t>(blocks, now.threads));
  parallel_for(workers, 1, workers, [&](std::int64_t, std::int64_t) {
    Worker& own = own_worker();
    for (std::uint64_t block; !launch.failed && (block = next++) < blocks;)
      own.run_block(launch, block);
    worker = nullptr;
    const std::lock_guard lock(launch.failing);
    launch.counters += own.take_counters();
  });
  if (launch.thrown) std::rethrow_exception(launch.thrown);
  if (launch.race) throw KernelFault(FaultKind::race, own_worker().name_first(launch));
  if (launch.fault) throw KernelFault(*launch.fault);
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begin;
  LaunchReport report = {function_name(call.kernel), sizes.grid,      sizes.block,
                         sizes.shared_bytes,         launch.counters, took.count()};
  if (launch.record) write_down(report, launch.recorded, pointers);
  return report;
}

// What is to be written once by one launch, and whether it was
class WrittenOnce {
 public:
  ~WrittenOnce() {  // the next launch may do as it likes
    device_memory().for_each([](Allocation& piece) { piece.writes.clear(); });
  }

  void check(const Call& call) const {
    std::string never;
    device_memory().for_each([&](Allocation& piece) {
      const auto first = std::ranges::find(piece.writes, 0);
      if (first != piece.writes.end() && never.empty())
        never = fmt::format(
            "{}: four bytes at {} of {} are never written, and each is to be written once. Do grid "
            "and block reach all of them, and is the guard right?",
            function_name(call.kernel), 4 * (first - piece.writes.begin()), piece.size);
    });
    if (!never.empty()) throw KernelFault(FaultKind::not_once, never);
  }
};

void run_now(const Call& call, const LaunchSizes& sizes,
             std::span<const PointerArgument> pointers) {
  const WrittenOnce outputs;
  Settings& now = settings();
  if (now.both_orders) {
    const Contents before = contents();
    run_once(call, sizes, ThreadOrder::descending, {});
    const Contents descending = contents();
    restore(before);
    now.last = run_once(call, sizes, ThreadOrder::ascending, pointers);
    const std::string differs = difference(descending);
    if (!differs.empty())
      throw KernelFault(FaultKind::order,
                        fmt::format("{}: {}. Threads run in any order: a barrier, an atomic or "
                                    "another place for each makes the result the same",
                                    function_name(call.kernel), differs));
  } else {
    now.last = run_once(call, sizes, now.order, pointers);
  }
  outputs.check(call);
}

}  // namespace

void run(const Call& call, const LaunchSizes& sizes, const PointerArgument* pointers,
         std::size_t count, const Turn& turn, const SourceLocation& where) {
  try {
    check_sizes(call.kernel, sizes, where);
    check_pointers(call.kernel, pointers, count, where);
    require(streams().has(turn.stream), call.kernel, where, "its stream is not there");
  } catch (const KernelFault&) {
    const WrittenOnce forgotten;
    throw;
  }
  const Asked asked = streams().ask(
      turn.stream, {function_name(call.kernel), Engine::compute, streams().model.kernel_seconds,
                    [=, kept = turn.kept, all = std::vector(pointers, pointers + count)] {
                      run_now(call, sizes, all);
                    }});
  if (turn.kept == nullptr && !streams().finish(asked)) streams().rethrow();
}

}  // namespace emulator
}  // namespace gradbook
