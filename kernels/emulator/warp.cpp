// What the lanes of a warp do together.
#include "kernels/emulator/worker.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace gradbook::emulator {
namespace {

// What a lane gets of one that does not take part: as float and as double no number
constexpr std::uint64_t kUndefined = 0x7ff4dead'7ff4dead;

// Whose value a lane gets
std::size_t source_of(const WarpWait& wait, int lane) {
  const int base = lane / wait.width * wait.width, end = base + wait.width;
  int source = lane;
  if (wait.op == WarpOp::shuffle) source = base + (wait.lane & (wait.width - 1));
  if (wait.op == WarpOp::shuffle_up) source = lane - wait.lane;
  if (wait.op == WarpOp::shuffle_down) source = lane + wait.lane;
  if (wait.op == WarpOp::shuffle_xor) source = lane ^ wait.lane;
  // A group does not look below itself, nor above, but a lane of it may by xor look below
  const bool within = source < end && (source >= base || wait.op == WarpOp::shuffle_xor);
  return static_cast<std::size_t>(within ? source : lane);
}

}  // namespace

unsigned Worker::active_lanes() const {
  const std::size_t first = now_->moment.thread() / 32 * 32;
  unsigned lanes = 0;
  for (std::size_t i = first; i < std::min(first + 32, threads_.size()); ++i)
    lanes |= unsigned{threads_[i].state != State::done} << (i - first);
  return lanes;
}

std::uint64_t Worker::exchange(const WarpWait& wait, const SourceLocation& where) {
  ++counters_.warp_operations;
  now_->where = where;
  now_->wait = wait;
  if (wait.width < 1 || wait.width > 32 || (wait.width & (wait.width - 1)) != 0) {
    worker = nullptr;
    stop(FaultKind::warp, fmt::format("gives a warp operation the width {}", wait.width),
         text(where), "The width of its groups is 1, 2, 4, 8, 16 or 32");
  }
  if ((wait.mask >> now_->moment.thread() % 32 & 1) == 0) {
    worker = nullptr;
    stop(FaultKind::warp,
         fmt::format("is not in the mask {:#010x} of the warp operation it calls", wait.mask),
         text(where), "The mask has a bit for each lane that takes part, this one too");
  }
  if (!complete(*now_)) suspend(State::at_warp_operation);
  return now_->wait.bits;
}

void Worker::meet_all(WarpOp op, std::uint64_t bits, const SourceLocation& where) {
  const std::size_t first = now_->moment.thread() / 32 * 32;
  if (threads_.size() - first < 32) {
    worker = nullptr;
    stop(FaultKind::warp,
         fmt::format("calls an operation of whole warps, and its warp has {} lanes",
                     threads_.size() - first),
         text(where), "A block for tensor cores has a multiple of 32 threads");
  }
  exchange({op, ~0u, bits, 0, warpSize}, where);
}

// A lane brings another tile than the first one of its warp
void Worker::report_other_tile(std::size_t lane) {
  worker = nullptr;
  const Thread& other = threads_[now_->moment.thread() / 32 * 32 + lane];
  fail(FaultKind::warp,
       fmt::format("{}, {}: {} gives another tile than the first lane of its warp. All 32 lanes "
                   "load and store one tile together: compute its address from the warp's number, "
                   "not from the thread's",
                   function_name(launch_->call.kernel), text(other.where), who(other)));
  leave();
}

// Gives each lane of the mask what it gets, if all of them that the block has have come
bool Worker::complete(Thread& last) {
  const std::size_t first = last.moment.thread() / 32 * 32;
  const std::size_t lanes = std::min<std::size_t>(32, threads_.size() - first);
  const unsigned there = lanes == 32 ? ~0u : (1u << lanes) - 1, mask = last.wait.mask & there;
  std::array<std::uint64_t, 32> brought{};
  std::uint64_t ballot = 0;
  for (std::size_t lane = 0; lane < lanes; ++lane) {
    if ((mask >> lane & 1) == 0) continue;
    const Thread& other = threads_[first + lane];
    const bool here =
        &other == &last || (other.state == State::at_warp_operation &&
                            other.wait.op == last.wait.op && other.wait.mask == last.wait.mask);
    if (!here) return false;
    brought[lane] = other.wait.bits;
    ballot |= std::uint64_t{other.wait.bits != 0} << lane;
  }
  if (last.wait.op == WarpOp::matrix_product) multiply(brought);
  if (last.wait.op == WarpOp::matrix_place) {
    const auto* const other =
        std::ranges::find_if(brought, [&](std::uint64_t bits) { return bits != brought[0]; });
    if (other != brought.end())
      report_other_tile(static_cast<std::size_t>(other - brought.begin()));
  }
  bool again = false;
  for (std::size_t lane = 0; lane < lanes; ++lane) {
    if ((mask >> lane & 1) == 0) continue;
    Thread& thread = threads_[first + lane];
    if (thread.wait.op == WarpOp::sync && thread.moment.pass_warp()) again = true;
    const auto source = source_of(thread.wait, static_cast<int>(lane));
    if (thread.wait.op == WarpOp::ballot) {
      thread.wait.bits = ballot;
    } else if ((mask >> source & 1) != 0) {
      thread.wait.bits = brought[source];
    } else if (source < lanes && thread.wait.op != WarpOp::shuffle) {
      thread.wait.bits = kUndefined;  // no harm is done as long as nobody uses it
    } else {
      worker = nullptr;
      fail(FaultKind::warp,
           fmt::format(
               "{}, {}: {} takes the value of lane {}, which {}: what it gets is undefined. {}",
               function_name(launch_->call.kernel), text(thread.where), who(thread), source,
               source < lanes ? "does not take part" : "the block does not have",
               source < lanes ? fmt::format("Take that lane into the mask {:#010x}, or take from "
                                            "another one",
                                            thread.wait.mask)
                              : fmt::format("A block of {} threads has {} lanes in its last warp",
                                            threads_.size(), lanes)));
      leave();
    }
    if (&thread != &last) thread.state = State::ready;
  }
  if (again) make_old(last.moment, true);
  return true;
}

}  // namespace gradbook::emulator
