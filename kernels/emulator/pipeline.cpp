// Copies into shared memory are done when they are waited for, the latest that a GPU may take.
#include "kernels/emulator/pipeline.hpp"

#include <cstring>

#include "kernels/emulator/access.hpp"

namespace gradbook::emulator {

void Worker::begin_copy(const AsyncCopy& copy, const SourceLocation& where, const void* code) {
  const auto to = reinterpret_cast<std::uintptr_t>(copy.to);
  const auto from = reinterpret_cast<std::uintptr_t>(copy.from);
  if ((copy.size != 4 && copy.size != 8 && copy.size != 16) || copy.zeros > copy.size) {
    worker = nullptr;
    stop(FaultKind::misaligned,
         fmt::format("copies {} bytes, {} of which are zeros", copy.size, copy.zeros), text(where),
         "An asynchronous copy has 4, 8 or 16 bytes");
  }
  if (to - shared_low_ >= shared_size_ || from - shared_low_ < shared_size_ ||
      from - stack_ < kStack) {
    worker = nullptr;
    stop(FaultKind::foreign, "begins a copy that does not go from the device to shared memory",
         text(where), "The first argument is the shared memory, the second that of the device");
  }
  if (copy.zeros == 0)
    access(copy.from, copy.size, false, false, code);
  else
    access_range(copy.from, copy.size - copy.zeros, false, code);
  access(copy.to, copy.size, true, false, code);
  // What was there is gone, and nobody reads it until the copy is done
  if (launch_->checks) std::fill_n(&shared_cells_[(to - shared_low_) / 4], copy.size / 4, Cell());
  now_->copies.push_back({copy, now_->groups, where, code});
}

void Worker::commit_copies() { ++now_->groups; }

void Worker::end_copies(std::size_t but) {
  std::vector<PendingCopy>& copies = now_->copies;
  std::size_t kept = 0;
  for (std::size_t i = 0; i < copies.size(); ++i) {
    const PendingCopy copy = copies[i];
    if (copy.group + but >= now_->groups) {
      copies[kept++] = copy;
      continue;
    }
    auto* const to = static_cast<std::byte*>(copy.what.to);
    const std::size_t size = copy.what.size - copy.what.zeros;
    std::memcpy(to, copy.what.from, size);
    std::memset(to + size, 0, copy.what.zeros);
    if (!launch_->checks) continue;
    if (launch_->sought != nullptr) {
      search(reinterpret_cast<std::uintptr_t>(to), copy.what.size, true, true, copy.code);
      continue;
    }
    const auto first = (reinterpret_cast<std::uintptr_t>(to) - shared_low_) / 4;
    for (std::size_t word = 0; word < copy.what.size / 4; ++word)
      look_at(shared_cells_[first + word], now_->moment.touching(15, false), true, true, copy.code);
  }
  copies.resize(kept);
}

// A place without a number may be one to which a copy is on its way
void Worker::report_unwritten(const Cell& cell, bool shared, const void* code) {
  worker = nullptr;
  const Cell* const first = shared_cells_.data();
  const auto place = shared ? static_cast<std::size_t>(&cell - first) * 4 : 0;
  for (const Thread& thread : threads_) {
    for (const PendingCopy& copy : thread.copies) {
      const auto to = reinterpret_cast<std::uintptr_t>(copy.what.to) - shared_low_;
      if (!shared || place - to >= copy.what.size) continue;
      const bool own = &thread == now_;
      stop(FaultKind::uninitialised,
           fmt::format("reads shared memory to which a copy is on its way that {} has begun at {}",
                       own ? "it" : "thread " + text(thread.index), text(copy.where)),
           source_line(code),
           copy.group == thread.groups
               ? "A copy is waited for after a __pipeline_commit(), which is missing"
               : fmt::format("It is there after a __pipeline_wait_prior(0){}",
                             own ? "" : " of that thread and a __syncthreads() after it"));
    }
  }
  stop(FaultKind::uninitialised,
       fmt::format("reads {} memory that nobody has written", shared ? "shared" : "device"),
       source_line(code),
       shared ? "Each block begins with unknown numbers in its shared memory, and what another "
                "thread writes is there after a __syncthreads()"
              : "Copy numbers into it, or set it to 0, before the launch");
}

void begin_copy(const AsyncCopy& copy, const SourceLocation& where) {
  worker->begin_copy(copy, where, __builtin_return_address(0));
}

void commit_copies() { worker->commit_copies(); }

void end_copies(std::size_t but) { worker->end_copies(but); }

}  // namespace gradbook::emulator
