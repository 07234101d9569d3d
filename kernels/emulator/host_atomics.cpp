// std::atomic of host code that stands in one file with a kernel: -fsanitize=thread calls these in
// place of the processor's instructions. Kernels have atomicAdd and the like.
#include <cstdint>

// NOLINTBEGIN: the compiler chose these names
#define GRADBOOK_ATOMIC(bits)                                                                 \
  using a##bits = std::uint##bits##_t;                                                        \
  extern "C" a##bits __tsan_atomic##bits##_load(const volatile a##bits* a, int) {             \
    return __atomic_load_n(a, __ATOMIC_SEQ_CST);                                              \
  }                                                                                           \
  extern "C" void __tsan_atomic##bits##_store(volatile a##bits* a, a##bits value, int) {      \
    __atomic_store_n(a, value, __ATOMIC_SEQ_CST);                                             \
  }                                                                                           \
  extern "C" int __tsan_atomic##bits##_compare_exchange_strong(                               \
      volatile a##bits* a, a##bits* expected, a##bits value, int, int) {                      \
    return __atomic_compare_exchange_n(a, expected, value, false, __ATOMIC_SEQ_CST,           \
                                       __ATOMIC_SEQ_CST);                                     \
  }                                                                                           \
  extern "C" int __tsan_atomic##bits##_compare_exchange_weak(                                 \
      volatile a##bits* a, a##bits* expected, a##bits value, int order, int failure) {        \
    return __tsan_atomic##bits##_compare_exchange_strong(a, expected, value, order, failure); \
  }                                                                                           \
  GRADBOOK_CHANGE(bits, exchange, __atomic_exchange_n)                                        \
  GRADBOOK_CHANGE(bits, fetch_add, __atomic_fetch_add)                                        \
  GRADBOOK_CHANGE(bits, fetch_sub, __atomic_fetch_sub)                                        \
  GRADBOOK_CHANGE(bits, fetch_and, __atomic_fetch_and)                                        \
  GRADBOOK_CHANGE(bits, fetch_or, __atomic_fetch_or)                                          \
  GRADBOOK_CHANGE(bits, fetch_xor, __atomic_fetch_xor)

#define GRADBOOK_CHANGE(bits, name, change)                                                  \
  extern "C" a##bits __tsan_atomic##bits##_##name(volatile a##bits* a, a##bits value, int) { \
    return change(a, value, __ATOMIC_SEQ_CST);                                               \
  }

GRADBOOK_ATOMIC(8)
GRADBOOK_ATOMIC(16)
GRADBOOK_ATOMIC(32)
GRADBOOK_ATOMIC(64)

extern "C" void __tsan_atomic_thread_fence(int) { __atomic_thread_fence(__ATOMIC_SEQ_CST); }
extern "C" void __tsan_atomic_signal_fence(int) {}
// NOLINTEND
