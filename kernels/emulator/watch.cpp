// Looks at every access of a kernel. Kernels are compiled with -fsanitize=thread, which calls
// __tsan_read4 and the like before each access, and linked with these functions in place of the
// sanitizer's.
#include <fmt/format.h>
#include <link.h>

#include <cstring>

#include "kernels/emulator/worker.hpp"

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
  if ((!writes || mine.atomic()) && !cell.write) {
    worker = nullptr;
    stop(FaultKind::uninitialised,
         fmt::format("reads {} memory that nobody has written", shared ? "shared" : "device"),
         source_line(code),
         shared ? "Each block begins with unknown numbers in its shared memory, and what another "
                  "thread writes is there after a __syncthreads()"
                : "Copy numbers into it, or set it to 0, before the launch");
  }
  if (clash(cell.write, mine)) report_race(cell.write, "written", mine, writes, shared, code);
  if (!writes) {
    if (cell.read.same_thread(mine) || !cell.read || ordered(cell.read, mine))
      cell.read = mine;
    else
      cell.other_read = mine;
    return;
  }
  if (clash(cell.read, mine)) report_race(cell.read, "read", mine, writes, shared, code);
  if (clash(cell.other_read, mine))
    report_race(cell.other_read, "read", mine, writes, shared, code);
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
  const unsigned bytes = size >= 4 ? 15 : ((1u << size) - 1) << a % 4;
  const Moment mine = now_->moment.touching(bytes, atomic);
  for (std::size_t i = 0; i < (size + 3) / 4; ++i) look_at(cells[i], mine, writes, shared, code);
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

void wait_for_block(const std::source_location& where) { worker->barrier(where); }

std::uint64_t exchange(WarpOp op, unsigned mask, std::uint64_t bits, int lane, int width,
                       const std::source_location& where) {
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

// ---- what the compiler calls --------------------------------------------------------------------

using gradbook::emulator::worker;

// NOLINTBEGIN: the compiler chose these names
#define GRADBOOK_WATCH(name, size, writes)                                       \
  extern "C" void name(void* address);                                           \
  extern "C" void name(void* address) {                                          \
    if (worker != nullptr)                                                       \
      worker->access(address, size, writes, false, __builtin_return_address(0)); \
  }

GRADBOOK_WATCH(__tsan_read1, 1, false)
GRADBOOK_WATCH(__tsan_read2, 2, false)
GRADBOOK_WATCH(__tsan_read4, 4, false)
GRADBOOK_WATCH(__tsan_read8, 8, false)
GRADBOOK_WATCH(__tsan_read16, 16, false)
GRADBOOK_WATCH(__tsan_write1, 1, true)
GRADBOOK_WATCH(__tsan_write2, 2, true)
GRADBOOK_WATCH(__tsan_write4, 4, true)
GRADBOOK_WATCH(__tsan_write8, 8, true)
GRADBOOK_WATCH(__tsan_write16, 16, true)
#undef GRADBOOK_WATCH

// Of what a type's alignment does not say, such as a packed structure: byte by byte, as on a GPU
#define GRADBOOK_WATCH_RANGE(name, size, writes)                                \
  extern "C" void name(void* address);                                          \
  extern "C" void name(void* address) {                                         \
    if (worker != nullptr)                                                      \
      worker->access_range(address, size, writes, __builtin_return_address(0)); \
  }
GRADBOOK_WATCH_RANGE(__tsan_unaligned_read2, 2, false)
GRADBOOK_WATCH_RANGE(__tsan_unaligned_read4, 4, false)
GRADBOOK_WATCH_RANGE(__tsan_unaligned_read8, 8, false)
GRADBOOK_WATCH_RANGE(__tsan_unaligned_read16, 16, false)
GRADBOOK_WATCH_RANGE(__tsan_unaligned_write2, 2, true)
GRADBOOK_WATCH_RANGE(__tsan_unaligned_write4, 4, true)
GRADBOOK_WATCH_RANGE(__tsan_unaligned_write8, 8, true)
GRADBOOK_WATCH_RANGE(__tsan_unaligned_write16, 16, true)
#undef GRADBOOK_WATCH_RANGE

extern "C" {
void __tsan_init();
void __tsan_vptr_update(void** object, void* value);
void __tsan_vptr_read(void** object);
void __tsan_read_range(void* address, unsigned long size);
void __tsan_write_range(void* address, unsigned long size);
void __sanitizer_cov_trace_pc();
struct IndexedArray;
void __ubsan_handle_out_of_bounds(const IndexedArray* array, unsigned long index);

void __tsan_init() {}
void __tsan_vptr_update(void**, void*) {}
void __tsan_vptr_read(void**) {}

void __tsan_read_range(void* address, unsigned long size) {
  if (worker != nullptr) worker->access_range(address, size, false, __builtin_return_address(0));
}

void __tsan_write_range(void* address, unsigned long size) {
  if (worker != nullptr) worker->access_range(address, size, true, __builtin_return_address(0));
}

// -fsanitize-coverage=trace-pc: at every piece of code without a branch, so in every loop
void __sanitizer_cov_trace_pc() {
  if (worker != nullptr) worker->step(__builtin_return_address(0));
}

// -fsanitize=bounds: what the compiler says of an array, as its libubsan reads it
struct IndexedArray {
  const char* file;
  std::uint32_t line, column;
  const struct {
    std::uint16_t kind, info;
    char name[1];  // 'float [16]'
  } * type;
};

void __ubsan_handle_out_of_bounds(const IndexedArray* array, unsigned long index) {
  if (worker == nullptr) return;
  gradbook::emulator::Worker* const now = std::exchange(worker, nullptr);
  const std::string_view file = array->file;
  now->stop(gradbook::FaultKind::out_of_bounds,
            fmt::format("takes index {} of an array of type {}", static_cast<long>(index),
                        static_cast<const char*>(array->type->name)),
            fmt::format("{}:{}", file.substr(file.rfind('/') + 1), array->line),
            "Indices go from 0 to one less than the size");
}
}
// NOLINTEND
