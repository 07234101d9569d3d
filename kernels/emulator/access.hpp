/// @file
/// Looks at an access of a kernel: inlined into each function that the compiler calls before one.
#pragma once

#include <fmt/format.h>

#include "kernels/emulator/worker.hpp"

namespace gradbook::emulator {

// Whether two accesses clash: nothing orders them, they meet in a byte, and not both are atomic
__attribute__((always_inline)) inline bool Worker::clash(Moment other, Moment mine) const {
  return other && !ordered(other, mine) && (other.bytes() & mine.bytes()) != 0 &&
         !(other.atomic() && mine.atomic()) && !told(other);
}

// Whether an access is in order; notes it
__attribute__((always_inline)) inline void Worker::look_at(Cell& cell, Moment mine, bool writes,
                                                           bool shared, const void* code) {
  // What another block left in shared memory has never been there for this one
  if (shared && cell.write && !cell.write.same_block(mine)) cell = {};
  // Where another thread writes it before the next barrier, nothing orders the two: lets it run
  if (shared && (!writes || mine.atomic()) && !cell.write) suspend(State::ready);
  if ((!writes || mine.atomic()) && !cell.write) report_unwritten(cell, shared, code);
  if (clash(cell.write, mine)) report_race(cell.write, true, cell, mine, writes, shared, code);
  if (!writes) {
    if (cell.read.same_thread(mine) || !cell.read || ordered(cell.read, mine))
      cell.read = mine;
    else
      cell.other_read = mine;
    return;
  }
  if (clash(cell.read, mine)) report_race(cell.read, false, cell, mine, writes, shared, code);
  if (clash(cell.other_read, mine))
    report_race(cell.other_read, false, cell, mine, writes, shared, code);
  cell.write = mine;
}

// Inlined into each function that the compiler calls, where size and direction are known
__attribute__((always_inline)) inline void Worker::access(const void* address, std::size_t size,
                                                          bool writes, bool atomic,
                                                          const void* code) {
  const auto a = reinterpret_cast<std::uintptr_t>(address);
  if (a - stack_ < kStack || !launch_->checks) return;  // its own variables
  const bool shared = a - shared_low_ < shared_size_;
  const char* const does = atomic ? "changes" : writes ? "writes" : "reads";
  Cell* cells = nullptr;
  if (shared) {
    for (const std::uintptr_t index : indices_) {
      if (a - index < sizeof(uint3)) return;  // threadIdx and the like
    }
    if (size == 1 && is_guard_[a - shared_low_] != 0) return;
    const auto dynamic = reinterpret_cast<std::uintptr_t>(dynamic_shared);
    if (a - dynamic < kDynamicShared && a - dynamic + size > launch_->sizes.shared_bytes) {
      worker = nullptr;
      stop(FaultKind::out_of_bounds,
           fmt::format("{} shared memory at byte {}, and the launch asked for {} bytes of it", does,
                       a - dynamic, launch_->sizes.shared_bytes),
           source_line(code), "The fourth argument of launch says how many bytes a block gets");
    }
    cells = &shared_cells_[(a - shared_low_) / 4];
    ++(writes ? counters_.shared_writes : counters_.shared_reads);
  } else {
    Allocation* const piece = piece_at(a);
    if (piece == nullptr && !writes && !atomic && may_read(a)) return;
    const auto begin = piece != nullptr ? reinterpret_cast<std::uintptr_t>(piece->begin) : 0;
    if (piece == nullptr || piece->freed || a < begin || a + size > begin + piece->size)
      report_place(a, size, does, piece, code);
    cells = &piece->cells[(a - begin) / 4];
    if (writes && !piece->writes.empty()) {
      for (std::size_t i = (a - begin) / 4; i < (a - begin + size + 3) / 4; ++i) {
        if (piece->writes[i]++ > 0 && size >= 4) report_second_write(i, code);
      }
    }
    ++(writes ? counters_.global_writes : counters_.global_reads);
    (writes ? counters_.global_write_bytes : counters_.global_read_bytes) +=
        static_cast<std::int64_t>(size);
  }
  if (a % size != 0) {
    worker = nullptr;
    stop(FaultKind::misaligned,
         fmt::format("{} {} bytes at an address that is {} bytes past a multiple of {}", does, size,
                     a % size, size),
         source_line(code),
         "An address must be a multiple of the size that is read or written at once: does each row "
         "begin at one?");
  }
  if (atomic) {
    ++counters_.atomics;
    launch_->acquired[block_ % launch_->acquired.size()] = true;
  }
  if (launch_->warps) {
    const unsigned thread = now_->moment.thread();
    traffic_[thread / 32].note(thread % 32, code, a, size, shared);
  }
  if (launch_->sought != nullptr) return search(a, size, writes, shared, code);
  if (launch_->record && block_ == 0) record(a, size, writes, shared);
  const unsigned bytes = size >= 4 ? 15 : ((1u << size) - 1) << a % 4;
  const Moment mine = now_->moment.touching(bytes, atomic);
  for (std::size_t i = 0; i < (size + 3) / 4; ++i) look_at(cells[i], mine, writes, shared, code);
}

}  // namespace gradbook::emulator
