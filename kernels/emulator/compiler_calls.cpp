// What the compiler calls: kernels are compiled with -fsanitize=thread, which puts __tsan_read4 and
// the like before each access, and linked with these functions in place of the sanitizer's.
#include <fmt/format.h>

#include "kernels/emulator/access.hpp"

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
