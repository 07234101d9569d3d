// What is wrong, said to who wrote the kernel.
#include "kernels/emulator/worker.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace gradbook::emulator {

// Nobody can go on: says who waits where, and who will never come
void Worker::explain_deadlock() {
  const auto waiting = std::ranges::find_if(threads_, [](const Thread& t) {
    return t.state == State::at_warp_operation || t.state == State::at_barrier;
  });
  const bool in_warp = std::ranges::any_of(
      threads_, [](const Thread& t) { return t.state == State::at_warp_operation; });
  const Thread& at =
      in_warp ? *std::ranges::find(threads_, State::at_warp_operation, &Thread::state) : *waiting;
  // The first whom it waits for, and where that one is
  const auto awaited = std::ranges::find_if(threads_, [&](const Thread& t) {
    const bool same_place = t.state == at.state && t.where.line() == at.where.line() &&
                            t.where.column() == at.where.column();
    if (!in_warp) return !same_place;
    return t.moment.thread() / 32 == at.moment.thread() / 32 &&
           (at.wait.mask >> t.moment.thread() % 32 & 1) != 0 &&
           (!same_place || t.wait.mask != at.wait.mask);
  });
  std::string missing = "one that the block does not have";
  if (awaited != threads_.end()) {
    missing = fmt::format("thread {}, which ", text(awaited->index)) +
              (awaited->state == State::done ? std::string("has ended")
                                             : "waits at " + text(awaited->where));
  }
  const std::string place = text(at.where);
  if (in_warp) {
    fail(FaultKind::warp,
         fmt::format("{}, {}: {} waits in a warp operation for {}. Every lane of the mask {:#010x} "
                     "must come to the same operation: keep it out of branches that lanes do not "
                     "share, or take their lanes out of the mask",
                     function_name(launch_->call.kernel), place, who(at), missing, at.wait.mask));
  } else {
    fail(
        FaultKind::barrier,
        fmt::format("{}, {}: {} waits at a barrier for {}. All threads of a block must come to the "
                    "same __syncthreads(): put no return before it, and no branch around it",
                    function_name(launch_->call.kernel), place, who(at), missing));
  }
}

void Worker::report_second_write(std::size_t place, const void* code) {
  worker = nullptr;
  stop(FaultKind::not_once,
       fmt::format("writes four bytes at {} that this launch has written before", 4 * place),
       source_line(code),
       "Each output belongs to one thread: which two come to this index, or does one come twice?");
}

void Worker::report_place(std::uintptr_t address, std::size_t size, const char* does,
                          const Allocation* piece, const void* code) {
  worker = nullptr;
  if (piece == nullptr &&
      device_memory().find(reinterpret_cast<void*>(address - (size << 32))) != nullptr) {
    stop(FaultKind::out_of_bounds,
         fmt::format("{} device memory at an index of about 4294967295, which is what an unsigned "
                     "index below 0 becomes",
                     does),
         source_line(code), "Is there a guard for the first, such as `if (i > 0)`?");
  }
  if (piece == nullptr) {
    stop(FaultKind::foreign,
         fmt::format("{} {}", does,
                     address < 65536 ? "at a null pointer" : "memory that is not the device's"),
         source_line(code),
         address < 65536
             ? "Was that memory allocated? A DeviceBuffer of 0 elements has none"
             : "A kernel sees what cudaMalloc or a DeviceBuffer made, and no vector of the host");
  }
  if (piece->freed) {
    stop(FaultKind::freed, fmt::format("{} memory that has been freed", does), source_line(code),
         "It must live until the kernel is done");
  }
  const auto begin = reinterpret_cast<std::uintptr_t>(piece->begin);
  const bool partly = address >= begin && address < begin + piece->size;
  const std::string place =
      partly            ? fmt::format("bytes {} to {}", address - begin, address - begin + size - 1)
      : address < begin ? fmt::format("{} bytes before the first element", begin - address)
                        : fmt::format("element {}", (address - begin) / size);
  const std::string has = partly ? fmt::format("{} bytes", piece->size)
                                 : fmt::format("{} of {} bytes each", piece->size / size, size);
  stop(FaultKind::out_of_bounds,
       fmt::format("{} {} of device memory that has {}", does, place, has), source_line(code),
       "Is there a guard, such as `if (i < n)`, and does it fit the index that is used?");
}

}  // namespace gradbook::emulator
