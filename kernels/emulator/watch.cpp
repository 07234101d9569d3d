// Looks at every access of a kernel. Kernels are compiled with -fsanitize=thread, which calls
// __tsan_read4 and the like before each access, and linked with these functions in place of the
// sanitizer's.
#include <fmt/format.h>
#include <link.h>

#include <cstring>

#include "kernels/emulator/worker.hpp"

namespace gradbook::emulator {
namespace {

constexpr const char* kGuard =
    "Is there a guard, such as `if (i < n)`, and does it fit the index that is used?";

// Whether an address lies in what was loaded of this program, as a table of constants does
bool is_of_program(std::uintptr_t address) {
  const auto look = [](dl_phdr_info* info, std::size_t, void* asked) {
    const auto a = *static_cast<std::uintptr_t*>(asked);
    for (int i = 0; i < info->dlpi_phnum; ++i) {
      const auto& part = info->dlpi_phdr[i];
      if (part.p_type == PT_LOAD && a - (info->dlpi_addr + part.p_vaddr) < part.p_memsz) return 2;
    }
    return 1;
  };
  return dl_iterate_phdr(look, &address) == 2;
}

}  // namespace

void Worker::access(const void* address, std::size_t size, bool writes, bool atomic,
                    const void* code) {
  const auto a = reinterpret_cast<std::uintptr_t>(address);
  if (a - reinterpret_cast<std::uintptr_t>(now_->fiber->low) < 64 * 1024) return;  // its own
  const bool own_of_host_thread = a - shared_low_ < shared_size_;
  if (own_of_host_thread && std::ranges::any_of(indices_, [&](std::uintptr_t index) {
        return a - index < sizeof(uint3);
      }))
    return;
  if (!launch_->checks) return;
  step(code);

  const char* const does = atomic ? "changes" : writes ? "writes" : "reads";
  const auto refuse = [&](FaultKind kind, const std::string& what, const char* advice) {
    stop(kind, fmt::format("{} {}", does, what), source_line(code), advice);
  };
  if (a % size != 0) {
    refuse(FaultKind::misaligned,
           fmt::format("{} bytes at an address that is {} bytes past a multiple of {}", size,
                       a % size, size),
           "A float4 begins at every fourth float: does each row begin at one?");
  }

  Cell* cells = nullptr;
  if (own_of_host_thread) {
    const std::uintptr_t dynamic = reinterpret_cast<std::uintptr_t>(dynamic_shared);
    if (a - dynamic < kDynamicShared && a + size > dynamic + launch_->sizes.shared_bytes) {
      refuse(FaultKind::out_of_bounds,
             fmt::format("shared memory at byte {}, and the launch asked for {} bytes of it",
                         a - dynamic, launch_->sizes.shared_bytes),
             "The third argument of launch says how many bytes a block gets");
    }
    cells = &shared_cells_[(a - shared_low_) / 4];
    ++(writes ? counters_.shared_writes : counters_.shared_reads);
  } else {
    Allocation* piece = nullptr;
    for (Allocation* recent : recent_) {
      if (recent != nullptr && a - reinterpret_cast<std::uintptr_t>(recent->begin) < recent->size)
        piece = recent;
    }
    if (piece == nullptr) {
      piece = device_memory().find(address);
      if (piece == nullptr) {
        if (!writes && !atomic && a > 65536 && is_of_program(a)) return;
        refuse(FaultKind::foreign,
               a < 65536 ? std::string("at a null pointer")
                         : std::string("memory that is not the device's"),
               "A kernel sees what cudaMalloc or a DeviceBuffer made, and no vector of the host");
      }
      recent_[next_recent_++ % recent_.size()] = piece;
    }
    const auto begin = reinterpret_cast<std::uintptr_t>(piece->begin);
    if (piece->freed)
      refuse(FaultKind::freed, "memory that has been freed",
             "It must live until the kernel is done");
    if (a < begin || a + size > begin + piece->size) {
      const std::string place = a < begin ? fmt::format("{} bytes before", begin - a)
                                          : fmt::format("element {}", (a - begin) / size);
      refuse(FaultKind::out_of_bounds,
             fmt::format("{} of device memory that has {} of {} bytes each", place,
                         piece->size / size, size),
             kGuard);
    }
    cells = &piece->cells[(a - begin) / 4];
    ++(writes ? counters_.global_writes : counters_.global_reads);
    (writes ? counters_.global_write_bytes : counters_.global_read_bytes) +=
        static_cast<std::int64_t>(size);
  }
  if (atomic) {
    ++counters_.atomics;
    launch_->acquired[block_ % launch_->acquired.size()] = true;
  }
  Moment mine = now_->moment;
  mine.atomic = atomic;
  mine.bytes = size >= 4 ? 15 : ((1u << size) - 1) << a % 4;
  for (std::size_t i = 0; i < (size + 3) / 4; ++i)
    look_at(cells[i], mine, writes, own_of_host_thread, code);
}

// Whether two accesses clash: nothing orders them, they meet in a byte, and not both are atomic
bool Worker::clash(const Moment& other, const Moment& mine) const {
  if (!other || ordered(other, mine) || (other.bytes & mine.bytes) == 0 ||
      (other.atomic && mine.atomic))
    return false;
  // A block that says that it is done, and one that has asked
  return !(other.block != mine.block && launch_->acquired[block_ % launch_->acquired.size()] &&
           launch_->fenced[other.block % launch_->fenced.size()]);
}

// What another block left in shared memory has never been there for this one
void Worker::forget_other_blocks(Cell& cell, const Moment& mine) const {
  for (Moment* moment : {&cell.write, &cell.read, &cell.other_read}) {
    if (moment->launch != mine.launch || moment->block != mine.block) *moment = {};
  }
}

void Worker::look_at(Cell& cell, const Moment& mine, bool writes, bool shared, const void* code) {
  if (shared) forget_other_blocks(cell, mine);
  const bool reads = !writes || mine.atomic;
  if (reads && !cell.write) {
    stop(FaultKind::uninitialised,
         fmt::format("reads {} memory that nobody has written", shared ? "shared" : "device"),
         source_line(code),
         shared ? "Each block begins with unknown numbers in its shared memory, and what another "
                  "thread writes is there after a __syncthreads()"
                : "Copy numbers into it, or set it to 0, before the launch");
  }
  if (clash(cell.write, mine)) report_race(cell.write, "written", mine, writes, shared, code);
  if (!writes) {
    if (!cell.read || ordered(cell.read, mine) || cell.read.thread == mine.thread)
      cell.read = mine;
    else
      cell.other_read = mine;
    return;
  }
  for (const Moment& read : {cell.read, cell.other_read}) {
    if (clash(read, mine)) report_race(read, "read", mine, writes, shared, code);
  }
  cell.write = mine;
}

void Worker::report_race(const Moment& other, const char* did, const Moment& mine, bool writes,
                         bool shared, const void* code) {
  const auto n = static_cast<unsigned>(other.thread);
  const uint3 index{n % blockDim.x, n / blockDim.x % blockDim.y, n / blockDim.x / blockDim.y};
  const bool same_block = other.block == mine.block;
  stop(FaultKind::race,
       fmt::format("{} a place in {} memory that thread {} of {} has {}, and nothing says who is "
                   "first",
                   writes ? "writes" : "reads", shared ? "shared" : "device", text(index),
                   same_block ? "the same block" : fmt::format("block number {}", other.block + 0),
                   did),
       source_line(code),
       same_block ? "A __syncthreads() between the two orders them"
                  : "Blocks run in any order: use an atomic, another place, or a second launch");
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
  return true;
}

void let_go(bool held) {
  if (held) in_atomic.unlock();
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
GRADBOOK_WATCH(__tsan_unaligned_read2, 2, false)
GRADBOOK_WATCH(__tsan_unaligned_read4, 4, false)
GRADBOOK_WATCH(__tsan_unaligned_read8, 8, false)
GRADBOOK_WATCH(__tsan_unaligned_read16, 16, false)
GRADBOOK_WATCH(__tsan_unaligned_write2, 2, true)
GRADBOOK_WATCH(__tsan_unaligned_write4, 4, true)
GRADBOOK_WATCH(__tsan_unaligned_write8, 8, true)
GRADBOOK_WATCH(__tsan_unaligned_write16, 16, true)
#undef GRADBOOK_WATCH

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
  if (worker == nullptr) return;
  for (unsigned long i = 0; i < size; i += 4)
    worker->access(static_cast<char*>(address) + i, 4, false, false, __builtin_return_address(0));
}

void __tsan_write_range(void* address, unsigned long size) {
  if (worker == nullptr) return;
  for (unsigned long i = 0; i < size; i += 4)
    worker->access(static_cast<char*>(address) + i, 4, true, false, __builtin_return_address(0));
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
  const std::string_view file = array->file;
  worker->stop(gradbook::FaultKind::out_of_bounds,
               fmt::format("takes index {} of an array of type {}", static_cast<long>(index),
                           static_cast<const char*>(array->type->name)),
               fmt::format("{}:{}", file.substr(file.rfind('/') + 1), array->line),
               "Indices go from 0 to one less than the size");
}
}
// NOLINTEND
