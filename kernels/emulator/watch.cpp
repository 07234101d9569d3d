// What lies where a kernel reads and writes, and what kernels call of the emulator.
#include <link.h>

#include <cstring>

#include "kernels/emulator/access.hpp"

namespace gradbook::emulator {
namespace {

// Whether an address lies in what was loaded of this program, as a table of constants does
bool is_of_program(std::uintptr_t address) {
  const auto look = [](dl_phdr_info* info, std::size_t, void* asked) {
    const auto a = *static_cast<std::uintptr_t*>(asked);
    for (int i = 0; i < info->dlpi_phnum; ++i) {
      const auto& part = info->dlpi_phdr[i];
      if (part.p_type == PT_LOAD && (part.p_flags & PF_W) == 0 &&
          a - (info->dlpi_addr + part.p_vaddr) < part.p_memsz)
        return 2;
    }
    return 1;
  };
  return dl_iterate_phdr(look, &address) == 2;
}

}  // namespace

// What is not the device's, and may be read all the same: a table of constants, an argument
bool Worker::may_read(std::uintptr_t address) const {
  const auto arguments = reinterpret_cast<std::uintptr_t>(launch_->call.arguments);
  return address - arguments < launch_->call.size || is_of_program(address);
}

// The piece of device memory in which an address lies, or in the space around it
Allocation* Worker::piece_at(std::uintptr_t address) {
  for (Allocation* piece : recent_) {
    if (piece != nullptr && address - reinterpret_cast<std::uintptr_t>(piece->begin) < piece->size)
      return piece;
  }
  Allocation* const piece = device_memory().find(reinterpret_cast<const void*>(address));
  if (piece != nullptr) recent_[next_recent_++ % recent_.size()] = piece;
  return piece;
}

// Whether a block said by a fence that it is done, and this one asked by an atomic, as a lock does
bool Worker::told(Moment other) const {
  return launch_->acquired[block_ % launch_->acquired.size()] &&
         launch_->fenced[other.block() % launch_->fenced.size()];
}

void Worker::touch(const void* address, std::size_t size, bool writes, const void* code) {
  access(address, size, writes, false, code);
}

void Worker::access_range(const void* address, std::size_t size, bool writes, const void* code) {
  const auto* at = static_cast<const std::byte*>(address);
  const std::byte* const end = at + size;
  while (at < end) {
    const bool words = reinterpret_cast<std::uintptr_t>(at) % 4 == 0 && end - at >= 4;
    if (words)
      access(at, 4, writes, false, code);
    else
      access(at, 1, writes, false, code);
    at += words ? 4 : 1;
  }
}

// ---- what kernels call --------------------------------------------------------------------------

void wait_for_block(const SourceLocation& where) { worker->barrier(where); }

std::uint64_t exchange(WarpOp op, unsigned mask, std::uint64_t bits, int lane, int width,
                       const SourceLocation& where) {
  return worker->exchange({op, mask, bits, lane, width}, where);
}

unsigned active_lanes() { return worker->active_lanes(); }

void fence() { worker->fence(); }

void copy(void* to, const void* from, std::size_t size) {
  if (worker != nullptr) {
    worker->access(from, size, false, false, __builtin_return_address(0));
    worker->access(to, size, true, false, __builtin_return_address(0));
  }
  std::memcpy(to, from, size);
}

namespace {
std::mutex in_atomic;
}  // namespace

bool hold(void* address, std::size_t size) {
  if (worker == nullptr) return false;
  worker->access(address, size, true, true, __builtin_return_address(0));
  in_atomic.lock();
  worker->hold(true);
  return true;
}

void let_go(bool held) {
  if (!held) return;
  worker->hold(false);
  in_atomic.unlock();
}

}  // namespace gradbook::emulator
